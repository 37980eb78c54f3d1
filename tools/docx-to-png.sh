#!/usr/bin/env bash
# Renders a DOCX through LibreOffice to one picture a page, for looking at.
#
#   tools/docx-to-png.sh FILE.docx TARGET_FOLDER [DPI]
#
# Writes TARGET_FOLDER/FILE.pdf and TARGET_FOLDER/FILE-1.png and so on (90 dpi unless told otherwise).
set -euo pipefail

if [ $# -lt 2 ]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
name=$(basename "$1" .docx)
"$(dirname "$0")/docx-to-pdf.sh" "$2" "$1"
rm -f "$2/$name"-*.png
pdftoppm -png -r "${3:-90}" "$2/$name.pdf" "$2/$name"
ls "$2/$name"-*.png
