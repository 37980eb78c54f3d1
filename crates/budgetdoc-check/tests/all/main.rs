//! Tests of the rules over whole specs.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test with a place, in helpers as well")]

mod companions;
mod control;
mod figures;
mod fix;
mod one_cause;
mod printed;
mod printed_faults;
mod printed_known_faults;
mod random_budget;
mod rule_cases;
mod rules;
mod sheet;
mod statements;
mod support;
mod texts;
