//! The store, on every engine.

mod calls;
mod copy;
mod forget;
mod inspect;
mod network;
mod oldest;
mod plans;
mod processes;
mod reps;
mod results;
mod roster;
mod schema;
mod search;
mod speed;
mod statements;
