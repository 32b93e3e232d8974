#!/usr/bin/env bash
# Writes the generated messages beside their .proto files; with --check it only says whether they are as committed.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=proto
if [ "${1:-}" = --check ]; then out=$(mktemp -d); trap 'rm -rf "$out"' EXIT; fi
PATH=$PWD/.venv/bin:$PATH .venv/bin/python -m grpc_tools.protoc -I proto --python_out="$out" --grpc_python_out="$out" \
    --mypy_out=quiet:"$out" --mypy_grpc_out=quiet:"$out" proto/koufu/v1/*.proto
if [ "${1:-}" = --check ]; then
    for made in "$out"/koufu/v1/*; do
        cmp -s "$made" "proto/koufu/v1/$(basename "$made")" || {
            echo "generate: proto/koufu/v1/$(basename "$made") is not what its .proto gives; run packaging/setup/generate.sh" >&2; exit 1; }
    done
fi
