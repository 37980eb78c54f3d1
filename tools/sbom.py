#!/usr/bin/env python3
"""Writes what the command is made of into a folder: sbom.cdx.json (CycloneDX 1.6), THIRD-PARTY.txt and licence texts.

usage: cargo metadata --format-version 1 --filter-platform HOST | tools/sbom.py FOLDER
"""

import json
import pathlib
import re
import shutil
import sys
import tomllib


def linked(metadata):
    """Returns the packages linked into the command: neither build scripts nor macros nor tests."""
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    start = next(id for id, package in packages.items() if package["name"] == "budgetdoc-cli")
    seen, todo = set(), [start]
    while todo:
        id = todo.pop()
        if id in seen or any("proc-macro" in target["kind"] for target in packages[id]["targets"]):
            continue
        seen.add(id)
        todo += [to["pkg"] for to in nodes[id]["deps"] if any(kind["kind"] is None for kind in to["dep_kinds"])]
    foreign = [packages[id] for id in seen if packages[id]["source"]]
    return packages[start], sorted(foreign, key=lambda package: (package["name"], package["version"]))


def main():
    folder = pathlib.Path(sys.argv[1])
    metadata = json.load(sys.stdin)
    program, packages = linked(metadata)
    lock = tomllib.loads(pathlib.Path(metadata["workspace_root"], "Cargo.lock").read_text())
    checksums = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}

    components = []
    for package in packages:
        name, version = package["name"], package["version"]
        component = {
            "type": "library",
            "bom-ref": f"pkg:cargo/{name}@{version}",
            "name": name,
            "version": version,
            "hashes": [{"alg": "SHA-256", "content": checksums[name, version]}],
            # "MIT/Apache-2.0" is how older manifests write OR.
            "licenses": [{"expression": package["license"].replace("/", " OR ")}],
            "purl": f"pkg:cargo/{name}@{version}",
        }
        components.append(component)
        root = pathlib.Path(package["manifest_path"]).parent
        # The second is that of a library in C which a crate brings along.
        for text in [*root.glob("LICEN[CS]E*"), *root.glob("*/COPYING")]:
            if text.is_file():
                goal = folder / f"{name}-{version}"
                goal.mkdir(parents=True, exist_ok=True)
                shutil.copy(text, goal / text.name)
    # Compiled in as a file.
    pdfjs = pathlib.Path(metadata["workspace_root"], "crates/budgetdoc-cli/assets/pdfjs/pdf.worker.min.mjs").read_text()
    version = re.search(r"pdfjsVersion = (\S+)", pdfjs)[1]
    components.append({
        "type": "library",
        "name": "pdf.js",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "purl": f"pkg:npm/pdfjs-dist@{version}",
    })
    sbom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "budgetdoc", "version": program["version"]}},
        "components": components,
    }
    (folder / "sbom.cdx.json").write_text(json.dumps(sbom, indent=1, ensure_ascii=False) + "\n")
    lines = [f"{package['name']} {package['version']}: {package['license']}" for package in packages]
    (folder / "THIRD-PARTY.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
