#!/bin/sh
# Writes the lock files anew: exact versions with hashes for every platform, and no address of any registry.
set -eu
cd "$(dirname "$0")/.."
lock() {
    .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url "$@"
}
lock --upgrade --extra build --extra postgres pyproject.toml -o .setup/run.lock
lock --upgrade --extra build --extra postgres --extra dev pyproject.toml -o .setup/test.lock
lock --upgrade --extra build --extra postgres --extra dev --extra compare pyproject.toml -o .setup/compare.lock
