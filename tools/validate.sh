#!/usr/bin/env bash
# Asks other people's programs whether our files are right.
#
#   tools/validate.sh FILE.pdf... FILE.docx... FILE.xlsx...
#
# PDF:  veraPDF (PDF/A-2a and PDF/UA-1), qpdf --check, and whether every font is embedded and maps back to text.
# DOCX: Microsoft's OpenXmlValidator, openxml-audit, python-docx.
# XLSX: Microsoft's OpenXmlValidator.
# Whether LibreOffice opens Word files and workbooks is seen by tools/docx-to-pdf.sh.
# Prints a line for each check and, under a failed one, the reasons. Exits with 0 where all pass, 1 where one does not.
# tools/setup-validators.sh installs what is needed.
set -euo pipefail
export LC_ALL=C.UTF-8 # file names may be Chinese

tools=$(cd "$(dirname "$0")" && pwd)
installed=$(dirname "$tools")/.tools
if [ $# = 0 ]; then
    echo "usage: tools/validate.sh FILE.pdf... FILE.docx... FILE.xlsx..." >&2
    exit 2
fi
if [ ! -e "$installed/npm" ] || [ ! -e "$installed/classes" ] || [ ! -e "$installed/venv" ]; then
    echo "tools/validate.sh: run tools/setup-validators.sh first" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

check() { # check WHAT COMMAND FILE...: runs it on all files, for a start takes longer than a file
    local what=$1 command=$2
    shift 2
    if "$command" "$@" >"$work/log" 2>&1; then
        printf 'pass  %-26s %d files\n' "$what" $#
    else
        printf 'FAIL  %s\n' "$what"
        cut -c 1-400 "$work/log" | sed 's/^/      /'
        failures=$((failures + 1))
    fi
}

verapdf() {
    java -cp "$installed/verapdf.jar:$installed/classes" PdfaCheck "$@"
}

structure() {
    local file status=0
    for file in "$@"; do
        # Its status is 3 for warnings, which are failures here.
        qpdf --check "$file" || { echo "$file"; status=1; }
    done
    return $status
}

fonts() {
    local file status=0
    for file in "$@"; do
        pdffonts "$file" >"$work/fonts" 2>"$work/errors" && [ ! -s "$work/errors" ] || { cat "$work/errors"; status=1; }
        # name type encoding emb sub uni object generation; the type has blanks in it, so count from the right.
        awk -v file="$file" 'NR > 2 {
            if ($(NF - 4) != "yes") { print file ": " $1 " is not embedded"; bad = 1 }
            if ($(NF - 2) != "yes") { print file ": " $1 " does not map back to text"; bad = 1 }
        }
        END { exit bad }' "$work/fonts" || status=1
    done
    return $status
}

openxml() { # takes one file a start, so as many at a time as there are processors; its report names the file
    printf '%s\0' "$@" |
        xargs -0 -n 1 -P "$(nproc)" sh -c '"$0" "$2" >"$1/$$" || { cat "$1/$$"; exit 1; }' \
            "$installed/npm/node_modules/.bin/ooxml-validator" "$work"
}

audit() { # takes one file or a folder
    local audited number=0
    audited=$(mktemp -d -p "$work")
    for file in "$@"; do
        number=$((number + 1))
        ln -s "$(realpath "$file")" "$audited/$number-$(basename "$file")"
    done
    "$installed/venv/bin/openxml-audit" --quiet --recursive "$audited"
}

readable() {
    "$installed/venv/bin/python" "$tools/read-docx.py" "$@"
}

pdf=() docx=() xlsx=()
for file in "$@"; do
    case $file in
        *.pdf) pdf+=("$file") ;;
        *.docx) docx+=("$file") ;;
        *.xlsx) xlsx+=("$file") ;;
        *) echo "tools/validate.sh: $file is no PDF, DOCX or XLSX" >&2; exit 2 ;;
    esac
    [ -s "$file" ] || { echo "tools/validate.sh: $file is not there or empty" >&2; exit 2; }
done
if [ ${#pdf[@]} -gt 0 ]; then
    check "veraPDF PDF/A-2a, UA-1" verapdf "${pdf[@]}"
    check "qpdf" structure "${pdf[@]}"
    check "fonts embedded, to text" fonts "${pdf[@]}"
fi
if [ ${#docx[@]} -gt 0 ]; then
    check "OpenXmlValidator, DOCX" openxml "${docx[@]}"
    check "openxml-audit" audit "${docx[@]}"
    check "python-docx" readable "${docx[@]}"
fi
if [ ${#xlsx[@]} -gt 0 ]; then
    check "OpenXmlValidator, XLSX" openxml "${xlsx[@]}"
fi
if [ "$failures" -gt 0 ]; then
    echo "$failures checks failed"
    exit 1
fi
