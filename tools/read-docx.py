#!/usr/bin/env python3
"""Reads Word files with python-docx: every heading, every cell, every merge.

    .tools/venv/bin/python tools/read-docx.py FILE.docx...

Compared with the bare XML: the words of every heading and cell are read, every row fills its table's columns, and a
merged cell is one cell on all the places it covers. Every entry of the table of contents leads to a paragraph.
"""

import sys

import docx
from docx.oxml.ns import qn


def is_heading(style):
    """Whether a style is one of the headings', or made from one for headings that are listed otherwise."""
    return style is not None and (style.name.startswith("Heading ") or is_heading(style.base_style))


def read(path):
    document = docx.Document(path)
    body = document.element.body
    wrong = []

    # A line break in a title is no word of it.
    headings = [p.text.replace("\n", "") for p in document.paragraphs if is_heading(p.style)]
    bare = [words(p) for p in body.findall(qn("w:p")) if style(p).startswith("Heading")]
    if headings != bare:
        wrong.append(f"headings: {headings} are not {bare}")

    targets = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    wrong += [f"the contents lead to {link}, which is nowhere" for link in links if link not in targets]

    cells = merged = 0
    for number, table in enumerate(document.tables, 1):
        columns = len(table.columns)
        seen = {}
        for row, line in enumerate(table.rows):
            if len(line.cells) != columns:
                wrong.append(f"table {number}, row {row + 1}: {len(line.cells)} of {columns} columns")
            for column, cell in enumerate(line.cells):
                seen.setdefault(cell._tc, (cell, []))[1].append((row, column))
        for tc, (cell, places) in seen.items():
            rows, wide = {row for row, _ in places}, {column for _, column in places}
            if len(places) != len(rows) * len(wide) or len(wide) != tc.grid_span:
                wrong.append(f"table {number}: {cell.text!r} covers {places}")
            if "".join(cell.text.split()) != "".join(words(tc).split()):
                wrong.append(f"table {number}: {cell.text!r} is not {words(tc)!r}")
            cells += 1
            merged += len(places) > 1
        tcs = [tc for tc in table._tbl.iter(qn("w:tc")) if merge(tc) != "continue"]
        if set(tcs) != set(seen):
            wrong.append(f"table {number}: {len(seen)} cells are read of {len(tcs)}")
    return wrong, f"{len(headings)} headings, {len(document.tables)} tables, {cells} cells, {merged} of them merged"


def words(node):
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def style(paragraph):
    name = paragraph.find(qn("w:pPr") + "/" + qn("w:pStyle"))
    return "" if name is None else name.get(qn("w:val"))


def merge(tc):
    merge = tc.find(qn("w:tcPr") + "/" + qn("w:vMerge"))
    return None if merge is None else merge.get(qn("w:val"), "continue")


def main():
    status = 0
    for path in sys.argv[1:]:
        wrong, summary = read(path)
        for line in wrong:
            print(f"{path}: {line}")
        status |= bool(wrong)
        print(summary)
    return status


sys.exit(main())
