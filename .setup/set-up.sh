#!/bin/sh
# Sets up this checkout: `.setup/set-up.sh` to run Voicebox, `.setup/set-up.sh test` to test it as well,
# `.setup/set-up.sh test later` the same without learning, which `.setup/set-up.sh learn` then does,
# `.setup/set-up.sh audit` for others' checkers of pages alone, `.setup/set-up.sh scan` for others' scanners,
# `.setup/set-up.sh compare` for what to compare with.
# Safe to repeat: does only what is missing, and says what it does.
set -eu
cd "$(dirname "$0")/.."
FOR=${1:-run}

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] || continue
        command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        printf '%s' "$candidate"
        return 0
    done
    say "Voicebox needs Python 3.11 or newer. On Debian: sudo apt-get install python3 python3-venv"
    exit 1
}

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }

install_system_packages() {
    command -v apt-get >/dev/null 2>&1 || {
        say "This is not Debian: install Pango 1.44+ and the Noto fonts with your package manager if PDFs fail."
        return 0
    }
    wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
    [ "$FOR" = test ] && wanted="$wanted chromium poppler-utils libatomic1 gcc libc6-dev"
    # Only its programs: the tests start a server of their own, in a temporary folder.
    [ "$FOR" = test ] && ! has_postgresql && wanted="$wanted postgresql"
    missing=
    for package in $wanted; do is_installed "$package" || missing="$missing $package"; done
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        say "Some system packages are missing. Run this once, then the same command again:"
        say "  sudo apt-get install -y --no-install-recommends$missing"
        exit 1
    fi
    say "Installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 - a list of names on purpose
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# The same browser without a window, in which journeys take two thirds of the work. Where there is none, the whole one does.
install_light_browser() {
    { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; } || return 0
    is_installed chromium-headless-shell && return 0
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null 2>&1 ||
        say "There is no chromium-headless-shell here: the journeys open the whole browser, and take longer."
}

install_python_packages() {
    lock=.setup/run.lock
    [ "$FOR" = test ] && lock=.setup/test.lock
    [ "$FOR" = compare ] && lock=.setup/compare.lock
    stamp=.venv/installed-$FOR
    wanted=$(cat "$lock" pyproject.toml | sha256sum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    [ -x .venv/bin/python ] || { say "Making .venv with $PYTHON"; "$PYTHON" -m venv .venv; }
    say "Installing the locked Python packages ($lock)"
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
    say "Installing Voicebox itself into .venv"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s' "$wanted" >"$stamp"
}

compile_catalogues() {
    newest=$(ls -t translations/*/LC_MESSAGES/*.po | head -n 1)
    compiled=translations/en/LC_MESSAGES/staff.mo
    [ -f "$compiled" ] && [ ! "$newest" -nt "$compiled" ] && return 0
    say "Compiling the translations"
    .venv/bin/python translations/compile_catalogues.py >/dev/null
    touch "$compiled"
}

# Takes half a minute, once for each version of the comments.
learn_from_comments() {
    .venv/bin/voicebox train --to .venv/share/voicebox/models >&2
}

# As locked, with hashes and from whatever registry npm is told; nothing in them runs while they are installed.
install_checkers() {
    folder=.setup/audit
    command -v npm >/dev/null 2>&1 || { say "make audit needs npm. On Debian: sudo apt-get install npm"; exit 1; }
    cmp -s $folder/package-lock.json $folder/node_modules/installed && return 0
    say "Installing the locked checkers of pages ($folder)"
    npm ci --prefix $folder --ignore-scripts --no-audit --no-fund --silent
    cp $folder/package-lock.json $folder/node_modules/installed
}

# Apart from the product's packages, which would have to fit to theirs.
install_scanners() {
    wanted="wapiti3==3.2.3 sqlmap==1.10.10"
    [ -f .venv-scan/installed ] && [ "$(cat .venv-scan/installed)" = "$wanted" ] && return 0
    say "Installing the scanners (.venv-scan)"
    [ -x .venv-scan/bin/python ] || "$(find_python)" -m venv .venv-scan
    # shellcheck disable=SC2086 - two names on purpose
    .venv-scan/bin/python -m pip install -q --disable-pip-version-check $wanted
    printf '%s' "$wanted" >.venv-scan/installed
}

[ "$FOR" = scan ] && { install_scanners; exit 0; }
[ "$FOR" = audit ] && { install_checkers; exit 0; }
[ "$FOR" = learn ] && { learn_from_comments; exit 0; }
PYTHON=$(find_python)
install_system_packages
[ "$FOR" = test ] && install_light_browser
install_python_packages
compile_catalogues
[ "${2:-}" = later ] || learn_from_comments
