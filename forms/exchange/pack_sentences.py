"""Why a pack is refused, in sentences. `member` is the name of a file inside the pack."""

from collections.abc import Mapping

from forms.wording import N_

SENTENCES: Mapping[str, str] = {
    "pack_no_zip": N_("The file cannot be read as a pack. It may have been cut off: fetch it again."),
    "pack_too_large": N_("The file is too large for a pack."),
    "pack_too_large_here": N_(
        "This page takes packs of at most 10 megabytes. Whoever runs Voicebox can take in a larger one with the "
        'command "voicebox unpack FILE --for ACCOUNT".'
    ),
    "pack_name": N_('A file in the pack is called "%(member)s". No pack has such a file; nothing was taken from it.'),
    "pack_twice": N_('"%(member)s" is in the pack twice.'),
    "pack_odd": N_('"%(member)s" is packed in a way that packs are not.'),
    "pack_bomb": N_('"%(member)s" would unpack to far more than it should.'),
    "pack_missing": N_('"%(member)s" is missing in the pack.'),
    "pack_extra": N_('"%(member)s" is in the pack, and its list of files does not have it.'),
    "pack_changed": N_('"%(member)s" was changed after the pack was signed. Ask for the pack again.'),
    "pack_forged": N_('The signature does not belong to this pack ("%(member)s"). Ask for the pack again.'),
    "pack_format": N_("This pack is meant for another version of Voicebox."),
    "pack_unreadable": N_('"%(member)s" in the pack cannot be read.'),
    "pack_text": N_('"%(member)s" has words for a text that the form does not have.'),
    "pack_instrument": N_('The form in the pack ("%(member)s") lacks something that a form needs.'),
    "pack_voice_twice": N_('"%(member)s" reads a text that another recording in the pack reads as well.'),
    "pack_voices": N_('The pack has more recordings than its form has texts, such as "%(member)s".'),
    "pack_media": N_('"%(member)s" is not the kind of picture or recording that it says it is.'),
}

#: What becomes of a recording in a pack, by the codes of `feedback.operations.packed_clips.Voice`.
VOICES: Mapping[str, str] = {
    "stale": N_(
        "Other words were read than the form has now. It comes along, and no round gets it before it is read again."
    ),
    "gone": N_("The form does not have this text, so the recording stays out."),
    "no_sound": N_("There is nothing in it, so it stays out."),
    "too_large": N_("It is larger than 10 MB, so it stays out."),
    "m4a": N_("It is an M4A file, which cannot be read here, so it stays out."),
    "unreadable": N_("It cannot be read as a recording, so it stays out."),
    "too_long": N_("It is longer than three minutes, so it stays out."),
    "silent": N_("Nothing can be heard in it, so it stays out."),
    "strange": N_("It is no recording of a voice, so it stays out."),
    "too_many": N_("A form's recordings have 100 MB together. There is no room for this one, so it stays out."),
}
