//! Page style and paragraph styles as a profile gives them: what differs from GB/T 9704-2012.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::de;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits;
use crate::ordered::Ordered;
use crate::schema::document::{AlignSchema, OrientationSchema, RoleSchema, SpacingSchema};
use budgetdoc_document::{Align, Length, Orientation, PageStyle, ParagraphStyle, Role, Spacing, StyleName, StyleSheet};

/// A number of millimetres or points, with decimals if need be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Number {
    fn thousandths(self) -> i32 {
        // A sheet has some hundreds of millimetres; the layout refuses what does not fit on it.
        (self.0 * Decimal::ONE_THOUSAND).round().to_i32().unwrap_or(0)
    }

    fn mm(self) -> Length {
        Length::micrometres(self.thousandths())
    }

    fn pt(self) -> Length {
        Length::milli_pt(self.thousandths())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As text, so that 0.3 never becomes a binary fraction on its way.
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Number;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a number such as 16 or 10.5")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
                let number = Decimal::from_str_exact(text.trim()).ok();
                number.map(Number).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// Paper, text block and page numbers, where not as GB/T 9704-2012 has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageDef {
    /// How pages are held that no table says otherwise of; portrait when left out.
    #[schemars(with = "Option<OrientationSchema>")]
    pub orientation: Option<Orientation>,
    /// From the edges of a page so held to the text block, in millimetres: top, right, bottom, left.
    #[serde(deserialize_with = "limits::margins")]
    pub margins: Option<[Number; 4]>,
    /// Lines of running text on a page.
    #[serde(deserialize_with = "limits::lines")]
    pub lines: Option<u16>,
    /// What stands before and after a page number.
    pub number_around: Option<[String; 2]>,
    /// From the foot of the text block to the top of a page number, in millimetres.
    #[serde(deserialize_with = "limits::below")]
    pub number_below: Option<Number>,
    /// Page numbers outside, to the right on odd pages; else centred.
    pub number_outside: Option<bool>,
    /// Thickness of the rules around a table, in points.
    #[serde(deserialize_with = "limits::rule")]
    pub outer_rule: Option<Number>,
    /// Thickness of the rules inside a table, in points.
    #[serde(deserialize_with = "limits::rule")]
    pub inner_rule: Option<Number>,
    /// Whether no paragraph's first or last line stands alone on a page; so when left out.
    pub widow_control: Option<bool>,
    /// Widths of marks and gaps.
    #[schemars(with = "SpacingSchema")]
    pub spacing: Spacing,
}

/// The look of one kind of paragraph, where not as GB/T 9704-2012 has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StyleDef {
    /// Face.
    #[schemars(with = "Option<RoleSchema>")]
    pub role: Option<Role>,
    /// Type size in points.
    #[serde(deserialize_with = "limits::points")]
    pub size: Option<Number>,
    /// From baseline to baseline, in points.
    #[serde(deserialize_with = "limits::points")]
    pub pitch: Option<Number>,
    /// Between the edges.
    #[schemars(with = "Option<AlignSchema>")]
    pub align: Option<Align>,
    /// First-line indent in characters.
    #[serde(deserialize_with = "limits::first_line")]
    pub indent: Option<u8>,
    /// Space before, in points.
    #[serde(deserialize_with = "limits::space")]
    pub before: Option<Number>,
    /// Space after, in points.
    #[serde(deserialize_with = "limits::space")]
    pub after: Option<Number>,
}

impl PageDef {
    /// The page style of a document.
    pub fn style(&self, continued: Option<String>) -> PageStyle {
        let mut page = PageStyle { continued, ..PageStyle::gb9704() };
        if self.orientation == Some(Orientation::Landscape) {
            page.margins = page.landscape_margins();
            (page.width, page.height) = (page.height, page.width);
        }
        if let Some([top, right, bottom, left]) = self.margins {
            page.margins.top = top.mm();
            page.margins.right = right.mm();
            page.margins.bottom = bottom.mm();
            page.margins.left = left.mm();
        }
        if let Some(lines) = self.lines {
            page.lines = lines;
        }
        if let Some([before, after]) = self.number_around.clone() {
            page.number.around = (before, after);
        }
        if let Some(below) = self.number_below {
            page.number.below = below.mm();
        }
        if let Some(outside) = self.number_outside {
            page.number.outside = outside;
        }
        if let Some(rule) = self.outer_rule {
            page.outer_rule = rule.pt();
        }
        if let Some(rule) = self.inner_rule {
            page.inner_rule = rule.pt();
        }
        page.widow_control = self.widow_control.unwrap_or(page.widow_control);
        page.spacing = self.spacing;
        page
    }

    /// The orientation a document gives a table: its pages are upright as the text's are, whichever way that is.
    pub fn orientation_of(&self, table: Option<Orientation>) -> Option<Orientation> {
        if self.orientation != Some(Orientation::Landscape) {
            return table;
        }
        table.map(|table| match table {
            Orientation::Portrait => Orientation::Landscape,
            Orientation::Landscape => Orientation::Portrait,
        })
    }
}

impl StyleDef {
    fn apply(&self, style: &mut ParagraphStyle) {
        fn set<T>(to: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *to = value;
            }
        }
        set(&mut style.role, self.role);
        set(&mut style.size, self.size.map(Number::pt));
        set(&mut style.pitch, self.pitch.map(Number::pt));
        set(&mut style.align, self.align);
        set(&mut style.indent, self.indent);
        set(&mut style.before, self.before.map(Number::pt));
        set(&mut style.after, self.after.map(Number::pt));
    }
}

/// The styles of a document on `page`, with what a profile changes. Names that are no styles have been refused before.
pub fn styles(page: &PageStyle, changes: &Ordered<StyleDef>) -> StyleSheet {
    let mut sheet = StyleSheet::gb9704_on(page);
    for (name, change) in changes.iter() {
        if let Some(style) = StyleName::ALL.iter().find(|style| style.name() == name.value) {
            change.apply(sheet.get_mut(*style));
        }
    }
    sheet
}
