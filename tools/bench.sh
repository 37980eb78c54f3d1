#!/usr/bin/env bash
# The command cold: a new process for every run, processor seconds and peak memory of each, sorted; the middle line is
# the median. Needs GNU time.
#
#   tools/bench.sh [SPEC] [RUNS]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
spec=${1:-$root/specs/longgang-womens-federation-2022.yaml}
runs=${2:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --profile dist --locked --manifest-path "$root/Cargo.toml" -p budgetdoc-cli
for format in pdf docx pdf,docx; do
    echo "render --format $format: user s, system s, peak KiB"
    for _ in $(seq "$runs"); do
        /usr/bin/time -a -o "$work/$format" -f "%U %S %M" \
            "$root/target/dist/budgetdoc" render "$spec" -o "$work/out" --format "$format" >"$work/log"
    done
    sort -n "$work/$format"
done
