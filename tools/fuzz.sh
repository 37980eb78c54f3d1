#!/usr/bin/env bash
# Fuzzes a target with libFuzzer, on the stable toolchain; needs a C++ compiler. What is found lies in fuzz/found/.
# usage: tools/fuzz.sh TARGET [SECONDS]   (one hour by default; targets: fuzz/targets/)
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
name=$1
seconds=${2:-3600}
host=$(rustc -vV | sed -n 's/^host: //p')

# The compiler's own flags for coverage. A target is named so that build scripts and macros go without them.
flags=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing)
RUSTFLAGS=${flags[*]} cargo build --release --locked --target "$host" --bin "$name"

case $name in
    profile) samples=(../examples/vendor/profiles/haiyue) ;;
    font) samples=(../fonts/tinos) ;;
    document | subjects | workbook) samples=() ;;
    *) samples=(../specs) ;;
esac
mkdir -p "corpus/$name" "found/$name"
"${CARGO_TARGET_DIR:-target}/$host/release/$name" "corpus/$name" "seeds/$name" "${samples[@]}" -artifact_prefix="found/$name/" \
    -max_total_time="$seconds" -max_len=100000 -timeout=20 -rss_limit_mb=4096 -mutate_depth=2 -print_final_stats=1
