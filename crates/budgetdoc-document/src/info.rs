use serde::{Deserialize, Serialize};

/// The properties that files carry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// Title of the document; viewers show it in the window's title.
    pub title: String,
    /// The body that publishes it.
    pub author: String,
    /// What it is about, in a few words.
    pub subject: String,
    /// Search words.
    pub keywords: Vec<String>,
    /// Date of the document. Files carry this date and never the clock's.
    pub date: Date,
    /// Fingerprint of the text the document is made from: `sha256:` and the digest of the spec. `None` without a text,
    /// as for a spec built in code.
    #[serde(default)]
    pub source: Option<String>,
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// Year, such as 2022.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Default for Date {
    /// Returns 1 January 1980, the earliest date a zip archive can carry.
    fn default() -> Self {
        Date { year: 1980, month: 1, day: 1 }
    }
}
