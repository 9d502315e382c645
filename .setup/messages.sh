#!/bin/sh
# Extracts the texts into two templates, brings every catalogue up to date with them, and compiles.
# `.setup/messages.sh FOLDER` does so in a copy of translations/, which is how a test sees whether they are fresh.
set -eu
cd "$(dirname "$0")/.."
catalogues=${1:-translations}
shared="templates/measures templates/macros"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

extract() {
    catalogue=$1
    shift
    .venv/bin/pybabel -q extract -F pyproject.toml -k N_ -c NOTE: --sort-by-file --no-location --no-wrap \
        --project voicebox --copyright-holder Voicebox --version "" -o "$work/$catalogue.pot" "$@"
    .venv/bin/python translations/update_catalogues.py "$catalogues" "$work/$catalogue.pot"
}

# shellcheck disable=SC2086 - lists of folders on purpose
extract respondent templates/base.html templates/respond templates/questions templates/public templates/public_reports templates/receipts \
    templates/kiosk templates/paper templates/class_session $shared forms/fields.py forms/fields_in_parts.py feedback/languages.py feedback/marks.py \
    feedback/theme_names.py feedback/reply_sentences.py
# shellcheck disable=SC2086
extract staff templates/access templates/base.html templates/approvals templates/desk templates/door templates/families templates/privacy_rules templates/letters templates/evidence templates/exchange templates/form_about \
    templates/form_files templates/help templates/home templates/interpret templates/message.html templates/name_words \
    templates/officer templates/paper_desk templates/pilot_plan templates/pilots templates/preview \
    templates/quick_entry templates/readers templates/reading_queue templates/registers templates/replies templates/reports \
    templates/results templates/review templates/roll_ups templates/rooms templates/rounds templates/sign_in \
    templates/slips templates/thinking templates/tickets templates/translate templates/wall templates/workshop $shared \
    feedback forms/sentences.py forms/checks/sentences.py forms/exchange forms/translation_files \
    forms/translation_checks.py
[ "$catalogues" != translations ] || .venv/bin/python translations/compile_catalogues.py >/dev/null
