use serde::{Deserialize, Serialize};

use super::{Length, Orientation, Spacing};

/// Distances from the edges of the paper to the text block (版心).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margins {
    /// Above (天头).
    pub top: Length,
    /// Below.
    pub bottom: Length,
    /// Left, the binding edge (订口).
    pub left: Length,
    /// Right.
    pub right: Length,
}

/// A sheet and its margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// From its edges to the text block.
    pub margins: Margins,
}

impl Sheet {
    /// Returns the width of the text block.
    pub fn text_width(&self) -> Length {
        self.width - self.margins.left - self.margins.right
    }

    /// Returns the height of the text block.
    pub fn text_height(&self) -> Length {
        self.height - self.margins.top - self.margins.bottom
    }
}

/// Paper, text block and grid. Portrait; a landscape page is the same sheet turned.
///
/// ```
/// use budgetdoc_document::PageStyle;
/// let page = PageStyle::gb9704();
/// assert!(page.line_pitch() > budgetdoc_document::Length::pt(28));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageStyle {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// Portrait margins.
    pub margins: Margins,
    /// Lines of running text on a page.
    pub lines: u16,
    /// Page numbers.
    pub number: PageNumberStyle,
    /// Whether no first or last line of a paragraph is alone on a page.
    pub widow_control: bool,
    /// Thickness of the rules around a table.
    pub outer_rule: Length,
    /// Thickness of the rules inside a table.
    pub inner_rule: Length,
    /// What the later pages of a numbered table say at their top right, such as `（续表）`; `None` prints nothing.
    #[serde(default)]
    pub continued: Option<String>,
    /// Widths of marks and gaps.
    #[serde(default)]
    pub spacing: Spacing,
}

/// The look of page numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageNumberStyle {
    /// Text before and after the number, such as `— ` and ` —`.
    pub around: (String, String),
    /// Distance from the foot of the text block to the top of the number.
    pub below: Length,
    /// Whether the number is at the outer edge (right on odd pages, left on even ones), one character in; else it is
    /// centred.
    pub outside: bool,
}

impl PageStyle {
    /// Returns the page of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines, page number 7 mm below,
    /// outside.
    pub fn gb9704() -> Self {
        PageStyle {
            width: Length::mm(210),
            height: Length::mm(297),
            margins: Margins {
                top: Length::mm(37),
                bottom: Length::mm(35),
                left: Length::mm(28),
                right: Length::mm(26),
            },
            lines: 22,
            number: PageNumberStyle {
                around: ("— ".to_owned(), " —".to_owned()), below: Length::mm(7), outside: true
            },
            widow_control: true,
            outer_rule: Length::pt(1),
            inner_rule: Length::milli_pt(500),
            continued: None,
            spacing: Spacing::default(),
        }
    }

    /// Returns the width of the portrait text block.
    pub fn text_width(&self) -> Length {
        self.width - self.margins.left - self.margins.right
    }

    /// Returns the height of the portrait text block.
    pub fn text_height(&self) -> Length {
        self.height - self.margins.top - self.margins.bottom
    }

    /// Returns the distance from line to line that fills the text block with [`PageStyle::lines`] lines.
    pub fn line_pitch(&self) -> Length {
        self.text_height() / i32::from(self.lines.max(1))
    }

    /// Returns the sheet of a page in `orientation`, as it is read.
    pub fn sheet(&self, orientation: Orientation) -> Sheet {
        let own = Sheet { width: self.width, height: self.height, margins: self.margins };
        let turned = Sheet { width: self.height, height: self.width, margins: self.landscape_margins() };
        match orientation {
            Orientation::Portrait => own,
            Orientation::Landscape => turned,
            Orientation::Double => {
                let upright = if self.width < self.height { own } else { turned };
                Sheet { width: upright.width * 2, ..upright }
            }
        }
    }

    /// Returns the margins of a landscape page: the portrait sheet turned so that its binding edge is at the top.
    pub fn landscape_margins(&self) -> Margins {
        Margins {
            top: self.margins.left,
            bottom: self.margins.right,
            left: self.margins.bottom,
            right: self.margins.top,
        }
    }
}
