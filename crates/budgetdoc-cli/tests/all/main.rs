//! Tests of the command as a user runs it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

mod batch;
mod catalogue;
mod determinism;
mod entry;
mod files;
mod import;
mod messages;
mod profiles;
mod program;
mod reference;
mod render;
mod specs;
mod tools;
mod usage;
mod watch;
