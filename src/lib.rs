//! call-coach: a coach for sales calls.
//!
//! The data's way through the house: a transcript file ([`transcript`]) becomes a [`model::call::Call`] and a
//! [`model::transcript::Transcript`], which the [`store`] keeps; an analyst answers the rubric's checks about it
//! ([`analyze`]); [`scoring`] verifies every quote and computes the scores; [`output`] makes the public report of it and
//! [`render`] turns that into text. Nothing imports upward.

// Layer 0: plain data and pure functions.
pub mod dates;
pub mod model;
pub mod rubric;
pub mod scoring;
pub mod speech;
pub mod spelling;
pub mod transcript;
// Layer 1: settings.
pub mod config;
// Layer 2: the outside world.
pub mod claude;
pub mod gong;
pub mod store;
// Layer 3: use cases.
pub mod analyze;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod insights;
pub mod named;
pub mod roster;
pub mod search;
pub mod sync;
// Layer 4: faces.
pub mod cli;
pub mod output;
pub mod render;
pub mod server;
