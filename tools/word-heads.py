#!/usr/bin/env python3
"""Checks with LibreOffice that every page of a table has the table's head rows.

    tools/word-heads.py FILE.docx...

A copy of each file gets a mark of one point in the first cell of every head row and row, by which the pages of
LibreOffice's PDF are read. A table counts by page; one that has no head has none to repeat.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TOOLS = pathlib.Path(__file__).parent


def mark(paragraph, words):
    """Adds `words` in one point at the end of a paragraph."""
    run = xml.SubElement(paragraph, W + "r")
    properties = xml.SubElement(run, W + "rPr")
    xml.SubElement(properties, W + "sz", {W + "val": "2"})
    xml.SubElement(run, W + "t").text = words


def mark_tables(document):
    """Marks the rows of all tables: qh3q in heads and qr3q in other rows of table 3."""
    for number, table in enumerate(document.iter(W + "tbl")):
        for row in table.findall(W + "tr"):
            style = row.find(W + "tc/" + W + "p/" + W + "pPr/" + W + "pStyle")
            is_head = style is not None and style.get(W + "val", "").startswith("TableHead")
            # A cell that goes on from the row above shows no text.
            cells = [cell for cell in row.findall(W + "tc") if cell.find(W + "tcPr/" + W + "vMerge") is None]
            cells = [cell for cell in cells if cell.find(W + "tcPr/" + W + "textDirection") is None]
            if cells:
                mark(cells[0].find(W + "p"), f"q{'h' if is_head else 'r'}{number}q")


def marked_copy(path, folder):
    """Writes a copy of a Word file with marks."""
    copy = folder / path.name
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                for prefix, address in re.findall(rb'xmlns:(\w+)="([^"]+)"', data[:4000]):
                    xml.register_namespace(prefix.decode(), address.decode())
                document = xml.fromstring(data)
                mark_tables(document)
                data = xml.tostring(document, encoding="utf-8", xml_declaration=True)
            target.writestr(name, data)
    return copy


def pages_without_head(pdf):
    """Returns the faults of a file, and the number of pages of tables that go over several."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = {}
    for page, words in enumerate(text.split("\f"), 1):
        for kind, number in re.findall(r"q([hr])(\d+)q", words):
            pages.setdefault(int(number), {"h": set(), "r": set()})[kind].add(page)
    faults, count = [], 0
    for number, seen in sorted(pages.items()):
        if seen["h"]:
            count += len(seen["r"]) if len(seen["r"]) > 1 else 0
            faults += [f"table {number + 1} has no head on page {page}" for page in sorted(seen["r"] - seen["h"])]
    return faults, count


def main():
    files = [pathlib.Path(name) for name in sys.argv[1:]]
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        copies = [marked_copy(path, folder) for path in files]
        subprocess.run([TOOLS / "docx-to-pdf.sh", folder / "pdf", *copies], check=True)
        for path in files:
            faults, count = pages_without_head(folder / "pdf" / (path.stem + ".pdf"))
            for fault in faults:
                print(f"{path}: {fault}")
            status |= bool(faults)
            print(f"{path}: {count} pages of tables over several pages")
    return status


sys.exit(main())
