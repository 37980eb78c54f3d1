#!/usr/bin/env bash
# The checks of tools/validate.sh for a folder of many small Word files: only what fails is told.
#
#   tools/validate-many.sh FOLDER
#
# tools/setup-validators.sh installs what is needed.
set -euo pipefail
export LC_ALL=C.UTF-8

if [ $# -ne 1 ]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
tools=$(cd "$(dirname "$0")" && pwd)
installed=$(dirname "$tools")/.tools
files=("$1"/*.docx)
[ -e "${files[0]}" ] || { echo "validate-many: no .docx in $1" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

check() { # check WHAT COMMAND...
    local what=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        printf 'pass  %-26s %s files\n' "$what" "${#files[@]}"
    else
        printf 'FAIL  %s\n' "$what"
        cut -c 1-400 "$work/log" | tail -n 40 | sed 's/^/      /'
        failed=1
    fi
}

openxml() { # each file is a start of the program, so as many at a time as there are processors
    printf '%s\0' "${files[@]}" |
        xargs -0 -n 1 -P "$(nproc)" sh -c '"$0" "$2" >"$1/$$" || { cat "$1/$$"; exit 1; }' \
            "$installed/npm/node_modules/.bin/ooxml-validator" "$work"
}

check "OpenXmlValidator" openxml
check "openxml-audit" "$installed/venv/bin/openxml-audit" --quiet --recursive "$1"
check "python-docx" "$installed/venv/bin/python" "$tools/read-docx.py" "${files[@]}"
# It takes seconds for some: every eighth, and the stressful one.
opened=()
for index in "${!files[@]}"; do
    if ((index % 8 == 0)) || [[ ${files[index]} == */stress* ]]; then
        opened+=("${files[index]}")
    fi
done
files=("${opened[@]}")
check "LibreOffice" "$tools/docx-to-pdf.sh" "$work/office" "${files[@]}"
exit "$failed"
