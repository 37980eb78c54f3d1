//! Numbers of a profile that have limits: the reader refuses others where they stand.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

fn within<'de, D: Deserializer<'de>>(deserializer: D, least: u32, most: u32) -> Result<u32, D::Error> {
    let number = u32::deserialize(deserializer)?;
    checked(number, least, most)
}

fn checked<E: Error>(number: u32, least: u32, most: u32) -> Result<u32, E> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    let expected = format!("a number from {least} to {most}");
    Err(E::invalid_value(Unexpected::Unsigned(number.into()), &expected.as_str()))
}

fn small<'de, D: Deserializer<'de>>(deserializer: D, least: u32, most: u32) -> Result<u8, D::Error> {
    within(deserializer, least, most).map(|number| u8::try_from(number).unwrap_or(u8::MAX))
}

/// Decimals of printed figures: those of a hundredth of a yuan in 亿元 are the most there can be.
pub(crate) fn decimals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    within(deserializer, 0, 10)
}

/// The level of a heading.
pub(super) fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    small(deserializer, 1, 4)
}

/// The level in the table of contents.
pub(super) fn contents<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let Some(number) = Option::<u32>::deserialize(deserializer)? else { return Ok(None) };
    checked(number, 1, 2).map(|number| u8::try_from(number).ok())
}

/// The level of a line in a table.
pub(super) fn indent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    small(deserializer, 0, 2)
}

/// How many sides a closing line takes.
pub(super) fn sides<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    small(deserializer, 1, 255)
}
