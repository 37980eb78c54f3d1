#!/usr/bin/env bash
# Converts DOCX files, or workbooks, to PDF with LibreOffice, which sees the fonts of this repository only.
#
#   tools/docx-to-pdf.sh TARGET_FOLDER FILE.docx...|FILE.xlsx...
#
# Nothing is read from or left in the user's own LibreOffice profile, so several can run at a time.
set -euo pipefail
export LC_ALL=C.UTF-8 # file names may be Chinese

tools=$(cd "$(dirname "$0")" && pwd)
target=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pdf() { # pdf FILE: the path of its PDF
    local name
    name=$(basename "$1")
    echo "$target/${name%.*}.pdf"
}

mkdir -p "$target"
for file in "$@"; do
    rm -f "$(pdf "$file")"
done
# One start for all files: it takes longer than most of them.
FONTCONFIG_FILE=$tools/fonts.conf XDG_CACHE_HOME=$work/cache HOME=$work \
    timeout $((180 + 3 * $#)) soffice --headless --norestore "-env:UserInstallation=file://$work/profile" \
    --convert-to pdf --outdir "$target" "$@" >"$work/log" 2>&1 </dev/null || true
for file in "$@"; do
    # LibreOffice's exit status is 0 even where it could not read the file: ask for the file it should have written.
    if [ ! -s "$(pdf "$file")" ]; then
        cat "$work/log" >&2
        echo "docx-to-pdf: LibreOffice wrote nothing for $file" >&2
        exit 1
    fi
done
