#!/usr/bin/env bash
# Makes the packages people install from, and tries them in an empty folder: an archive (zip on Windows) and, where
# dpkg-deb is, a Debian package.
# usage: [PROGRAM=FILE] tools/release.sh [FOLDER] [TARGET]   (dist, and the host's target, by default)
# PROGRAM is packed instead of one that is built for it, to try the packages alone.
set -euo pipefail
cd "$(dirname "$0")/.."
dist=${1:-dist}
host=$(rustc -vV | sed -n 's/^host: //p')
platform=${2:-$host}
built=${CARGO_TARGET_DIR:-target}/${2:+$2/}dist
exe=
case $platform in *windows*) exe=.exe ;; esac

# Neither the folder of the sources nor that of the dependencies is in the program.
export RUSTFLAGS="${RUSTFLAGS-} --remap-path-prefix=$PWD=budgetdoc --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
if [ -z "${PROGRAM-}" ]; then
    cargo build --profile dist --locked --package budgetdoc-cli ${2:+--target "$2"}
    PROGRAM=$built/budgetdoc$exe
fi
version=$("$PROGRAM" -V | tr -d '\r' | cut -d ' ' -f 2)
name=budgetdoc-$version-$platform
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name

mkdir -p "$root/bin"
cp "$PROGRAM" "$root/bin/budgetdoc$exe"
# The program looks for these beside its own folder.
mkdir -p "$root/share/budgetdoc"
mkdir "$root/share/budgetdoc/fonts"
cp -r fonts/README.md fonts/*.txt fonts/noto fonts/symbols fonts/tinos fonts/wide fonts/fandol "$root/share/budgetdoc/fonts/"
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
sed -E 's#(\]\(|src=")(images/|[a-z-]+(\.zh-CN)?\.md)#\1docs/\2#g' docs/guide.zh-CN.md >"$root/使用指南.md"
mkdir -p "$root/licences/pdf.js"
cp crates/budgetdoc-cli/assets/pdfjs/LICENSE "$root/licences/pdf.js/"
# What the program is made of: a bill of materials, and the licences with their texts.
cargo metadata --locked --format-version 1 --filter-platform "$platform" | tools/sbom.py "$root/licences"

mkdir -p "$dist"
# The same tree gives the same packages.
export SOURCE_DATE_EPOCH=1640995200
case $platform in
    *windows*)
        find "$root" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
        archive=$dist/$name.zip
        rm -f "$archive"
        (cd "$work" && python3 -m zipfile -c archive.zip "$name/")
        mv "$work/archive.zip" "$archive"
        ;;
    *)
        archive=$dist/$name.tar.gz
        tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$work" -cf - "$name" | gzip -n >"$archive"
        ;;
esac

packages=("$archive")
if [[ $platform == *linux* ]] && command -v dpkg-deb >/dev/null; then
    deb=$work/deb
    mkdir -p "$deb/DEBIAN" "$deb/usr/share/doc" "$deb/usr/share/bash-completion/completions" \
        "$deb/usr/share/zsh/vendor-completions" "$deb/usr/share/fish/vendor_completions.d"
    cp -r "$root/bin" "$deb/usr/bin"
    cp -r "$root/share/budgetdoc" "$root/share/man" "$deb/usr/share/"
    cp "$root/share/completions/budgetdoc.bash" "$deb/usr/share/bash-completion/completions/budgetdoc"
    cp "$root/share/completions/budgetdoc.zsh" "$deb/usr/share/zsh/vendor-completions/_budgetdoc"
    cp "$root/share/completions/budgetdoc.fish" "$deb/usr/share/fish/vendor_completions.d/"
    cp -r "$root" "$deb/usr/share/doc/budgetdoc"
    rm -r "$deb/usr/share/doc/budgetdoc/bin" "$deb/usr/share/doc/budgetdoc/share"
    arch=$(dpkg-architecture -qDEB_HOST_ARCH 2>/dev/null || dpkg --print-architecture)
    # What a program links that is not within it; a static one links nothing.
    depends=
    if readelf -d "$root/bin/budgetdoc" 2>/dev/null | grep -q NEEDED; then depends="Depends: libc6, libgcc-s1"; fi
    sed '/^$/d' >"$deb/DEBIAN/control" <<END
Package: budgetdoc
Version: $version
Architecture: $arch
Section: text
Priority: optional
Maintainer: The budgetdoc developers <noreply@budgetdoc.invalid>
$depends
Description: official Chinese budget documents as PDF and DOCX from one YAML file
 Lays out the budget that a Chinese government department publishes and checks
 that its figures and sentences agree.
END
    package=$dist/budgetdoc_${version}_$arch.deb
    dpkg-deb --root-owner-group --build "$deb" "$package" >/dev/null
    packages+=("$package")
fi

# As somebody who has nothing but the package.
empty=$(mktemp -d)
trap 'rm -rf "$work" "$empty"' EXIT
try() {
    (
        cd "$empty"
        unset BUDGETDOC_FONT_DIR
        rm -rf home out budget.*
        mkdir home
        export HOME=$empty/home
        "$1" init budget.yaml
        "$1" render budget.yaml --force >said.txt 2>&1 || [ $? -eq 1 ]
        test -s budget.pdf && test -s budget.docx
        if grep -q "没有找到\|not found" said.txt; then
            cat said.txt >&2
            exit 1
        fi
        "$1" render "$2/longgang-womens-federation-2022.yaml" -o out >/dev/null 2>&1
        test -s out/longgang-womens-federation-2022.pdf
    )
}
case $archive in
    *.zip) python3 -m zipfile -e "$archive" "$empty" ;;
    *) tar -xzf "$archive" -C "$empty" ;;
esac
try "$empty/$name/bin/budgetdoc$exe" "$empty/$name/specs"
if [ ${#packages[@]} -gt 1 ]; then
    dpkg-deb -x "${packages[1]}" "$empty/deb"
    try "$empty/deb/usr/bin/budgetdoc" "$empty/deb/usr/share/doc/budgetdoc/specs"
fi
sha256sum "${packages[@]}"
