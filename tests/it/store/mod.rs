//! The store, on every engine.

mod calls;
mod copy;
mod network;
mod oldest;
mod processes;
mod reps;
mod results;
mod schema;
mod search;
mod speed;
mod statements;
