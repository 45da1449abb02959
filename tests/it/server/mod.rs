//! The servers through the program: over HTTP as bytes on a socket, over standard input as lines.

mod faces;
mod failures;
mod http;
mod limits;
mod outage;
mod start;
mod stdio;
mod support;
