//! Finds the table that a sheet holds, and where its head and columns are.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use budgetdoc_core::money::Unit;

use super::form::{Form, FormColumn};
use crate::grid::{Grid, Spot};
use crate::words::{Words, loose, plain};

/// Rows from the top among which a head is looked for.
const HEAD_ROWS: u32 = 16;

/// A sheet that holds a table of the form.
pub(super) struct Sheet<'a> {
    /// Its cells.
    pub grid: &'a Grid,
    /// Index of its table among the forms.
    pub form: usize,
    /// For each column of the form the column of the sheet.
    pub columns: Vec<Option<u32>>,
    /// The first row below the head.
    pub first_row: u32,
    /// For each column of the form the unit of its amounts.
    pub units: Vec<Unit>,
    /// The words of the head, which sheets repeat where a page ends.
    pub head: BTreeSet<String>,
}

/// How the head of a sheet agrees with a form.
struct Fit {
    /// Which columns of the sheet are those of the form.
    columns: Vec<Option<u32>>,
    /// The last row of the head.
    last: u32,
    /// Heads that agree, and all heads of the form.
    agree: usize,
    all: usize,
}

/// Returns the table that `grid` holds; none where it holds no table of the forms.
pub(super) fn find<'a>(grid: &'a Grid, forms: &[Form<'_>]) -> Option<Sheet<'a>> {
    let heads = Heads::of(grid);
    let best = forms.iter().enumerate().filter_map(|(index, form)| {
        let fit = fit(&heads, form);
        let title = title_agrees(grid, &form.title, fit.last);
        let whole = fit.agree == fit.all && form.columns.len() > 2;
        (title > 0 || whole).then_some((title, fit.agree * 1000 / fit.all.max(1), index, fit))
    });
    let (title, share, index, mut fit) =
        best.max_by_key(|(title, share, index, _)| (*title, *share, usize::MAX - index))?;
    let form = &forms[index];
    if share < 400 {
        // A head that was typed into one cell: the columns follow each other as in the form.
        fit = by_order(grid, form).filter(|_| title > 0)?;
    }
    let head = (0..=fit.last).flat_map(|row| (0..grid.size().1).map(move |column| (row, column)));
    let head: BTreeSet<String> = head.map(|spot| loose(&grid.text(spot))).filter(|words| !words.is_empty()).collect();
    let above = (0..=fit.last).flat_map(|row| (0..grid.size().1).map(move |column| (row, column)));
    let stated = above.filter_map(|spot| unit_of(&grid.text(spot))).next();
    let units = form.columns.iter().zip(&fit.columns).map(|(column, place)| {
        let own =
            place.and_then(|place| (0..=fit.last).rev().find_map(|row| unit_in_brackets(&grid.seen((row, place)))));
        own.or(stated).unwrap_or(column.amounts.unit)
    });
    let units = units.collect();
    Some(Sheet { grid, form: index, columns: fit.columns, first_row: fit.last + 1, units, head })
}

/// Returns how much of a title stands on the sheet, in letters: its name or the rows down to the head.
fn title_agrees(grid: &Grid, title: &str, last: u32) -> usize {
    let title = loose(title);
    if title.is_empty() {
        return 0;
    }
    let holds = |text: &str| {
        let words = loose(text);
        words.contains(&title) || (words.chars().count() > 8 && title.starts_with(&words))
    };
    let above = grid.cells.keys().filter(|(row, _)| *row <= last).map(|spot| grid.text(*spot));
    let found = holds(&grid.name) || above.into_iter().any(|text| holds(&text));
    if found { title.chars().count() } else { 0 }
}

/// The words of the first rows, among which a head is looked for: row by row what is seen at each column.
struct Heads(Vec<Vec<Option<Seen>>>);

/// Words that are seen at a place, and the cell that holds them.
type Seen = (Spot, Rc<Words>);

impl Heads {
    fn of(grid: &Grid) -> Heads {
        let (rows, columns) = grid.size();
        let mut known: BTreeMap<Spot, Option<Rc<Words>>> = BTreeMap::new();
        let mut seen = |spot: Spot| {
            let origin = grid.origin(spot);
            let words = known.entry(origin).or_insert_with(|| {
                let text = grid.text(origin);
                (!text.is_empty()).then(|| Rc::new(Words::new(text)))
            });
            words.clone().map(|words| (origin, words))
        };
        Heads((0..rows.min(HEAD_ROWS)).map(|row| (0..columns).map(|column| seen((row, column))).collect()).collect())
    }

    /// Returns the heads above a column down to row `last`, each cell once.
    fn path(&self, last: usize, column: usize) -> Vec<&Words> {
        let mut path: Vec<(Spot, &Words)> = Vec::new();
        for (origin, words) in self.0[..=last].iter().filter_map(|row| row[column].as_ref()) {
            if path.last().is_none_or(|(other, _)| other != origin) {
                path.push((*origin, words));
            }
        }
        path.into_iter().map(|(_, words)| words).collect()
    }
}

/// Finds the head that agrees best.
fn fit(heads: &Heads, form: &Form<'_>) -> Fit {
    let columns = heads.0.first().map_or(0, Vec::len);
    let all = form.columns.iter().map(|column| column.head.len() + 1).sum();
    let mut best = Fit { columns: vec![None; form.columns.len()], last: 0, agree: 0, all };
    for last in 0..heads.0.len() {
        let paths: Vec<Vec<&Words>> = (0..columns).map(|column| heads.path(last, column)).collect();
        let (agree, places) = align(&form.columns, &paths);
        if agree > best.agree {
            best = Fit { columns: places, last: u32::try_from(last).unwrap_or(0), agree, all };
        }
    }
    best
}

/// Puts the columns of a form on those of a sheet, both from left to right, so that most heads agree.
fn align(columns: &[FormColumn<'_>], paths: &[Vec<&Words>]) -> (usize, Vec<Option<u32>>) {
    let (rows, width) = (columns.len(), paths.len());
    let mut best = vec![vec![0; width + 1]; rows + 1];
    let score: Vec<Vec<usize>> =
        columns.iter().map(|column| paths.iter().map(|path| agreement(&column.head, path)).collect()).collect();
    for row in (0..rows).rev() {
        for place in (0..width).rev() {
            let both = score[row][place] + if score[row][place] > 0 { best[row + 1][place + 1] } else { 0 };
            best[row][place] = both.max(best[row + 1][place]).max(best[row][place + 1]);
        }
    }
    let mut places = vec![None; rows];
    let (mut row, mut place) = (0, 0);
    while row < rows && place < width {
        let own = score[row][place];
        if own > 0 && best[row][place] == own + best[row + 1][place + 1] {
            places[row] = u32::try_from(place).ok();
            (row, place) = (row + 1, place + 1);
        } else if best[row][place] == best[row][place + 1] {
            place += 1;
        } else {
            row += 1;
        }
    }
    (best[0][0], places)
}

/// Counts the heads that agree from the bottom up; the lowest counts double, and nothing counts without it.
fn agreement(head: &[Words], path: &[&Words]) -> usize {
    let same =
        |one: &Words, other: &Words| one.plain == other.plain || (one.loose == other.loose && !one.loose.is_empty());
    let mut heads = head.iter().rev().zip(path.iter().rev());
    match heads.next() {
        Some((own, words)) if same(own, words) || same_start(own, words) => {
            2 + heads.take_while(|(own, words)| same(own, words)).count()
        }
        Some(_) | None => 0,
    }
}

/// Returns whether a head is another with a unit behind it: 预算数（万元）.
fn same_start(own: &Words, words: &Words) -> bool {
    let bare = |words: &Words| words.plain.split('(').next().unwrap_or_default().to_owned();
    words.plain.contains("元)") && unit_in_brackets(&words.written).is_some() && bare(own) == bare(words)
}

/// Takes the columns that hold something, if there are as many as the form has.
fn by_order(grid: &Grid, form: &Form<'_>) -> Option<Fit> {
    let is_number = |spot: &&Spot| matches!(grid.cells.get(spot), Some(crate::grid::Value::Number(_)));
    let first = grid.cells.keys().find(is_number)?.0;
    let columns: BTreeSet<u32> = grid.cells.keys().filter(|(row, _)| *row >= first).map(|spot| spot.1).collect();
    let columns: Vec<Option<u32>> = columns.into_iter().map(Some).collect();
    let last = first.checked_sub(1)?;
    (columns.len() == form.columns.len()).then_some(Fit { columns, last, agree: 1, all: 1 })
}

/// Returns the unit that words state: 单位：万元.
fn unit_of(words: &str) -> Option<Unit> {
    let words = plain(words);
    let behind = words.rsplit_once("单位")?.1.trim_start_matches(':');
    named(behind)
}

/// Returns the unit in brackets: 预算数（万元）.
fn unit_in_brackets(words: &str) -> Option<Unit> {
    let words = plain(words);
    let inside = words.split_once('(')?.1.split(')').next()?;
    named(inside.trim_start_matches("单位:")).filter(|unit| unit.name() == inside.trim_start_matches("单位:"))
}

fn named(words: &str) -> Option<Unit> {
    let words = words.strip_prefix("人民币").unwrap_or(words);
    [Unit::HundredMillionYuan, Unit::TenThousandYuan, Unit::ThousandYuan, Unit::Yuan]
        .into_iter()
        .find(|unit| words.starts_with(unit.name()))
}
