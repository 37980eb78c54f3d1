//! Reads an entry workbook as the YAML of its spec.

use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::Place;

use super::sheets::{EntryForm, EntrySheet, Kind};
use super::yaml::{Entry, Node, Writer};
use super::{FIRST_ROW, KEY_ROW, MAPPING_KEY, SINGLES, VALUE};
use crate::book::Book;
use crate::grid::{Grid, Spot, Value, cell_name};
use crate::import::{Remark, Weight};

/// A spec that an entry workbook holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    /// The spec as YAML.
    pub text: String,
    /// The places of the YAML that a cell begins at, in order, each with the name of the cell: `收入!B7`.
    pub cells: Vec<(Place, String)>,
    /// Sheets and cells that are not part of the spec.
    pub remarks: Vec<Remark>,
}

/// Returns whether a workbook is one to be filled in, rather than one with the tables of a budget.
pub fn is_entry_book(book: &Book) -> bool {
    book.grids.iter().any(|grid| grid.text((0, 0)) == SINGLES)
}

/// Reads the entries of a workbook as the YAML of a spec. Whether that is a spec, its reader tells: each of its places
/// has its cell in [`Entries::cells`].
///
/// # Errors
/// Cells with an error, and formulas that were saved without their value.
pub fn read_entries(book: &Book) -> Result<Entries, Vec<Remark>> {
    let form = EntryForm::of_spec();
    let (mut root, mut owned, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for grid in &book.grids {
        let path = grid.text((0, 0));
        if path == SINGLES {
            add_singles(grid, &form, &mut root, &mut remarks);
        } else if let Some(sheet) = form.sheets.iter().find(|sheet| sheet.is_at(&path)) {
            let Some(entry) = sheet_entry(grid, sheet, &mut remarks) else { continue };
            match &sheet.owner {
                Some(owner) => owned.push((sheet, owner, entry)),
                None => insert(&mut root, &path, entry),
            }
        } else if !path.starts_with('#') && !grid.cells.is_empty() {
            let (zh, en) =
                ("没有读取：第一格没有写明是数据的哪一部分", "not read: its first cell does not say what it holds");
            remarks.push(Remark::sheet(Weight::Note, &grid.name, zh, en));
        }
    }
    for (sheet, owner, entry) in owned {
        let key = sheet.path.strip_prefix(owner.as_str()).map_or("", |key| key.trim_start_matches('.'));
        give_to_rows(&mut root, owner, (key, entry), &mut remarks);
    }
    for name in &book.hidden {
        let (zh, en) = ("没有读取：工作表是隐藏的", "not read: the sheet is hidden");
        remarks.push(Remark::sheet(Weight::Note, name, zh, en));
    }
    if remarks.iter().any(|remark| remark.weight == Weight::Fault) {
        return Err(remarks);
    }
    let order = |entry: &Entry| {
        let is_it = |path: &str| path.split('.').next() == Some(&entry.key);
        let single = form.singles.iter().position(|single| is_it(&single.key) && !single.key.contains('.'));
        let sheets = || form.sheets.iter().position(|sheet| is_it(&sheet.path));
        single.unwrap_or_else(|| form.singles.len() + sheets().unwrap_or(form.sheets.len()))
    };
    root.sort_by_key(order);
    let Writer { text, cells, .. } = Writer::default().spec(&root);
    Ok(Entries { text, cells, remarks })
}

/// Returns the text of a cell, as it stands; none where it is empty.
fn text(grid: &Grid, spot: Spot, remarks: &mut Vec<Remark>) -> Option<String> {
    let mut fault = |zh: String, en: String| {
        remarks.push(Remark::cell(Weight::Fault, &grid.name, spot, zh, en));
        None
    };
    match grid.cells.get(&spot)? {
        Value::Text(text) => Some(text.replace("\r\n", "\n")),
        Value::Number(_) | Value::Percent(_) => Some(grid.text(spot)),
        Value::Date(day) => Some(day.clone()),
        Value::Error(error) => fault(format!("单元格有错误：{error}"), format!("the cell has an error: {error}")),
        Value::Uncomputed => fault(
            "公式没有保存结果；请用 Excel 打开后另存".to_owned(),
            "the formula was saved without its value: open the workbook in Excel and save it again".to_owned(),
        ),
    }
}

/// Makes a value of the text of a cell.
fn value(text: String, key: &str, kind: &Kind) -> Node {
    match kind {
        Kind::Choice(_) => Node::Plain(first_word(&text)),
        Kind::Text if is_id(key) => Node::Plain(first_word(&text)),
        Kind::Text => Node::Text(text),
        Kind::Amount | Kind::Code | Kind::Plain => Node::Plain(text.trim().to_owned()),
    }
}

/// Returns whether values of a key are ids of the profile, which drop-downs show with their names.
pub(super) fn is_id(key: &str) -> bool {
    matches!(key, "fund" | "kind" | "category")
}

/// Returns an id without the name behind it.
fn first_word(text: &str) -> String {
    text.split_whitespace().next().unwrap_or_default().to_owned()
}

fn add_singles(grid: &Grid, form: &EntryForm, root: &mut Vec<Entry>, remarks: &mut Vec<Remark>) {
    let head = |key: &str| (0..grid.size().1).find(|column| grid.text((KEY_ROW, *column)) == key);
    let (Some(keys), Some(values)) = (head(MAPPING_KEY), head(VALUE)) else {
        let (zh, en) = ("第 3 行缺少 key 或 values", "its third row lacks `key` or `values`");
        return remarks.push(Remark::sheet(Weight::Fault, &grid.name, zh, en));
    };
    for row in FIRST_ROW..grid.size().0 {
        let (path, spot) = (grid.text((row, keys)), (row, values));
        let Some(text) = text(grid, spot, remarks).filter(|_| !path.is_empty()) else { continue };
        let kind = form.singles.iter().find(|single| single.key == path).map_or(&Kind::Text, |single| &single.kind);
        let value = value(text, &path, kind);
        insert(root, &path, Entry { key: String::new(), cell: place(grid, spot), value });
    }
}

/// Reads the rows of a sheet; none where it has none.
fn sheet_entry(grid: &Grid, sheet: &EntrySheet, remarks: &mut Vec<Remark>) -> Option<Entry> {
    let heads = (0..grid.size().1).map(|column| (column, grid.text((KEY_ROW, column))));
    let heads: Vec<(u32, String)> = heads.filter(|(_, key)| !key.is_empty()).collect();
    let (keys, values): (Vec<_>, Vec<_>) =
        heads.into_iter().partition(|(_, key)| sheet.mappings > 0 && key == MAPPING_KEY);
    let mut above: Vec<(String, Spot)> = Vec::new();
    let mut whole = match sheet.mappings {
        0 => Node::List(Vec::new()),
        _ => Node::Map(Vec::new()),
    };
    for row in FIRST_ROW..grid.size().0 {
        let cells: Vec<(&str, Spot, String)> = values
            .iter()
            .filter_map(|(column, key)| Some((key.as_str(), (row, *column), text(grid, (row, *column), remarks)?)))
            .collect();
        let own: Vec<Option<(String, Spot)>> = keys
            .iter()
            .map(|(column, _)| Some((text(grid, (row, *column), remarks)?.trim().to_owned(), (row, *column))))
            .collect();
        let cells = without_second_percent(grid, cells);
        if cells.is_empty() && own.iter().all(Option::is_none) {
            continue;
        }
        // A key holds for the rows below it as well.
        let keys: Vec<(String, Spot)> = own
            .into_iter()
            .enumerate()
            .map(|(index, key)| key.or_else(|| above.get(index).cloned()).unwrap_or_default())
            .collect();
        let first = cells.first().map_or((row, 0), |(_, spot, _)| *spot);
        let kind = |key: &str| sheet.kind(key).unwrap_or(&Kind::Text);
        let is_bare = !sheet.is_open && sheet.columns.iter().all(|column| column.key == VALUE);
        let item = match is_bare {
            // What a mapping says of a key may be nothing.
            true => {
                let text = cells.into_iter().find(|(key, ..)| *key == VALUE).map(|(_, _, text)| text);
                value(text.unwrap_or_default(), VALUE, kind(VALUE))
            }
            false => Node::Map(
                cells
                    .into_iter()
                    .map(|(key, spot, text)| Entry {
                        key: key.to_owned(),
                        // A key that there is not was typed in the head.
                        cell: place(grid, if sheet.kind(key).is_some() { spot } else { (KEY_ROW, spot.1) }),
                        value: value(text, key, kind(key)),
                    })
                    .collect(),
            ),
        };
        let steps: Vec<(&str, String)> = keys.iter().map(|(key, spot)| (key.as_str(), place(grid, *spot))).collect();
        add_row(&mut whole, &steps, (place(grid, first), item), sheet.is_list);
        above = keys;
    }
    let is_empty = match &whole {
        Node::List(items) => items.is_empty(),
        Node::Map(entries) => entries.is_empty(),
        Node::Text(_) | Node::Plain(_) => false,
    };
    (!is_empty).then(|| Entry { key: String::new(), cell: place(grid, (0, 0)), value: whole })
}

/// Takes the sign from a number shown in percent where its row has it already, as the unit of an indicator, and from a
/// weight, which is of a hundred.
fn without_second_percent<'a>(grid: &Grid, mut cells: Vec<(&'a str, Spot, String)>) -> Vec<(&'a str, Spot, String)> {
    let in_percent = cells.iter().any(|(key, _, text)| *key == "unit" && matches!(text.trim(), "%" | "％"));
    for (key, spot, text) in &mut cells {
        let has_sign = *key == "weight" || (*key == "value" && in_percent);
        if has_sign && matches!(grid.cells.get(spot), Some(Value::Percent(_))) {
            *text = text.trim_end_matches('%').to_owned();
        }
    }
    cells
}

