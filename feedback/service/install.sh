#!/bin/sh
# Installs Voicebox as a service on Debian 12, or brings an installation up to date, from this folder and nothing
# else: no network is used. Safe to repeat. Run it as the administrator:
#
#   sudo ./install.sh
#
# It asks once for the address families will type, the school's name, the time zone and the first two accounts. To
# be asked nothing:
#
#   sudo ./install.sh --public-address https://voice.school.example --school-name "Hill Road School" \
#        --time-zone Europe/Lisbon --lead NAME --officer NAME
set -eu
umask 022
HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
PROGRAM=/opt/voicebox SETTINGS=/etc/voicebox DATA=/var/lib/voicebox
NEEDED="python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk
 fonts-noto-color-emoji"
ADDRESS=${VOICEBOX_PUBLIC_ADDRESS:-} NAME=${VOICEBOX_SCHOOL_NAME:-} ZONE=${VOICEBOX_TIME_ZONE:-} LEAD='' OFFICER=''

say() { printf '%s\n' "$*"; }
stop() { say "$*" >&2; exit 1; }
has_systemd() { [ -d /run/systemd/system ]; }
voicebox() { sh "$HERE/service/voicebox.sh" "$@"; }

read_flags() {
    while [ $# -gt 0 ]; do
        [ $# -ge 2 ] || stop "$1 needs a value. The head of install.sh shows how it is called."
        case $1 in
            --public-address) ADDRESS=$2 ;;
            --school-name) NAME=$2 ;;
            --time-zone) ZONE=$2 ;;
            --lead) LEAD=$2 ;;
            --officer) OFFICER=$2 ;;
            *) stop "$1 is unknown. The head of install.sh shows how it is called." ;;
        esac
        shift 2
    done
}

check_this_machine() {
    [ "$(id -u)" = 0 ] || stop "Run this as the administrator: sudo $0"
    (cd "$HERE" && sha256sum --check --quiet --strict SHA256SUMS) || stop "This folder is not whole: copy it again."
    missing=''
    for package in $NEEDED; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] || stop "Some Debian packages are missing. Run this once, then install.sh again:
  apt-get install -y --no-install-recommends$missing"
}

make_users() {
    getent group voicebox >/dev/null || groupadd --system voicebox
    for user in voicebox-web voicebox-worker; do
        getent passwd "$user" >/dev/null || useradd --system --gid voicebox --no-create-home \
            --home-dir /nonexistent --shell /usr/sbin/nologin "$user"
    done
}

make_folders() {
    install -d -m 0755 "$PROGRAM"
    install -d -m 0750 -o root -g voicebox "$SETTINGS"
    # The 2 is setgid: what either user makes in them belongs to the group.
    install -d -m 2770 -o root -g voicebox "$DATA"
    install -d -m 2770 -o voicebox-worker -g voicebox "$DATA/keystore"
    install -d -m 0700 -o voicebox-worker -g voicebox "$DATA/keystore/keeper"
    # Made here, empty, because SQLite gives new files no rights for the group; its -wal and -shm take after them.
    for file in voicebox.db queue.db; do
        [ -e "$DATA/$file" ] || install -m 0660 -o voicebox-worker -g voicebox /dev/null "$DATA/$file"
    done
}

