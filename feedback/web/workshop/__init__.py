"""Making a form: the editor, versions, languages, recordings, pictures, files and packs, try-outs."""

from feedback.web.workshop import (
    bank,
    clips,
    editor,
    editor_items,
    editor_parts,
    editor_preview,
    exchange,
    form_checks,
    form_files,
    form_languages,
    pictures,
    second_hand,
    translate,
    try_outs,
    versions,
)

VIEWS = (
    bank.bp,
    clips.bp,
    editor.bp,
    editor_items.bp,
    editor_parts.bp,
    editor_preview.bp,
    exchange.bp,
    form_checks.bp,
    form_files.bp,
    form_languages.bp,
    pictures.bp,
    second_hand.bp,
    translate.bp,
    try_outs.bp,
    versions.bp,
)
