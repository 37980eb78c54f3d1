#!/usr/bin/env bash
# Whether another program paginates Word files as we do.
#
#   tools/compare-pages.sh FILE.docx...
#
# LibreOffice sets each file. Every link of its table of contents has to lead to a page whose printed number is the one
# that the table of contents says, and there may be one page more or less than in our own PDF, which lies beside it.
set -euo pipefail
export LC_ALL=C.UTF-8

if [ $# -eq 0 ]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
tools=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$tools/docx-to-pdf.sh" "$work" "$@"
pages() {
    pdfinfo "$1" 2>"$work/log" | awk '$1 == "Pages:" { print $2 }'
}
compare() { # compare FILE.docx
    local set_pdf
    set_pdf=$work/$(basename "$1" .docx).pdf
    qpdf --json=2 --json-key=pages --json-key=qpdf "$set_pdf" >"$work/json"
    pdftotext -layout "$set_pdf" "$work/text" 2>"$work/log"
    python3 "$work/compare.py" "$1" "$work" "$(pages "$set_pdf")" "$(pages "${1%docx}pdf")"
}
cat >"$work/compare.py" <<'END'
import json, pathlib, re, sys, zipfile
import xml.etree.ElementTree as xml

docx, work, theirs, ours = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
with zipfile.ZipFile(docx) as archive:
    document = xml.fromstring(archive.read("word/document.xml"))
entries = []
for link in document.iter(W + "hyperlink"):
    *title, number = (text.text for text in link.iter(W + "t"))
    entries.append(("".join(title), number))

# Printed numbers: the last line of a page, mostly between dashes.
numbers = []
for page in (work / "text").read_text().split("\f")[:theirs]:
    *_, last = ("", *page.rstrip().splitlines())
    found = re.fullmatch(r"\s*(—?)\s*(\d+)\s*\1\s*", last)
    numbers.append(found and found[2])

# Links in reading order; those of one entry, which a line break may have cut, lead to one place.
read = json.loads((work / "json").read_text())
objects = read["qpdf"][1]
def value(what):
    while isinstance(what, str) and re.fullmatch(r"\d+ \d+ R", what):
        found = objects["obj:" + what]
        what = found["value"] if "value" in found else found["stream"]["dict"]
    return what
order = {page["object"]: index for index, page in enumerate(read["pages"])}
goals = []
for page in read["pages"]:
    links = [value(link) for link in value(value(page["object"]).get("/Annots")) or []]
    links = [link for link in links if "/Dest" in link or "/A" in link and "/D" in value(link["/A"])]
    for link in sorted(links, key=lambda link: (-round(value(link["/Rect"])[3]), value(link["/Rect"])[0])):
        goal = value(link["/Dest"]) if "/Dest" in link else value(value(link["/A"])["/D"])
        if not goals or goals[-1] != goal:
            goals.append(goal)

wrong = []
if len(goals) != len(entries):
    wrong.append(f"{len(goals)} links for {len(entries)} entries")
for (title, number), goal in zip(entries, goals):
    printed = numbers[order[goal[0]]]
    if printed != number:
        wrong.append(f"{title}: the contents say page {number}, LibreOffice has it on page {printed}")
if abs(theirs - ours) > 1:
    wrong.append(f"{theirs} pages, ours are {ours}")
for line in wrong:
    print(line)
if not wrong:
    print(f"{docx}: {len(entries)} entries of the contents on their pages; {theirs} pages, ours are {ours}")
sys.exit(bool(wrong))
END
failed=0
for file in "$@"; do
    compare "$file" || failed=1
done
exit "$failed"
