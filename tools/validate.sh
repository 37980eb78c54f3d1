#!/usr/bin/env bash
# Asks other people's programs whether our files are right.
#
#   tools/validate.sh FILE.pdf... FILE.docx... FILE.xlsx...
#
# PDF:  veraPDF (PDF/A-2a and PDF/UA-1), qpdf --check, and whether every font is embedded and maps back to text.
# XLSX: Microsoft's OpenXmlValidator, and whether LibreOffice lays it out.
# DOCX: Microsoft's OpenXmlValidator, openxml-audit, python-docx, and whether LibreOffice lays it out.
# Prints a line for each check and, under a failed one, the reason. Exits with 0 where all pass, 1 where one does not.
# tools/setup-validators.sh installs what is needed.
set -euo pipefail
export LC_ALL=C.UTF-8 # file names may be Chinese

tools=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$tools")
if [ $# = 0 ]; then
    echo "usage: tools/validate.sh FILE.pdf... FILE.docx... FILE.xlsx..." >&2
    exit 2
fi
if [ ! -e "$root/.tools/npm" ] || [ ! -e "$root/.tools/classes" ] || [ ! -e "$root/.tools/venv" ]; then
    echo "tools/validate.sh: run tools/setup-validators.sh first" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

check() { # check WHAT FILE COMMAND...: runs it, prints how it went; the last line of its output is the remark of a pass
    local what=$1 file=$2
    shift 2
    if "$@" >"$work/log" 2>&1; then
        local remark
        remark=$(tail -n 1 "$work/log")
        printf 'pass  %-26s %s%s\n' "$what" "$file" "${remark:+  $remark}"
    else
        printf 'FAIL  %-26s %s\n' "$what" "$file"
        sed 's/^/      /' "$work/log"
        failures=$((failures + 1))
    fi
}

verapdf() {
    java -cp "$root/.tools/verapdf.jar:$root/.tools/classes" PdfaCheck "$1" && echo
}

structure() {
    # Its status is 3 for warnings, which are failures here.
    qpdf --check "$1" && echo "$(qpdf --show-npages "$1") pages"
}

fonts() {
    pdffonts "$1" >"$work/fonts" 2>"$work/errors" && [ ! -s "$work/errors" ] || { cat "$work/errors"; return 1; }
    # name type encoding emb sub uni object generation; the type has blanks in it, so count from the right.
    awk 'NR > 2 {
        count++
        if ($(NF - 4) != "yes") { print $1 " is not embedded"; bad = 1 }
        if ($(NF - 2) != "yes") { print $1 " does not map back to text"; bad = 1 }
    }
    END { if (!bad) print count + 0 " fonts"; exit bad }' "$work/fonts"
}

openxml() {
    "$root/.tools/npm/node_modules/.bin/ooxml-validator" "$1" >"$work/report" && { echo; return; }
    # A missing element is described by the hundred that could stand there; the beginning says it.
    cut -c 1-400 "$work/report"
    return 1
}

audit() {
    "$root/.tools/venv/bin/openxml-audit" "$1" && echo
}

readable() {
    "$root/.tools/venv/bin/python" "$tools/read-docx.py" "$1"
}

libreoffice() {
    local name pages
    name=$(basename "$1")
    local set_pdf=$work/${name##*.}/${name%.*}.pdf
    [ -e "$set_pdf" ] || { cat "$work/${name##*.}.log"; return 1; }
    pages=$(pdfinfo "$set_pdf" | awk '$1 == "Pages:" { print $2 }')
    echo "$pages pages"
    [ "$pages" -ge 1 ]
}

# One start of LibreOffice for all files of a kind: it takes longer than most files. A document and its workbook have one
# name, so each kind has a folder of its own.
for kind in docx xlsx; do
    office=()
    for file in "$@"; do
        case $file in *.$kind) office+=("$file") ;; esac
    done
    if [ ${#office[@]} -gt 0 ]; then
        "$tools/docx-to-pdf.sh" "$work/$kind" "${office[@]}" >"$work/$kind.log" 2>&1 || true
    fi
done

for file in "$@"; do
    if [ ! -s "$file" ]; then
        printf 'FAIL  %-26s %s\n' "is there" "$file"
        failures=$((failures + 1))
        continue
    fi
    case $file in
        *.pdf)
            check "veraPDF PDF/A-2a, UA-1" "$file" verapdf "$file"
            check "qpdf" "$file" structure "$file"
            check "fonts embedded, to text" "$file" fonts "$file"
            ;;
        *.docx)
            check "OpenXmlValidator" "$file" openxml "$file"
            check "openxml-audit" "$file" audit "$file"
            check "python-docx" "$file" readable "$file"
            check "LibreOffice" "$file" libreoffice "$file"
            ;;
        *.xlsx)
            check "OpenXmlValidator" "$file" openxml "$file"
            check "LibreOffice" "$file" libreoffice "$file"
            ;;
        *)
            printf 'FAIL  %-26s %s\n' "is a PDF, DOCX or XLSX" "$file"
            failures=$((failures + 1))
            ;;
    esac
done
if [ "$failures" -gt 0 ]; then
    echo "$failures checks failed"
    exit 1
fi
