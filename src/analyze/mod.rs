//! The main job: a stored call in, a proven scorecard out.

pub mod cast;
pub mod gate;
pub mod local;
