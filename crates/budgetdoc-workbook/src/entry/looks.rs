//! How the cells of an entry workbook look, and how wide its columns are.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::VALUE;
use super::sheets::{EntryColumn, Kind};

/// How cells look.
pub(super) struct Looks {
    pub title: Format,
    pub head: Format,
    pub key: Format,
    pub text: Format,
    pub amount: Format,
    pub code: Format,
    pub plain: Format,
    pub remark: Format,
}

impl Looks {
    pub fn new() -> Looks {
        let font = |format: Format| format.set_font_name("宋体").set_align(FormatAlign::Top);
        let cell = || font(Format::new()).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BFBF));
        let grey = Color::RGB(0x80_8080);
        Looks {
            title: font(Format::new()).set_text_wrap(),
            head: cell().set_bold().set_background_color(Color::RGB(0xDD_EBF7)).set_align(FormatAlign::Center),
            key: cell().set_font_color(grey).set_font_size(8).set_align(FormatAlign::Center),
            text: cell().set_text_wrap().set_num_format("@"),
            amount: cell().set_num_format("#,##0.00####"),
            code: cell().set_num_format("0"),
            plain: cell(),
            remark: cell().set_font_color(grey).set_text_wrap(),
        }
    }
}

/// Returns the width of a column, in characters.
pub(super) fn width(column: &EntryColumn) -> f64 {
    match (&column.kind, column.key.as_str()) {
        (Kind::Amount, _) => 18.0,
        (Kind::Code, _) => 12.0,
        (_, "id" | "unit" | "from" | "to" | "rule") => 14.0,
        (_, "fund" | "kind" | "category") | (Kind::Choice(_), _) => 34.0,
        (Kind::Text, VALUE | "purpose" | "reason" | "goal" | "content" | "meaning") => 70.0,
        (Kind::Text, _) => 30.0,
        (Kind::Plain, _) => 14.0,
    }
}
