#!/usr/bin/env python3
"""Measures the command beside other programs that make the same pages, in turns, each run a new process.

    tools/bench-peers.py BUDGETDOC SPEC RUNS

The Word file of the spec gives the words, headings and tables to the others: Typst and WeasyPrint set them as a PDF with
the same faces, python-docx and docxtpl write them as a Word file, LibreOffice turns the Word file into a PDF.
tools/bench.sh calls this with what it needs installed.
"""

import html
import json
import os
import pathlib
import statistics
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BODY = '"Tinos", "FandolFang R", "Noto Serif CJK SC"'
HEADING = '"Tinos", "Noto Sans CJK SC"'

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def grid(table):
    """Returns the number of columns, and for each row its cells: (text, columns, rows, is head).

    The cells that continue a merge are left out.
    """
    rows = []
    for row in table.iter(W + "tr"):
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        cells, column = [], 0
        for cell in row.iterchildren(W + "tc"):
            properties = cell.find(W + "tcPr")
            span = properties.find(W + "gridSpan")
            span = int(span.get(W + "val")) if span is not None else 1
            merge = properties.find(W + "vMerge")
            part = merge is not None and merge.get(W + "val") != "restart"
            text = "".join(text.text or "" for text in cell.iter(W + "t"))
            cells.append([text, span, 1, head, column, part])
            column += span
        rows.append(cells)
    for index, cells in enumerate(rows):
        for cell in cells:
            for below in rows[index + 1 :]:
                if not any(other[4] == cell[4] and other[5] for other in below):
                    break
                cell[2] += 1
    columns = max(cell[4] + cell[1] for cells in rows for cell in cells)
    return columns, [[tuple(cell[:4]) for cell in cells if not cell[5]] for cells in rows]


def blocks(path):
    """Returns the blocks of a Word file: ("h1" to "h3" or "p", text) and ("table", rows)."""
    import docx

    found = []
    for element in docx.Document(path).element.body:
        if element.tag == W + "p":
            text = docx.text.paragraph.Paragraph(element, None).text
            level = element.find(f"{W}pPr/{W}pStyle")
            level = level.get(W + "val") if level is not None else ""
            kind = f"h{level[-1]}" if level[:-1] == "Heading" else "p"
            if text.strip():
                found.append((kind, text))
        elif element.tag == W + "tbl":
            found.append(("table", grid(element)))
    return found


def typst(found):
    def text(words):
        return "#" + json.dumps(words, ensure_ascii=False)

    lines = [
        f'#set text(font: ({BODY}), size: 16pt, lang: "zh", region: "cn")',
        '#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")',
        "#set par(leading: 12pt, spacing: 12pt, justify: true, first-line-indent: (amount: 2em, all: true))",
        f"#show heading: set text(font: ({HEADING}), size: 16pt)",
        "#show table: set text(size: 10.5pt)",
        "#show table: set par(leading: 5pt, first-line-indent: 0pt, justify: false)",
        "#outline(depth: 2)",
    ]
    for kind, content in found:
        if kind == "table":
            columns, content = content
            lines.append(f"#table(columns: {columns}, stroke: 0.5pt, inset: 4pt,")
            heads = [row for row in content if any(cell[3] for cell in row)]
            # Typst has no cell that begins in the head and ends below it.
            if any(index + cell[2] > len(heads) for index, row in enumerate(heads) for cell in row):
                heads = []
            rows = [row for row in content if row not in heads]
            cell = "table.cell(colspan: {}, rowspan: {})[{}],"
            one = lambda row: " ".join(cell.format(across, down, text(words)) for words, across, down, _ in row)
            if heads:
                lines.append("table.header(" + "\n".join(map(one, heads)) + "),")
            lines += [one(row) for row in rows] + [")"]
        elif kind == "p":
            lines.append(text(content) + "\n")
        else:
            lines.append("=" * int(kind[1]) + " " + text(content) + "\n")
    return "\n".join(lines)


def page(found):
    parts = [
        f"<html lang=zh-CN><title>budget</title><style>@page {{ size: A4; margin: 37mm 26mm 35mm 28mm; "
        f"@bottom-center {{ content: counter(page) }} }} body {{ font: 16pt/28pt {BODY} }} "
        f"h1, h2, h3 {{ font: 16pt {HEADING} }} p {{ text-indent: 2em; text-align: justify; margin: 0 }} "
        f"table {{ border-collapse: collapse; font-size: 10.5pt; line-height: 15pt; width: 100% }} "
        f"td, th {{ border: 0.5pt solid; padding: 4pt }}</style>"
    ]
    for kind, content in found:
        if kind == "table":
            parts.append("<table>")
            for row in content[1]:
                tag = "th" if any(cell[3] for cell in row) else "td"
                cells = (f"<{tag} colspan={a} rowspan={d}>{html.escape(words)}</{tag}>" for words, a, d, _ in row)
                parts.append(f"<tr>{''.join(cells)}</tr>")
            parts.append("</table>")
        else:
            parts.append(f"<{kind}>{html.escape(content)}</{kind}>")
    return "".join(parts)


