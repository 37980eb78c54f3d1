//! Tests of the model over whole specs.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

mod charts;
mod comments;
mod composed_tables;
mod data_only;
mod diff;
mod extends;
mod forms;
mod messages;
mod messages_rare;
mod model;
mod narrative;
mod other_places;
mod pages;
mod passages;
mod performance;
mod profile_docs;
mod random_tables;
mod reading;
mod rollover;
mod roundtrip;
mod schedules;
mod size_limits;
mod slips;
mod subjects;
mod support;
mod tables;
mod template_limits;
mod units;
