#!/usr/bin/env bash
# Asks whether the messages of `check --message-format sarif` are SARIF 2.1.0.
#
#   tools/validate-sarif.sh FILE.sarif...
#
# By the JSON Schema of OASIS, as carried in Microsoft's SARIF Multitool, and by the rules of that program, which also
# knows what a schema cannot tell, such as whether indices lead somewhere. Its warnings are matters of
# taste and are passed over. tools/setup-validators.sh installs both.
set -euo pipefail
cd "$(dirname "$0")/.."
modules=.tools/npm/node_modules
if [ $# = 0 ]; then
    echo "usage: tools/validate-sarif.sh FILE.sarif..." >&2
    exit 2
fi
.tools/venv/bin/python - "$modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json" "$@" <<'END'
import json, pathlib, sys
import jsonschema

schema, *files = (json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:])
wrong = [error for file in files for error in jsonschema.Draft202012Validator(schema).iter_errors(file)]
for error in wrong:
    print(f"{error.json_path}: {error.message}", file=sys.stderr)
sys.exit(bool(wrong))
END
for file in "$@"; do
    said=$("$modules/.bin/sarif-multitool" validate "$file")
    if grep ": error " <<<"$said" >&2; then
        exit 1
    fi
    grep -q "Analysis completed successfully" <<<"$said" || { echo "$said" >&2; exit 1; }
    echo "ok: $file is SARIF 2.1.0"
done
