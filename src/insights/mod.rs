//! One rep, or the team, over time.
