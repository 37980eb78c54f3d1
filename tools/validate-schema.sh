#!/usr/bin/env bash
# Asks whether files are what a JSON Schema says, and whether the schema refuses them once a key is misspelt.
#
#   tools/validate-schema.sh SCHEMA.json FILE.yaml...
#
# By jsonschema and PyYAML, which tools/setup-validators.sh installs.
set -euo pipefail
if [ $# -lt 2 ]; then
    echo "usage: tools/validate-schema.sh SCHEMA.json FILE.yaml..." >&2
    exit 2
fi
"$(dirname "$0")/../.tools/venv/bin/python" - "$@" <<'END'
import json, pathlib, sys
import jsonschema, yaml

class Loader(yaml.SafeLoader):
    """Dates stay texts, as they are for editors."""

Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
schema, *files = sys.argv[1:]
validator = jsonschema.Draft202012Validator(json.loads(pathlib.Path(schema).read_text(encoding="utf-8")))
failed = False
for file in files:
    text = pathlib.Path(file).read_text(encoding="utf-8")
    wrong = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(yaml.load(text, Loader))]
    if validator.is_valid(yaml.load(text.replace("\nbudgetdoc", "\nbudgetdok", 1), Loader)):
        wrong.append("a misspelt key passes")
    for words in wrong:
        print(f"{file}: {words}", file=sys.stderr)
    failed |= bool(wrong)
    if not wrong:
        print(f"ok: {file} is what {schema} says")
sys.exit(failed)
END
