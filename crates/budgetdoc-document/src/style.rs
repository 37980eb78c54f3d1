use serde::{Deserialize, Serialize};

use super::{ColumnKind, Length, PageStyle};

/// What a face is for. The renderer has a face for each role; the user may name another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 小标宋: the document's and the parts' titles.
    Title,
    /// 黑体: headings of the first level (一、).
    Heading,
    /// 楷体: headings of the second level (（一）).
    Subheading,
    /// 仿宋: running text.
    Body,
    /// 宋体: tables and page numbers.
    Table,
    /// Times: Latin letters and figures in all of them.
    Latin,
}

impl Role {
    /// The name, among those of roles, of a use that is none: setting the characters that no other face has.
    pub const FALLBACK: &str = "fallback";
    /// All roles, in the order users see them.
    pub const ALL: [Role; 6] = [Role::Title, Role::Heading, Role::Subheading, Role::Body, Role::Table, Role::Latin];

    /// Returns the name that specs and options use.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Heading => "heading",
            Role::Subheading => "subheading",
            Role::Body => "body",
            Role::Table => "table",
            Role::Latin => "latin",
        }
    }

    /// Returns the family of the official look (GB/T 9704-2012), which Chinese offices have.
    pub const fn office_family(self) -> &'static str {
        match self {
            Role::Title => "方正小标宋简体",
            Role::Heading => "黑体",
            Role::Subheading => "楷体_GB2312",
            Role::Body => "仿宋_GB2312",
            Role::Table => "宋体",
            Role::Latin => "Times New Roman",
        }
    }
}

/// How lines are aligned in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Flush left.
    Left,
    /// Centred.
    Center,
    /// Flush right.
    Right,
    /// Both edges straight, last line flush left.
    Justify,
}

/// The name of a style: a kind of paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StyleName {
    /// Title on the cover.
    CoverTitle,
    /// Other lines of the cover.
    CoverLine,
    /// 目　录.
    ContentsTitle,
    /// Contents entry of the first level.
    Contents1,
    /// Contents entry of the second level.
    Contents2,
    /// 一、文字部分: a group.
    Heading1,
    /// 第一部分　部门概况: a part.
    Heading2,
    /// 一、部门职责: a section.
    Heading3,
    /// （一）….
    Heading4,
    /// Running text.
    Body,
    /// A remark in the flow of text.
    Note,
    /// Body and date at the end of a text (落款).
    Signature,
    /// 表 1.
    TableNumber,
    /// 收支总表.
    TableTitle,
    /// 部门名称：… 单位：万元.
    TableCaption,
    /// Cells of table heads.
    TableHead,
    /// Cells with words.
    TableText,
    /// Cells with figures.
    TableAmount,
    /// Words of rows that sum up others (合计).
    TableTotal,
    /// Notes below a table.
    TableNote,
    /// 图1　支出构成, below a chart.
    ChartCaption,
    /// — 1 —.
    PageNumber,
}

impl StyleName {
    /// All names, in the order of the enumeration.
    pub const ALL: [StyleName; 22] = [
        StyleName::CoverTitle,
        StyleName::CoverLine,
        StyleName::ContentsTitle,
        StyleName::Contents1,
        StyleName::Contents2,
        StyleName::Heading1,
        StyleName::Heading2,
        StyleName::Heading3,
        StyleName::Heading4,
        StyleName::Body,
        StyleName::Note,
        StyleName::Signature,
        StyleName::TableNumber,
        StyleName::TableTitle,
        StyleName::TableCaption,
        StyleName::TableHead,
        StyleName::TableText,
        StyleName::TableAmount,
        StyleName::TableTotal,
        StyleName::TableNote,
        StyleName::ChartCaption,
        StyleName::PageNumber,
    ];

    /// Returns the name that profiles use.
    pub const fn name(self) -> &'static str {
        match self {
            StyleName::CoverTitle => "cover_title",
            StyleName::CoverLine => "cover_line",
            StyleName::ContentsTitle => "contents_title",
            StyleName::Contents1 => "contents1",
            StyleName::Contents2 => "contents2",
            StyleName::Heading1 => "heading1",
            StyleName::Heading2 => "heading2",
            StyleName::Heading3 => "heading3",
            StyleName::Heading4 => "heading4",
            StyleName::Body => "body",
            StyleName::Note => "note",
            StyleName::Signature => "signature",
            StyleName::TableNumber => "table_number",
            StyleName::TableTitle => "table_title",
            StyleName::TableCaption => "table_caption",
            StyleName::TableHead => "table_head",
            StyleName::TableText => "table_text",
            StyleName::TableAmount => "table_amount",
            StyleName::TableTotal => "table_total",
            StyleName::TableNote => "table_note",
            StyleName::ChartCaption => "chart_caption",
            StyleName::PageNumber => "page_number",
        }
    }

    /// Returns the style of a heading of `level`, 1 to 4; others count as the nearest.
    pub const fn heading(level: u8) -> StyleName {
        match level {
            0 | 1 => StyleName::Heading1,
            2 => StyleName::Heading2,
            3 => StyleName::Heading3,
            _ => StyleName::Heading4,
        }
    }

    /// Returns the style of a cell below the heads of a table: in a column of `kind`, in a row that sums up others if
    /// `total`.
    pub const fn of_cell(kind: ColumnKind, total: bool) -> StyleName {
        match kind {
            ColumnKind::Amount => StyleName::TableAmount,
            ColumnKind::Label | ColumnKind::Text | ColumnKind::Code if total => StyleName::TableTotal,
            ColumnKind::Label | ColumnKind::Text | ColumnKind::Code => StyleName::TableText,
        }
    }
}

