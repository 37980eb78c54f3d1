#!/usr/bin/env bash
# Makes the packages from two copies of the last commit, in folders of other names, and compares their bytes.
# usage: tools/reproduce.sh [FOLDER]   (a temporary one by default; CARGO_PROFILE_DIST_… makes it faster)
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
    work=$(mkdir -p "$1" && cd "$1" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
unset CARGO_TARGET_DIR

for copy in one another/copy; do
    mkdir -p "$work/$copy"
    git archive HEAD | tar -x -C "$work/$copy"
    (cd "$work/$copy" && tools/release.sh dist)
done
diff --recursive --brief "$work/one/dist" "$work/another/copy/dist"
echo "the packages are the same"
