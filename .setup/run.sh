#!/bin/sh
# What `make run` does after the set-up: settings, database, the sample school on the first run, then server and worker.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p instance
if [ ! -f instance/voicebox.env ]; then
    printf 'Making instance/voicebox.env with a secret of its own\n' >&2
    printf 'VOICEBOX_SECRET=%s\n' "$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(32))')" >instance/voicebox.env
fi
# Read as systemd reads it, not as a script: a school's name may hold anything.
while IFS= read -r line || [ -n "$line" ]; do
    case $line in VOICEBOX_[A-Z]*=*) export "${line?}" ;; esac
done <instance/voicebox.env
[ $# -gt 0 ] || set -- start --sample
exec .venv/bin/voicebox "$@"
