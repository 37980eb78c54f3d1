#!/usr/bin/python3
"""Edits Word files as an office would and checks that the rest follows.

    tools/edit-word.py FILE.docx...

LibreOffice opens each file and does what an office does: adds and deletes rows, types paragraphs, inserts a page
break and a picture, changes 正文 and the headings, takes another face in the theme. Needs Debian's python3-uno, which
only Debian's own Python sees.
"""

import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

import office
from com.sun.star.text.TextContentAnchorType import AS_CHARACTER

BODY = re.compile(r"Text body|正文文本（紧缩.*")
HEADING = re.compile(r"Heading \d|标题 \d（目录.*")
# A face that neither text nor headings have.
OTHER = "楷体_GB2312"
# Hundredths of a millimetre.
WIDE, HIGH = 8000, 6000
DPI = 60


class Editor:
    """A file opened in LibreOffice, and what a user does to it."""

    def __init__(self, running, document):
        self.document = document
        self.cursor = document.CurrentController.ViewCursor
        self.graphics = running.service("com.sun.star.graphic.GraphicProvider")
        self.helper = running.service("com.sun.star.frame.DispatchHelper")

    def press(self, command, **values):
        """Does what a key or a menu does at the cursor."""
        frame = self.document.CurrentController.Frame
        self.helper.executeDispatch(frame, f".uno:{command}", "", 0, office.properties(**values))

    def blocks(self):
        return list(each(self.document.Text))

    def paragraphs(self, style):
        """Returns the paragraphs of the text, outside tables, whose style is of this name."""
        return [block for block in self.blocks() if not is_table(block) and style.fullmatch(block.ParaStyleName)]

    def tables(self):
        return [block for block in self.blocks() if is_table(block)]

    def style(self, name):
        return self.document.StyleFamilies.getByName("ParagraphStyles").getByName(name)

    def height(self, where):
        """Returns the distance of a place from the top of the first page in hundredths of a millimetre."""
        self.cursor.gotoRange(where, False)
        return self.cursor.Position.Y

    def pages(self, folder):
        """Returns the pages as they are printed, one string of red, green and blue bytes each."""
        pdf = folder / "edited.pdf"
        self.document.storeToURL(pdf.as_uri(), office.properties(FilterName="writer_pdf_Export"))
        ppm = subprocess.run(["pdftoppm", "-r", str(DPI), pdf], check=True, capture_output=True).stdout
        pages = []
        while ppm:
            head = re.match(rb"P6\n(\d+) (\d+)\n255\n", ppm)
            end = head.end() + 3 * int(head[1]) * int(head[2])
            pages.append(ppm[head.end():end])
            ppm = ppm[end:]
        return pages


def each(parent):
    enumeration = parent.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def is_table(block):
    return block.supportsService("com.sun.star.text.TextTable")


def look(text):
    """Returns face, size and distance of lines of a paragraph, a run or a style."""
    return text.CharFontNameAsian, text.CharHeightAsian, text.ParaLineSpacing.Height


def unlike(paragraphs, expected, of=look):
    """Returns the first of the runs in the face of their paragraph that look otherwise than expected."""
    runs = [run for paragraph in paragraphs for run in each(paragraph) if run.String and not run.CharStyleName]
    wrong = [f"{run.String[:20]!r} is in {of(run)}, not {expected}" for run in runs if of(run) != expected]
    return wrong[:1] + [f"and {len(wrong) - 1} more"] * (len(wrong) > 1)


def change(style, face, size, line):
    """Gives a style a face, a size and a distance of lines; returns its look."""
    style.CharFontName = style.CharFontNameAsian = face
    style.CharHeight = style.CharHeightAsian = size
    spacing = style.ParaLineSpacing
    spacing.Height = line
    style.ParaLineSpacing = spacing
    return look(style)


def change_text(editor, _):
    """正文 gets another face, size and distance of lines: all text follows."""
    paragraphs = editor.paragraphs(BODY)
    expected = change(editor.style("Standard"), OTHER, 12, 700)
    return unlike(paragraphs, expected), f"{len(paragraphs)} paragraphs follow 正文"


def change_headings(editor, _):
    """Each heading style gets another look: the headings of its level follow."""
    wrong, count = [], 0
    for level in range(1, 5):
        headings = editor.paragraphs(re.compile(rf"Heading {level}|标题 ?{level}（目录.*"))
        expected = change(editor.style(f"Heading {level}"), OTHER, 25 - level, 1100)
        wrong += unlike(headings, expected)
        count += len(headings)
    return wrong, f"{count} headings follow their styles"


def type_paragraphs(editor, _):
    """A paragraph is typed within and behind a text, and behind a heading: it is text like that before it."""
    wrong = []
    texts = editor.paragraphs(BODY)
    heading = editor.paragraphs(HEADING)[-1]
    for place, paragraph in (("within", texts[0]), ("behind", texts[-1]), ("behind a heading", heading)):
        editor.cursor.gotoRange(paragraph.End, False)
        if place == "within":
            editor.cursor.goLeft(2, False)
        editor.press("InsertPara")
        typed, style = editor.cursor, editor.style(texts[0].ParaStyleName if place == "within" else "Text body")
        found = typed.ParaStyleName, typed.ParaFirstLineIndent, *look(typed)
        expected = style.Name, style.ParaFirstLineIndent, *look(style)
        if found != expected:
            wrong.append(f"a paragraph {place} is {found}, not {expected}")
    return wrong, "typed paragraphs are text"