install_program() {
    set -- "$HERE"/wheels/voicebox-*.whl
    VERSION=${1##*/voicebox-} VERSION=${VERSION%%-*} NEW=$PROGRAM/$VERSION
    cmp -s "$HERE/SHA256SUMS" "$NEW/installed" && return 0
    say "Installing Voicebox $VERSION into $NEW"
    # Each version has a folder of its own, so that the one before stays whole until this one runs.
    python3 -m venv "$NEW"
    PIP_CONFIG_FILE=/dev/null "$NEW/bin/python" -m pip install --isolated --quiet --disable-pip-version-check --no-index \
        --find-links "$HERE/wheels" --force-reinstall "voicebox[postgres]==$VERSION"
    (umask 022 && "$NEW/bin/voicebox" train --to "$NEW/share/voicebox/models" >&2)
    cp "$HERE/SHA256SUMS" "$NEW/installed"
}

ask() { # prompt, what it was called on the command line
    [ -t 0 ] || stop "$2 is missing, and there is nobody to ask."
    printf '%s: ' "$1" >&2
    IFS= read -r answer
    printf '%s' "$answer"
}

write_settings() {
    [ ! -f "$SETTINGS/voicebox.env" ] || return 0
    [ -n "$ADDRESS" ] || ADDRESS=$(ask "The address families will type, e.g. https://voice.school.example" --public-address)
    [ -n "$NAME" ] || NAME=$(ask "The school's name" --school-name)
    [ -n "$ZONE" ] || ZONE=$(ask "The school's time zone, e.g. Europe/Lisbon" --time-zone)
    case $ADDRESS$NAME$ZONE in *[\\\"]*) stop 'Please use no \ and no " in these.' ;; esac
    written=$(mktemp "$SETTINGS/.voicebox.env.XXXXXX")
    {
        say "VOICEBOX_PUBLIC_ADDRESS=$ADDRESS"
        say "VOICEBOX_SCHOOL_NAME=$NAME"
        say "VOICEBOX_TIME_ZONE=$ZONE"
        say "VOICEBOX_INSTANCE=$DATA"
        say "VOICEBOX_KEYSTORE=$DATA/keystore"
        say "VOICEBOX_SECRET=$("$NEW/bin/voicebox" make-secret)"
        cat "$HERE/service/voicebox.env"
    } >"$written"
    check_settings "$written" || { rm -f "$written"; stop "Nothing was changed. Run install.sh again."; }
    chown root:voicebox "$written"
    chmod 0640 "$written"
    mv "$written" "$SETTINGS/voicebox.env"
}

check_settings() { # a file of settings
    "$NEW/bin/python" -I - "$1" <<'PYTHON'
import sys
from feedback.config import NotConfigured, read_settings
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
try:
    read_settings(dict(line.split("=", 1) for line in lines if line.startswith("VOICEBOX_")))
except NotConfigured as wrong:
    sys.exit(str(wrong))
PYTHON
}

install_samples() {
    install -m 0755 "$HERE/service/voicebox.sh" /usr/local/bin/voicebox
    install -m 0644 "$HERE/service/voicebox-web.service" "$HERE/service/voicebox-worker.service" /etc/systemd/system/
    host=$(sed -n 's|^VOICEBOX_PUBLIC_ADDRESS=https\{0,1\}://\([^/]*\).*|\1|p' "$SETTINGS/voicebox.env")
    for proxy in Caddyfile nginx.conf; do
        sed "s|voice\.school\.example|$host|g" "$HERE/service/$proxy" >"$SETTINGS/$proxy"
    done
}

switch_over() {
    before=$(readlink "$PROGRAM/venv" || true)
    if has_systemd; then systemctl stop voicebox-web voicebox-worker 2>/dev/null || true; fi
    ln -sfn "$VERSION" "$PROGRAM/venv"
    # An installation that is in use is backed up and looked over as well.
    if voicebox upgrade; then return 0; else failed=$?; fi
    # 3: neither brought to this version nor as it was. The program before must not meet such a database, and this one
    # is needed to restore.
    [ "$failed" != 3 ] || stop "Voicebox does not run now; see above. After the restore, run install.sh again."
    if [ -n "$before" ]; then
        ln -sfn "$before" "$PROGRAM/venv"
        if has_systemd; then systemctl start voicebox-worker voicebox-web || true; fi
        stop "Voicebox $VERSION could not be put in place. The version before it, $before, runs as it did."
    fi
    stop "The database could not be made ready; see above."
}

forget_older_versions() { # all but this one and the one before it
    for folder in "$PROGRAM"/[0-9]*; do
        case ${folder##*/} in "$VERSION" | "$before") ;; *) rm -rf "$folder" ;; esac
    done
}

start_services() {
    if has_systemd; then
        systemctl daemon-reload
        systemctl enable --quiet voicebox-worker voicebox-web
        systemctl restart voicebox-worker voicebox-web
        return 0
    fi
    say "systemd does not run here. Where it does:"
    say "  systemctl daemon-reload && systemctl enable --now voicebox-worker voicebox-web"
}

make_accounts() {
    [ -z "${before:-}" ] || return 0
    for role in lead officer; do
        if [ "$role" = lead ]; then account=$LEAD; else account=$OFFICER; fi
        if [ -n "$account" ]; then
            voicebox staff add "$account" --role "$role" --make-password
        elif [ -t 0 ]; then
            account=$(ask "Account name of the $role (Enter: none now)" --"$role")
            [ -z "$account" ] || voicebox staff add "$account" --role "$role"
        fi
    done
}

say_what_next() {
    address=$(sed -n 's|^VOICEBOX_PUBLIC_ADDRESS=||p' "$SETTINGS/voicebox.env")
    say "
Voicebox $VERSION is installed. It serves http://127.0.0.1:8080 on this machine;"
    say "a proxy brings it to $address: see $SETTINGS/Caddyfile or $SETTINGS/nginx.conf."
    say "The desk: $address/en/desk/     More accounts: voicebox staff add NAME --role ROLE"
    if voicebox doctor --help >/dev/null 2>&1; then voicebox doctor || true; fi
}

read_flags "$@"
check_this_machine
make_users
make_folders
install_program
write_settings
switch_over
install_samples
forget_older_versions
make_accounts
# What is done once a day, for the first time: so that the doctor below finds nothing undone.
voicebox catch-up
start_services
say_what_next
