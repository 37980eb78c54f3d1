//! What the tests of whole documents share: golden files, readers of PDF and DOCX, runs in other surroundings.

pub mod diff;
pub mod docx;
pub mod golden;
pub mod pdf;

pub mod picture;
pub mod random;
pub mod specimen;
pub mod surroundings;

pub use golden::Golden;
