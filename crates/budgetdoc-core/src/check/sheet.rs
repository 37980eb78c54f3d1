//! The reconciliation sheet.
