//! The real program: what it prints, what it keeps, how it fails.

mod analyze;
mod config;
mod database;
mod doctor;
mod helps;
mod history;
#[cfg(unix)]
mod init;
mod manners;
mod mistakes;
mod others;
mod pages;
mod recipes;
mod sheets;
#[cfg(unix)]
mod signals;