/// Gives each row of a list what a sheet has for its id.
fn give_to_rows(root: &mut [Entry], owner: &str, (key, entry): (&str, Entry), remarks: &mut Vec<Remark>) {
    let Node::Map(of_ids) = entry.value else { return };
    let mut list = root.iter_mut().find_map(|known| match &mut known.value {
        Node::List(items) if known.key == owner => Some(items),
        Node::List(_) | Node::Map(_) | Node::Text(_) | Node::Plain(_) => None,
    });
    for Entry { key: id, cell, value } in of_ids {
        let row = list.iter_mut().flat_map(|items| items.iter_mut()).find_map(|(_, item)| match item {
            Node::Map(fields) if fields.iter().any(|field| has_id(field, &id)) => Some(fields),
            Node::Map(_) | Node::List(_) | Node::Text(_) | Node::Plain(_) => None,
        });
        match row {
            Some(fields) => fields.push(Entry { key: key.to_owned(), cell, value }),
            None => remarks.push(Remark {
                weight: Weight::Fault,
                place: Some(cell),
                message: Bilingual::new(format!("没有编号为“{id}”的一行"), format!("no row has the id {id}")),
            }),
        }
    }
}

fn has_id(field: &Entry, id: &str) -> bool {
    match &field.value {
        Node::Text(text) | Node::Plain(text) => field.key == "id" && text == id,
        Node::Map(_) | Node::List(_) => false,
    }
}

