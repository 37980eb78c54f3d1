//! Schedules: lists of the department's own, whose columns the profile declares.

use serde::{Serialize, Serializer};

use crate::ordered::Ordered;
use crate::source::Located;
use crate::yaml::{Decode, Problems, Value};

/// A row of a schedule: its values by key.
pub type ScheduleRow = Ordered<Located<Written>>;

/// A value of a schedule as it is written; the profile's columns say what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written(pub String);

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Decode for Written {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        value.text(problems).map(|text| Written(text.to_owned()))
    }
}
