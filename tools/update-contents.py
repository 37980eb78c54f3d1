#!/usr/bin/python3
"""Whether the table of contents is still right once an office has updated it.

    tools/update-contents.py FILE.docx...

LibreOffice opens each file and updates its table of contents, as F9 does in Word. Every entry has to be there
afterwards, in the same words but for a number that only the contents have, and on the same page. Needs Debian's python3-uno, which only Debian's own Python sees.
"""

import pathlib
import re
import sys
import zipfile
import xml.etree.ElementTree as xml

import office

# The number before a title, as forms write it.
ORDINAL = re.compile(r"\d+[．.、]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
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


def is_unnumbered(entry, updated_entry):
    (words, page), (new_words, new_page) = entry, updated_entry
    return page == new_page and words.endswith(new_words) and ORDINAL.fullmatch(words.removesuffix(new_words))


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
    changed = [pair for pair in zip(before, after) if pair[0] != pair[1]]
    if len(before) == len(after) and all(is_unnumbered(*pair) for pair in changed):
        print(f"{path}: {len(changed)} of {len(before)} entries of the contents lose their number in an update")
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
