#!/bin/sh
# Installed as /usr/local/bin/voicebox: the command line with the installation's settings, as the worker's user.
set -eu
if [ "$(id -u)" != 0 ]; then
    printf 'Run this as the administrator: sudo voicebox %s\n' "$*" >&2
    exit 1
fi
# As in the units: what is made is the group's, and there is no core dump.
umask 007
ulimit -c 0
# Read as systemd reads it, not as a script: a school's name may hold anything.
while IFS= read -r line || [ -n "$line" ]; do
    case $line in VOICEBOX_[A-Z]*=*) export "${line?}" ;; esac
done </etc/voicebox/voicebox.env
exec setpriv --reuid voicebox-worker --regid voicebox --clear-groups --no-new-privs \
    /opt/voicebox/venv/bin/voicebox "$@"