def word(found, path):
    """Writes the blocks with python-docx; the process to measure calls this."""
    import docx

    document = docx.Document()
    for kind, content in found:
        if kind == "table":
            columns, content = content
            table = document.add_table(rows=len(content), cols=columns, style="Table Grid")
            for cells, row in zip(table.rows, content):
                cells = cells.cells
                for cell, (words, *_) in zip(cells, row):
                    cell.text = words
        elif kind == "p":
            document.add_paragraph(content)
        else:
            document.add_heading(content, int(kind[1]))
    document.save(path)


def template(found):
    """Returns the blocks with a name in the place of each text, and the texts."""
    texts = []

    def name(words):
        texts.append(words)
        return f"{{{{ x[{len(texts) - 1}] }}}}"

    renamed = []
    for kind, content in found:
        if kind == "table":
            columns, rows = content
            content = columns, [[(name(words), *rest) for words, *rest in row] for row in rows]
        else:
            content = name(content)
        renamed.append((kind, content))
    return renamed, texts


def run(command):
    """Returns the processor seconds and peak MiB of a command."""
    null = os.open(os.devnull, os.O_WRONLY)
    process = os.posix_spawnp(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    )
    _, status, usage = os.wait4(process, 0)
    os.close(null)
    if status:
        sys.exit(f"{' '.join(command)}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(work, name):
    """Writes what the others read."""
    found = blocks(str(work / f"{name}.docx"))
    (work / "peer.typ").write_text(typst(found), encoding="utf-8")
    (work / "peer.html").write_text(page(found), encoding="utf-8")
    (work / "blocks.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    renamed, texts = template(found)
    word(renamed, str(work / "template.docx"))
    (work / "texts.json").write_text(json.dumps({"x": texts}, ensure_ascii=False), encoding="utf-8")


def main(budgetdoc, spec, runs):
    work = pathlib.Path(tempfile.mkdtemp())
    name = pathlib.Path(spec).stem
    run([budgetdoc, "render", spec, "-o", str(work)])
    # In a process of its own: the peak memory of a new process counts from what this one takes.
    run([sys.executable, __file__, "prepare", str(work), name])
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "tools/fonts.conf")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    python = [sys.executable, "-c"]
    fonts = str(ROOT / "fonts")
    ours = [budgetdoc, "render", spec, "-o", str(work / "out"), "--format"]
    commands = {
        "budgetdoc, PDF": ours + ["pdf"],
        "budgetdoc, Word": ours + ["docx"],
        "budgetdoc, both": ours + ["pdf,docx"],
        "budgetdoc, check": [budgetdoc, "check", spec],
        "Typst, PDF": python
        + [
            f"import typst; typst.compile({str(work / 'peer.typ')!r}, output={str(work / 'typst.pdf')!r}, "
            f"font_paths=[{fonts!r}], ignore_system_fonts=True)"
        ],
        "WeasyPrint, PDF": python
        + [
            f"import weasyprint; weasyprint.HTML({str(work / 'peer.html')!r}).write_pdf({str(work / 'weasy.pdf')!r})"
        ],
        "LibreOffice, PDF from Word": [
            "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile",
            "--convert-to", "pdf", "--outdir", str(work / "office"), str(work / f"{name}.docx"),
        ],
        "python-docx, Word": python
        + [
            f"import sys, json; sys.path.insert(0, {str(ROOT / 'tools')!r}); "
            f"peers = __import__('bench-peers'); "
            f"peers.word(json.load(open({str(work / 'blocks.json')!r})), {str(work / 'python.docx')!r})"
        ],
        "docxtpl, Word": python
        + [
            f"import json, docxtpl; file = docxtpl.DocxTemplate({str(work / 'template.docx')!r}); "
            f"file.render(json.load(open({str(work / 'texts.json')!r}))); file.save({str(work / 'tpl.docx')!r})"
        ],
    }
    commands["Python alone"] = python + ["import typst"]
    measured = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            measured[name].append(run(command))
    print(f"medians of {runs} runs in turns: processor seconds, peak MiB, and how many times the first row's")
    first = None
    for name, values in measured.items():
        time, memory = (statistics.median(value[index] for value in values) for index in (0, 1))
        first = first or (time, memory)
        print(f"{name:<28}{time:>8.3f}{memory:>9.1f}{time / first[0]:>8.1f}{memory / first[1]:>7.1f}")
    print("their files:", work)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(pathlib.Path(sys.argv[2]), sys.argv[3])
    else:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
