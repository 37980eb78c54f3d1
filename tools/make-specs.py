#!/usr/bin/env python3
"""Writes many specs made from one: every department has its name and its amounts, and all reconcile.

usage: tools/make-specs.py SPEC FOLDER [HOW_MANY]
"""

import re
import sys
from pathlib import Path


def main() -> None:
    spec, folder = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        # Sums stay sums when every amount grows by the same factor.
        factor = 1 + number % 97

        def grow(match: re.Match[str]) -> str:
            return match[1] + str(int(match[2]) * factor)

        # A published subtotal is off by its rounding, which does not grow with the rest.
        text = re.sub(r"(?m)^stated:\n(?: .*\n)*", "", spec)
        text = re.sub(r"\b((?:amount|last): )(\d+)\b", grow, text)
        text = re.sub(r"(?m)^(  name: )(.+)$", rf"\g<1>第{number}号\g<2>", text, count=1)
        (folder / f"department-{number:04}.yaml").write_text(text, encoding="utf-8")


main()
