//! The document that budgetdoc sets: blocks of text and tables with a style sheet. It knows no budget and reads no file.
//!
//! `budgetdoc-core` composes a [`Document`] from a budget; any program that wants the same typesetting builds one by
//! hand. `budgetdoc-render` lays it out and writes PDF and DOCX. All types go through serde.
//!
//! ```
//! use budgetdoc_document::{
//!     Block, Cell, Column, ColumnKind, Document, Heading, Info, NumberFormat, PageStyle, Paragraph, Row, StyleName,
//!     StyleSheet, Table, TableBody,
//! };
//!
//! let heading = Heading { level: 3, text: "一、经费安排".into(), new_page: false, contents: Some(2) };
//! let paragraph = Paragraph { style: StyleName::Body, text: "经费安排如下。".into() };
//! let amount = |value: u32| Cell::amount(value.into(), NumberFormat::default());
//! let table = Table {
//!     summary: "各项目的金额".to_owned(),
//!     columns: [ColumnKind::Text, ColumnKind::Amount].map(|kind| Column { kind, width: None }).to_vec(),
//!     head: vec![Row::new(["项目", "金额"].map(|words| Cell::new(words).header()))],
//!     bodies: vec![TableBody { head: Vec::new(), rows: vec![Row::new([Cell::new("宣传"), amount(30)])] }],
//!     ..Table::default()
//! };
//! assert!(table.grid().is_ok());
//!
//! let document = Document {
//!     info: Info { title: "说明".to_owned(), ..Info::default() },
//!     page: PageStyle::gb9704(),
//!     styles: StyleSheet::gb9704(),
//!     names: Vec::new(),
//!     blocks: vec![Block::Heading(heading), Block::Paragraph(paragraph), Block::Table(Box::new(table))],
//! };
//! assert_eq!(document.blocks.len(), 3);
//! ```
//!
//! # Blocks and texts
//!
//! A [`Block`] is a [`Cover`], the table of [`Contents`], a [`Heading`], a [`Paragraph`], a [`Table`], a [`Chart`] or a
//! page break. The renderer numbers pages and fills in the contents; headings, tables and charts bring their own numbers
//! as text. A [`Text`] is a list of [`Run`]s and the [`Place`] in the user's file that a message about it points to.
//!
//! # Styles
//!
//! A [`StyleSheet`] has a [`ParagraphStyle`] for each [`StyleName`], a [`PageStyle`] the paper, the text block (版心) and
//! the page number. [`StyleSheet::gb9704`] and [`PageStyle::gb9704`] follow GB/T 9704-2012: A4, 22 lines of 28
//! characters in 3号 仿宋. A style names a [`Role`], such as body or title, and never a font; the renderer finds a face for
//! each role. [`Spacing`] holds the widths of marks and gaps.
//!
//! # Tables
//!
//! A [`Table`] has columns, a head that every page repeats, and one or more [`TableBody`]s. Each of these groups of rows
//! is a grid of its own: a [`Row`] lists the [`Cell`]s that start in it, and spans fill the rest. [`Table::grid`]
//! returns the place of every cell, or a [`GridError`] where cells overlap, leave their group or do not fill the
//! columns. A figure is a [`Number`]: an exact value and its [`NumberFormat`]. Only the format turns numbers into text.
//!
//! # Lengths
//!
//! A [`Length`] counts thousandths of a point in an integer, so that lines break at the same place on every machine.

mod block;
mod cell;
mod chart;
mod document;
mod grid;
mod info;
mod length;
mod number;
mod page;
mod place;
mod spacing;
mod style;
mod table;
mod text;

pub use block::{Block, Contents, Cover, Heading, Paragraph};
pub use cell::{Cell, CellContent};
pub use chart::{Chart, ChartKind, ChartPoint};
pub use document::Document;
pub use grid::{GridError, Lines, Placed, RowGroup, Slot};
pub use info::{Date, Info};
pub use length::Length;
pub use number::{Number, NumberFormat, Rounding};
pub use page::{Margins, PageNumberStyle, PageStyle, Sheet};
pub use place::{Place, PlaceRange};
pub use spacing::Spacing;
pub use style::{Align, ParagraphStyle, Role, StyleName, StyleSheet};
pub use table::{Column, ColumnKind, Orientation, Row, Table, TableBody, TableHeading};
pub use text::{Run, Text};
