#!/bin/sh
# Makes dist/voicebox-VERSION/: everything a Debian 12 machine without a network needs, for install.sh in it.
# Wheels are for the Python and the processor of this machine; make them on a machine like the one they are for.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
folder=dist/voicebox-$version
rm -rf "$folder"
mkdir -p "$folder/wheels" "$folder/service"
printf 'Fetching the locked packages\n' >&2
.venv/bin/python -m pip wheel -q --disable-pip-version-check --require-hashes --no-deps -r .setup/run.lock -w "$folder/wheels"
printf 'Building Voicebox %s\n' "$version" >&2
.venv/bin/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w "$folder/wheels" .
cp feedback/service/install.sh "$folder/"
cp feedback/service/voicebox* feedback/service/Caddyfile feedback/service/nginx.conf "$folder/service/"
chmod 0755 "$folder/install.sh"
(cd "$folder" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
printf 'Ready: copy %s to the school'\''s computer and run install.sh in it.\n' "$folder" >&2
