#!/usr/bin/env python3
"""Compares the crates linked into the command whose sources say `unsafe` with those of tools/unsafe.txt.

usage: cargo metadata --locked --format-version 1 --filter-platform x86_64-unknown-linux-gnu | tools/unsafe.py
"""

import json
import pathlib
import re
import sys

from sbom import linked

LIST = pathlib.Path(__file__).with_name("unsafe.txt")
COMMENT = re.compile(r"//.*")
UNSAFE = re.compile(r"\bunsafe\s*(\{|fn\b|impl\b|trait\b|extern\b)")


def is_unsafe(package):
    sources = pathlib.Path(package["manifest_path"]).parent.joinpath("src").rglob("*.rs")
    return any(UNSAFE.search(COMMENT.sub("", source.read_text(encoding="utf-8"))) for source in sources)


def main():
    lines = LIST.read_text(encoding="utf-8").splitlines()
    listed = {name for line in lines if not line.startswith("#") for name in line.split()}
    _, packages = linked(json.load(sys.stdin))
    found = {package["name"] for package in packages if is_unsafe(package)}
    for name in sorted(found - listed):
        print(f"{name} has unsafe code: read it and list it below its reason in {LIST.name}", file=sys.stderr)
    for name in sorted(listed - found):
        print(f"{name} has no unsafe code or is not linked: take it out of {LIST.name}", file=sys.stderr)
    sys.exit(found != listed)


if __name__ == "__main__":
    main()
