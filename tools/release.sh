#!/usr/bin/env bash
# Makes the archive people install from, and tries it in an empty folder.
# usage: tools/release.sh [FOLDER]   (dist by default)
set -euo pipefail
cd "$(dirname "$0")/.."
dist=${1:-dist}
target=${CARGO_TARGET_DIR:-target}

cargo build --profile dist --locked --package budgetdoc-cli
version=$("$target/dist/budgetdoc" -V | cut -d ' ' -f 2)
host=$(rustc -vV | sed -n 's/^host: //p')
name=budgetdoc-$version-$host
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name

install -D "$target/dist/budgetdoc" "$root/bin/budgetdoc"
# The program looks for these beside its own folder.
mkdir -p "$root/share/budgetdoc"
mkdir "$root/share/budgetdoc/fonts"
cp -r fonts/README.md fonts/*.txt fonts/noto fonts/tinos fonts/fandol "$root/share/budgetdoc/fonts/"
cp -r specs "$root/specs"
"$root/bin/budgetdoc" man "$root/share/man/man1" --lang en >/dev/null
"$root/bin/budgetdoc" man "$root/share/man/zh_CN/man1" --lang zh >/dev/null
mkdir -p "$root/share/completions"
for shell in bash zsh fish powershell elvish; do
    "$root/bin/budgetdoc" completions "$shell" --lang en >"$root/share/completions/budgetdoc.$shell"
done
cp README.md README.zh-CN.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$root/"
# The pages that the guide leads to come along, and the guide lies where a clerk looks first.
cp -r docs "$root/docs"
sed -E 's#(\]\(|src=")(images/|[a-z-]+\.md)#\1docs/\2#g' docs/guide.zh-CN.md >"$root/使用指南.md"
mkdir -p "$root/licences/pdf.js"
cp crates/budgetdoc-cli/assets/pdfjs/LICENSE "$root/licences/pdf.js/"
# What the program is made of: a bill of materials, and the licences with their texts.
cargo metadata --locked --format-version 1 --filter-platform "$host" | tools/sbom.py "$root/licences"

mkdir -p "$dist"
# The same tree gives the same archive.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2022-01-01 00:00Z' -C "$work" -cf - "$name" | gzip -n >"$dist/$name.tar.gz"

# As somebody who has nothing but the archive.
empty=$(mktemp -d)
trap 'rm -rf "$work" "$empty"' EXIT
tar -xzf "$dist/$name.tar.gz" -C "$empty"
(
    cd "$empty"
    unset BUDGETDOC_FONT_DIR
    mkdir home
    export HOME=$empty/home
    program=$empty/$name/bin/budgetdoc
    "$program" init budget.yaml
    "$program" render budget.yaml --force >said.txt 2>&1 || [ $? -eq 1 ]
    test -s budget.pdf && test -s budget.docx
    if grep -q "没有找到\|not found" said.txt; then
        cat said.txt >&2
        exit 1
    fi
    "$program" render "$name/specs/longgang-womens-federation-2022.yaml" -o out >/dev/null 2>&1
    test -s out/longgang-womens-federation-2022.pdf
)
sha256sum "$dist/$name.tar.gz"
