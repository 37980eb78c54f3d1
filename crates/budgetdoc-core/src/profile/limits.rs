//! Numbers of a profile that have limits: the reader refuses others where they stand.

use rust_decimal::Decimal;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

use super::look::Number;

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
    optional(deserializer, 1, 2).map(|level| level.and_then(|level| u8::try_from(level).ok()))
}

/// The level of a line in a table.
pub(super) fn indent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    small(deserializer, 0, 2)
}

/// How many sides a closing line takes.
pub(super) fn sides<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    small(deserializer, 1, 255)
}

fn optional<'de, D: Deserializer<'de>>(deserializer: D, least: u32, most: u32) -> Result<Option<u32>, D::Error> {
    Option::<u32>::deserialize(deserializer)?.map(|number| checked(number, least, most)).transpose()
}

fn measured<E: Error>(number: Number, least: u32, most: u32) -> Result<Number, E> {
    if (Decimal::from(least)..=Decimal::from(most)).contains(&number.0) {
        return Ok(number);
    }
    let expected = format!("a number from {least} to {most}");
    Err(E::invalid_value(Unexpected::Str(&number.0.to_string()), &expected.as_str()))
}

fn length<'de, D: Deserializer<'de>>(deserializer: D, least: u32, most: u32) -> Result<Option<Number>, D::Error> {
    Option::<Number>::deserialize(deserializer)?.map(|number| measured(number, least, most)).transpose()
}

/// Points of type, and from baseline to baseline.
pub(super) fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    length(deserializer, 1, 200)
}

/// Points before and after a paragraph.
pub(super) fn space<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    length(deserializer, 0, 400)
}

/// Points of a rule's thickness.
pub(super) fn rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    length(deserializer, 0, 10)
}

/// Millimetres from the text to a page number.
pub(super) fn below<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    length(deserializer, 0, 50)
}

/// Millimetres of margins: two of them leave room on the shorter side of a sheet.
pub(super) fn margins<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[Number; 4]>, D::Error> {
    let Some(margins) = Option::<[Number; 4]>::deserialize(deserializer)? else { return Ok(None) };
    for margin in margins {
        measured::<D::Error>(margin, 0, 90)?;
    }
    Ok(Some(margins))
}

/// Lines on a page.
pub(super) fn lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    optional(deserializer, 1, 60).map(|lines| lines.and_then(|lines| u16::try_from(lines).ok()))
}

/// Characters of a first-line indent.
pub(super) fn first_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    optional(deserializer, 0, 10).map(|indent| indent.and_then(|indent| u8::try_from(indent).ok()))
}