def cells(table, row):
    names = [name for name in table.CellNames if re.fullmatch(rf"[A-Za-z]+{row + 1}", name)]
    return [table.getCellByName(name) for name in names]


def row_look(table, row):
    """Returns style and rules of each cell of a row."""
    # A rule between two rows belongs to either.
    rules = [("LeftBorder", "RightBorder"), ("TopBorder", "BottomBorder")]
    return [
        (cell.createTextCursor().ParaStyleName,
         *(max(getattr(cell, side).OuterLineWidth for side in sides) for sides in rules))
        for cell in cells(table, row)
    ]


def plain_row(table):
    """Returns the row next to the middle between two of as many cells, none of them over rows; None without one."""
    rows = [cells(table, row) for row in range(table.Rows.Count)]
    plain = [
        row for row in range(table.HeaderRowCount + 1, len(rows) - 1)
        if len({len(near) for near in rows[row - 1:row + 2]}) == 1 and all(cell.RowSpan == 1 for cell in rows[row])
    ]
    return min(plain, key=lambda row: abs(row - len(rows) // 2), default=None)


def add_rows(editor, _):
    """A row is added in the middle of each table, like the one before it, and deleted again."""
    wrong, count = [], 0
    for table in editor.tables():
        rows, row = table.Rows.Count, plain_row(table)
        if row is None:
            continue
        count += 1
        before = row_look(table, row)
        editor.cursor.gotoRange(cells(table, row)[0].Start, False)
        editor.press("InsertRowsAfter")
        after = row_look(table, row + 1)
        if table.Rows.Count != rows + 1 or after != before:
            wrong.append(f"{table.Name}: {rows} rows are {table.Rows.Count}; {before} became {after}")
        editor.press("DeleteRows")
        if table.Rows.Count != rows:
            wrong.append(f"{table.Name}: {table.Rows.Count} rows with one deleted, {rows} before")
    return wrong, f"{count} of {len(editor.tables())} tables take a row and lose it again"


def insert_picture(editor, folder):
    """A picture is inserted into a text: it is printed whole, and the text gives way."""
    editor.cursor.gotoRange(editor.paragraphs(BODY)[0].End, False)
    editor.press("InsertPara")
    start, behind = (paragraph.Start for paragraph in editor.paragraphs(BODY)[:2])
    before = editor.height(behind)
    picture = folder / "red.png"
    picture.write_bytes(red_png())
    graphic = editor.document.createInstance("com.sun.star.text.TextGraphicObject")
    graphic.Graphic = editor.graphics.queryGraphic(office.properties(URL=picture.as_uri()))
    graphic.AnchorType, graphic.Width, graphic.Height = AS_CHARACTER, WIDE, HIGH
    start.Text.insertTextContent(start, graphic, False)
    runs = (run for page in editor.pages(folder) for run in re.findall(rb"(?:\xff\0\0){50,}", page))
    seen, whole = sum(map(len, runs)) // 3, round(WIDE * HIGH * (DPI / 2540) ** 2)
    moved = editor.height(behind) - before
    wrong = [f"{seen} dots of a picture of {whole} are seen"] if seen < 0.97 * whole else []
    if moved < 0.8 * HIGH:
        wrong.append(f"the text gives way by {moved / 100} mm to a picture of {HIGH / 100} mm")
    return wrong, f"{seen} of {whole} dots of a picture are seen"


def red_png():
    """Returns a picture of one red dot."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head, dot = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


def break_page(editor, _):
    """A page break is inserted within a text: the rest of the text is on the next page."""
    texts = editor.paragraphs(BODY)
    editor.cursor.gotoRange(texts[len(texts) // 2].Start, False)
    editor.cursor.goRight(2, False)
    editor.press("InsertPagebreak")
    behind = editor.cursor.Page
    editor.cursor.goLeft(1, False)
    before = editor.cursor.Page
    wrong = [] if behind == before + 1 else [f"a break on page {before} has page {behind} behind it"]
    return wrong, "a page break begins a page"


def change_theme(editor, _):
    """The theme has another face for Chinese text: all text has it."""
    paragraphs = editor.paragraphs(BODY)
    wrong = unlike(paragraphs, OTHER, lambda run: run.CharFontNameAsian)
    return wrong, f"{len(paragraphs)} paragraphs follow the theme"


def with_theme(path, folder):
    """Writes a copy of a file whose theme has the other face for Chinese text."""
    copy = folder / f"theme-{path.name}"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/theme/theme1.xml":
                minor = re.search("<a:minorFont>.*</a:minorFont>", text := data.decode(), re.S)[0]
                data = text.replace(minor, re.sub('(<a:ea |"Hans" )typeface="[^"]*"', rf'\1typeface="{OTHER}"', minor))
            target.writestr(name, data)
    return copy


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    status = 0
    with office.started() as running, tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        for path in map(pathlib.Path, sys.argv[1:]):
            for source, trials in (path, TRIALS), (with_theme(path, folder), [change_theme]):
                with running.opened(source) as document:
                    editor = Editor(running, document)
                    for trial in trials:
                        wrong, figures = trial(editor, folder)
                        for line in wrong or [figures]:
                            print(f"{path}: {line}")
                        status |= bool(wrong)
    return status


# In one copy, one after the other: what they leave must not be in the way of the next.
TRIALS = [add_rows, type_paragraphs, break_page, insert_picture, change_headings, change_text]

sys.exit(main())