/// The look of one kind of paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParagraphStyle {
    /// Face of Chinese characters; Latin letters and figures take [`Role::Latin`].
    pub role: Role,
    /// Type size.
    pub size: Length,
    /// Distance from baseline to baseline.
    pub pitch: Length,
    /// How its lines are aligned.
    pub align: Align,
    /// First-line indent in characters of its own size.
    pub indent: u8,
    /// Space before; none at the top of a page.
    pub before: Length,
    /// Space after.
    pub after: Length,
    /// Whether it stays on one page with at least two lines of what follows.
    pub keep_with_next: bool,
}

/// The styles of a document, one for each [`StyleName`].
///
/// ```
/// use budgetdoc_document::{Length, StyleName, StyleSheet};
/// let mut styles = StyleSheet::gb9704();
/// styles.get_mut(StyleName::Note).size = Length::pt(12);
/// assert_eq!(styles.get(StyleName::Note).size, Length::pt(12));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StyleSheet {
    styles: [ParagraphStyle; StyleName::ALL.len()],
}

impl StyleSheet {
    /// Returns the look of `name`.
    pub fn get(&self, name: StyleName) -> &ParagraphStyle {
        &self.styles[name as usize]
    }

    /// Returns the look of `name`, to change it.
    pub fn get_mut(&mut self, name: StyleName) -> &mut ParagraphStyle {
        &mut self.styles[name as usize]
    }

    /// Returns the look of GB/T 9704-2012: titles in 2号 小标宋, text in 3号 仿宋, 22 lines a page. The standard says
    /// nothing of parts and tables: parts and table titles take 小二 小标宋, cells 五号 宋体.
    pub fn gb9704() -> Self {
        StyleSheet::gb9704_on(&PageStyle::gb9704())
    }

    /// Returns the same for a page of other measures, whose line pitch running text takes.
    pub fn gb9704_on(page: &PageStyle) -> Self {
        let pitch = page.line_pitch();
        let style = |role, size: i32, align| ParagraphStyle {
            role,
            size: Length::milli_pt(size),
            pitch,
            align,
            indent: 0,
            before: Length::ZERO,
            after: Length::ZERO,
            keep_with_next: false,
        };
        let heading = |role, size, align, indent, before, after| ParagraphStyle {
            indent,
            before,
            after,
            keep_with_next: true,
            ..style(role, size, align)
        };
        // Closer than running text, so that the contents of an ordinary budget stay on one page.
        let contents = |role| ParagraphStyle { pitch: Length::pt(24), ..style(role, 16_000, Align::Left) };
        let cell = |align| ParagraphStyle { pitch: Length::milli_pt(14_500), ..style(Role::Table, 10_500, align) };
        let none = Length::ZERO;
        let styles = StyleName::ALL.map(|name| match name {
            StyleName::CoverTitle => {
                ParagraphStyle { pitch: Length::pt(54), ..style(Role::Title, 36_000, Align::Center) }
            }
            StyleName::CoverLine => style(Role::Subheading, 18_000, Align::Center),
            StyleName::ContentsTitle => ParagraphStyle { after: pitch, ..style(Role::Title, 22_000, Align::Center) },
            StyleName::Contents1 => contents(Role::Heading),
            StyleName::Contents2 => contents(Role::Body),
            StyleName::Heading1 => heading(Role::Title, 22_000, Align::Center, 0, none, pitch),
            StyleName::Heading2 => heading(Role::Title, 18_000, Align::Center, 0, pitch, pitch),
            StyleName::Heading3 => heading(Role::Heading, 16_000, Align::Justify, 2, none, none),
            StyleName::Heading4 => heading(Role::Subheading, 16_000, Align::Justify, 2, none, none),
            StyleName::Body => ParagraphStyle { indent: 2, ..style(Role::Body, 16_000, Align::Justify) },
            StyleName::Note => ParagraphStyle { pitch: Length::pt(20), ..style(Role::Body, 12_000, Align::Justify) },
            StyleName::Signature => style(Role::Body, 16_000, Align::Right),
            StyleName::TableNumber => {
                ParagraphStyle { pitch: Length::pt(20), ..style(Role::Heading, 12_000, Align::Left) }
            }
            StyleName::TableTitle => {
                ParagraphStyle { pitch: Length::pt(30), ..style(Role::Title, 18_000, Align::Center) }
            }
            StyleName::TableCaption => {
                ParagraphStyle { pitch: Length::pt(20), ..style(Role::Table, 10_500, Align::Left) }
            }
            StyleName::TableHead => cell(Align::Center),
            StyleName::TableText | StyleName::TableTotal => cell(Align::Left),
            StyleName::TableAmount => cell(Align::Right),
            StyleName::TableNote => {
                ParagraphStyle { pitch: Length::pt(16), ..style(Role::Table, 10_500, Align::Justify) }
            }
            StyleName::ChartCaption => ParagraphStyle {
                pitch: Length::pt(20),
                after: Length::pt(8),
                ..style(Role::Heading, 12_000, Align::Center)
            },
            StyleName::PageNumber => {
                ParagraphStyle { pitch: Length::pt(14), ..style(Role::Table, 14_000, Align::Right) }
            }
        });
        StyleSheet { styles }
    }
}
