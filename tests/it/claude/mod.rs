//! Claude as an analyst, against a server on loopback that refuses what the real one refuses.

mod prompt;