/// Adds a row, with its cell, below the keys of its mappings, with theirs. Rows of one key belong together where they are
/// below each other.
fn add_row(node: &mut Node, keys: &[(&str, String)], (cell, item): (String, Node), is_list: bool) {
    match (node, keys) {
        (Node::List(items), _) => items.push((cell, item)),
        (Node::Map(entries), [(key, _)]) if !is_list => {
            entries.push(Entry { key: (*key).to_owned(), cell, value: item });
        }
        (Node::Map(entries), [(key, key_cell), below @ ..]) => {
            if entries.last().is_none_or(|last| last.key != *key) {
                let value = if below.is_empty() { Node::List(Vec::new()) } else { Node::Map(Vec::new()) };
                entries.push(Entry { key: (*key).to_owned(), cell: key_cell.clone(), value });
            }
            if let Some(last) = entries.last_mut() {
                add_row(&mut last.value, below, (cell, item), is_list);
            }
        }
        (Node::Map(_) | Node::Text(_) | Node::Plain(_), _) => {}
    }
}

/// Inserts an entry at the keys of a path.
fn insert(entries: &mut Vec<Entry>, path: &str, entry: Entry) {
    let Some((key, below)) = path.split_once('.') else {
        return entries.push(Entry { key: path.to_owned(), ..entry });
    };
    let is_map = |known: &&mut Entry| known.key == key && matches!(known.value, Node::Map(_));
    if let Some(Entry { value: Node::Map(inner), .. }) = entries.iter_mut().find(is_map) {
        return insert(inner, below, entry);
    }
    let cell = entry.cell.clone();
    let mut inner = Vec::new();
    insert(&mut inner, below, entry);
    entries.push(Entry { key: key.to_owned(), cell, value: Node::Map(inner) });
}

fn place(grid: &Grid, spot: Spot) -> String {
    format!("{}!{}", grid.name, cell_name(spot))
}
