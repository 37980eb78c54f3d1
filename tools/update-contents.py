#!/usr/bin/python3
"""Whether the table of contents is still right once an office has updated it.

    tools/update-contents.py FILE.docx...

LibreOffice opens each file and updates its table of contents, as F9 does in Word. Every entry has to be there
afterwards, in the same words and on the same page. Needs Debian's python3-uno, which only Debian's own Python sees.
"""

import pathlib
import sys
import zipfile
import xml.etree.ElementTree as xml

import office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(path):
    """The entries as they stand in the file; none for a form without a table of contents."""
    with zipfile.ZipFile(path) as archive:
        document = xml.fromstring(archive.read("word/document.xml"))
    galleries = (gallery.get(W + "val") for gallery in document.iter(W + "docPartGallery"))
    if "Table of Contents" not in galleries:
        return None
    entries = []
    for link in document.iter(W + "hyperlink"):
        *title, number = (text.text for text in link.iter(W + "t"))
        entries.append(("".join(title), number))
    return entries


def updated(running, path):
    """The entries as LibreOffice makes them."""
    with running.opened(path) as document:
        indexes = document.DocumentIndexes
        lines = []
        for index in (indexes.getByIndex(number) for number in range(indexes.Count)):
            # The first update may move the pages it has counted.
            index.update()
            document.refresh()
            index.update()
            lines += index.Anchor.String.splitlines()
        return [tuple(line.split("\t")) for line in lines if "\t" in line]


def compare(running, path):
    before = written(path)
    if before is None:
        print(f"{path}: no table of contents")
        return True
    after = updated(running, path)
    if not before:
        print(f"{path}: a table of contents without entries")
        return False
    if before == after:
        print(f"{path}: {len(before)} entries of the contents are the same after an update")
        return True
    lost = [entry for entry in before if entry not in after]
    new = [entry for entry in after if entry not in before]
    print(f"{path}: after an update of the contents, {lost} are lost and {new} are new")
    return False


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with office.started() as running:
        right = [compare(running, pathlib.Path(path)) for path in sys.argv[1:]]
    sys.exit(not all(right))


main()
