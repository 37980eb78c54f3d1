//! Page style and paragraph styles as a profile gives them: what differs from GB/T 9704-2012.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

use crate::error::ProblemCode;
use crate::ordered::Ordered;
use crate::schema::document::{AlignSchema, OrientationSchema, RoleSchema, SpacingSchema};
use crate::yaml::{Decode, Limited, Problems, Value, names, record};
use budgetdoc_document::{Align, Length, Orientation, PageStyle, ParagraphStyle, Role, Spacing, StyleName, StyleSheet};

/// A number of millimetres or points, with decimals if need be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthNumber(pub Decimal);

impl LengthNumber {
    fn thousandths(self) -> i32 {
        // The layout refuses lengths larger than the page.
        (self.0 * Decimal::ONE_THOUSAND).round().to_i32().unwrap_or(0)
    }

    fn mm(self) -> Length {
        Length::micrometres(self.thousandths())
    }

    fn pt(self) -> Length {
        Length::milli_pt(self.thousandths())
    }
}

impl Serialize for LengthNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Decode for LengthNumber {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        let expected = ("数，如 16 或 10.5（不带单位）", "a number such as 16 or 10.5");
        // From the text as written: 0.3 never becomes a binary fraction.
        let number = |text: &str| Decimal::from_str_exact(text.trim()).ok().map(LengthNumber);
        value.parse_text(problems, (ProblemCode::NotANumber, expected), number)
    }
}

impl Limited for LengthNumber {
    fn decode_within(value: Value<'_>, limits: &RangeInclusive<u32>, problems: &mut Problems) -> Option<Self> {
        let number = LengthNumber::decode(value, problems)?;
        let within = (Decimal::from(*limits.start())..=Decimal::from(*limits.end())).contains(&number.0);
        if !within {
            problems.push(value.out_of_limits(limits, &format!("“{}”", number.0), &format!("\"{}\"", number.0)));
        }
        within.then_some(number)
    }
}

names! {
    /// Size of paper.
    pub enum Paper {
        /// 297 × 420 mm.
        A3 = "A3",
        /// 210 × 297 mm.
        A4 = "A4",
    }
}

record! {
    /// Paper, text block and page numbers, if different from GB/T 9704-2012.
    #[derive(Clone, Debug, Default, PartialEq, Serialize)]
    pub struct PageDef: Default {
        /// Paper, A4 by default.
        pub paper: Option<Paper>,
        /// Orientation of pages, unless a table has another; portrait by default.
        #[schemars(with = "Option<OrientationSchema>")]
        pub orientation: Option<Orientation>,
        /// Margins of such a page in millimetres: top, right, bottom, left.
        // Two of them leave room on the shorter side of a sheet.
        pub margins: Option<[LengthNumber; 4]> where 0..=90,
        /// Lines of running text on a page.
        pub lines: Option<u16> where 1..=60,
        /// Text before and after a page number.
        pub number_around: Option<[String; 2]>,
        /// Distance from the text block to the top of a page number, in millimetres.
        pub number_below: Option<LengthNumber> where 0..=50,
        /// Whether page numbers are outside, to the right on odd pages; else centred.
        pub number_outside: Option<bool>,
        /// Thickness of the rules around a table, in points.
        pub outer_rule: Option<LengthNumber> where 0..=10,
        /// Thickness of the rules inside a table, in points.
        pub inner_rule: Option<LengthNumber> where 0..=10,
        /// Whether no first or last line of a paragraph is alone on a page; true by default.
        pub widow_control: Option<bool>,
        /// Widths of marks and gaps.
        #[schemars(with = "SpacingSchema")]
        pub spacing: Spacing,
    }
}

record! {
    /// Style of one kind of paragraph, if different from GB/T 9704-2012.
    #[derive(Clone, Debug, Default, PartialEq, Serialize)]
    pub struct StyleDef: Default {
        /// Face.
        #[schemars(with = "Option<RoleSchema>")]
        pub role: Option<Role>,
        /// Type size in points.
        pub size: Option<LengthNumber> where 1..=200,
        /// Line pitch in points.
        pub pitch: Option<LengthNumber> where 1..=200,
        /// Alignment.
        #[schemars(with = "Option<AlignSchema>")]
        pub align: Option<Align>,
        /// First-line indent in characters.
        pub indent: Option<u8> where 0..=10,
        /// Space before, in points.
        pub before: Option<LengthNumber> where 0..=400,
        /// Space after, in points.
        pub after: Option<LengthNumber> where 0..=400,
    }
}

impl PageDef {
    /// Returns the page style of a document.
    pub fn style(&self, continued: Option<String>) -> PageStyle {
        let mut page = PageStyle { continued, ..PageStyle::gb9704() };
        let pitch = page.line_pitch();
        if self.paper == Some(Paper::A3) {
            (page.width, page.height) = (Length::mm(297), Length::mm(420));
        }
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
        } else if self.paper == Some(Paper::A3) {
            // Lines as far apart as on A4.
            let lines = page.text_height().in_milli_pt() / pitch.in_milli_pt();
            page.lines = u16::try_from(lines).unwrap_or(page.lines);
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

    /// Returns the orientation of a table in the document, relative to the pages of the text.
    pub fn orientation_of(&self, table: Option<Orientation>) -> Option<Orientation> {
        if self.orientation != Some(Orientation::Landscape) {
            return table;
        }
        table.map(|table| match table {
            Orientation::Portrait => Orientation::Landscape,
            Orientation::Landscape => Orientation::Portrait,
            Orientation::Double => Orientation::Double,
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
        set(&mut style.size, self.size.map(LengthNumber::pt));
        set(&mut style.pitch, self.pitch.map(LengthNumber::pt));
        set(&mut style.align, self.align);
        set(&mut style.indent, self.indent);
        set(&mut style.before, self.before.map(LengthNumber::pt));
        set(&mut style.after, self.after.map(LengthNumber::pt));
    }
}

/// Returns the styles of a document on `page`, with the profile's changes. Validation has refused unknown styles.
pub fn styles(page: &PageStyle, changes: &Ordered<StyleDef>) -> StyleSheet {
    let mut sheet = StyleSheet::gb9704_on(page);
    for (name, change) in changes.iter() {
        if let Some(style) = StyleName::ALL.iter().find(|style| style.name() == name.value) {
            change.apply(sheet.get_mut(*style));
        }
    }
    sheet
}
