#!/usr/bin/env bash
# Packs every crate and checks that each compiles from what was packed, with the packed others beside it. Cargo's own
# verification builds all dependencies once more, which takes minutes; this shares them with the workspace.
#
#   tools/check-packages.sh
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}

rm -f "$target"/package/*.crate
cargo package --workspace --exclude budgetdoc-tests --locked --no-verify --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for package in "$target"/package/*.crate; do
    tar -xzf "$package" -C "$work"
done

cd "$work"
{
    printf '[workspace]\nresolver = "3"\nmembers = ["budgetdoc*"]\n\n[patch.crates-io]\n'
    for crate in budgetdoc*; do
        printf '%s = { path = "%s" }\n' "${crate%-*}" "$crate"
    done
} > Cargo.toml
cp "$OLDPWD/Cargo.lock" Cargo.lock
CARGO_TARGET_DIR=$target cargo check --workspace --quiet
du -h "$target"/package/*.crate
