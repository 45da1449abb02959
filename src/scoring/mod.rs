//! From what an analyst claims to what is printed: quotes are verified ([`evidence`]), verified answers become scores
//! ([`score`]), scores become the one action and the verdict line ([`action`], [`verdict_line`]).

pub mod action;
pub mod evidence;
mod folded;
pub mod measured;
pub mod score;
pub mod verdict_line;
pub mod verify;
