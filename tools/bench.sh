#!/usr/bin/env bash
# The command cold beside others that make the same pages, a new process for every run: medians of processor time and
# peak memory, and ratios to our PDF. Needs what tools/setup-validators.sh installs; gets the others into .tools/peers.
#
#   tools/bench.sh [SPEC] [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
spec=${1:-specs/longgang-womens-federation-2022.yaml}
runs=${2:-9}
cargo build --quiet --profile dist --locked -p budgetdoc-cli
[ -d .tools/peers ] || python3 -m venv .tools/peers
.tools/peers/bin/pip install -q --disable-pip-version-check typst==0.15.2 weasyprint==70.0 python-docx==1.2.0 docxtpl==0.20.2
exec .tools/peers/bin/python tools/bench-peers.py target/dist/budgetdoc "$spec" "$runs"
