//! The budgetdoc command.

fn main() {}
