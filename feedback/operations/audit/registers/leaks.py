"""The leak table: how somebody could learn who said what, what stands against it, what shows that, and what remains."""

from dataclasses import dataclass

from feedback.operations.audit.registers.kind import N_


@dataclass(frozen=True, slots=True)
class Leak:
    """One way. `proofs` are lines of `voicebox prove` and tests; `left` is "none", "small" or "remains", with why."""

    code: str
    risk: str
    control: str
    proofs: tuple[str, ...]
    left: str
    why: str


LEFT = {"none": N_("None is known"), "small": N_("Small"), "remains": N_("Remains")}
_NOTHING = N_("None that we know of.")

LEAKS = (
    Leak("L1", N_("An address or a browser is in a log, a table or a temporary file."),
         N_("Respondents’ pages read neither; proxy samples write no line about them."),
         ("no addresses and no browsers", "tests/journeys/test_silence.py"), "small",
         N_("Whoever runs the network sees that a device visited, not what it sent.")),
    Leak("L2", N_("Ids or the order of a list tell in which order people answered."),
         N_("Ids are 128 random bits; tables about respondents count nothing."),
         ("ids are random", "only listed tables and columns"), "none", _NOTHING),
    Leak("L3", N_("The places of rows in the file tell the order."),
         N_("The box is rewritten in random order every day and at the count."),
         ("the places of envelopes tell nothing", "the order of answers is gone, class of 25"), "small",
         N_("Whoever copies the file between two shakes sees the order of one day.")),
    Leak("L4", N_("A printed code is linked to its answer."),
         N_("A used code changes one bit in its place; codes go with the box."),
         ("slips cannot be linked to envelopes, class of 25", "slips cannot be paired with envelopes"), "small",
         N_("Until the daily shake whoever copies the whole folder could pair them; no code has a name on it.")),
    Leak("L5", N_("A time tells who answered."), N_("Nothing about respondents has a time; a round has days."),
         ("no times",), "none", _NOTHING),
    Leak("L6", N_("What was deleted can still be read in the file or its log."),
         N_("Deleted bytes are overwritten, the file is rewritten, the log is cut."),
         ("nothing is left of what was deleted", "the write-ahead log holds nothing of respondents"), "small",
         N_("A disk may keep old blocks; without the destroyed keys nobody can open them.")),
    Leak("L7", N_("A backup keeps what was deleted."),
         N_("Backups are sealed, dated and expire; keys are in none; deletions are done again after a restore."),
         ("no backup outlives its days", "nothing came back from a backup"), "small",
         N_("Until its stated day an old backup has sealed envelopes; without their keys nobody can open them.")),
    Leak("L8", N_("The next child on a shared device sees the last one’s answers."),
         N_("Pages are not kept by the browser, the device is cleared at the end, a button leaves at once."),
         ("tests/journeys/test_shared_device.py",), "small",
         N_("A browser keeps the address of a scanned slip; a used slip opens nothing.")),
    Leak("L9", N_("Two reports are subtracted from each other."),
         N_("Results are frozen once; a ledger weighs each new sum with all earlier ones."),
         ("tests/attacks/test_releases.py", "tests/attacks/test_sums.py"), "none", _NOTHING),
    Leak("L10", N_("A small group, or one in which all say the same, gives somebody away."),
         N_("Fewer than 5 are never shown, 10 in public; ends are coded, small groups are merged before storing."),
         ("tests/attacks/test_printed.py",), "none", _NOTHING),
    Leak("L11", N_("The only family of a language is recognised."),
         N_("The language of an answer is not stored; rare languages are read only as an interpreter says them."),
         ("tests/feedback/test_one_in_somali.py",), "none", _NOTHING),
    Leak("L12", N_("People say in their own words who they are."),
         N_("A hint before writing, names taken out, a person reviews, and texts stand beside no other answer."),
         ("tests/analysis/text/test_redaction.py", "what people write and hold is in no file"), "remains",
         N_("Redaction misses some names, and in a small class people guess. The review is there for that.")),
    Leak("L13", N_("Words in a spreadsheet begin to calculate."), N_("No cell of an export can begin a formula."),
         ("tests/feedback/operations/results/test_export_files.py",), "none", _NOTHING),
    Leak("L14", N_("A text makes the PDF fetch a file or an address."),
         N_("PDFs are made of the product’s own files only; all words are plain text."),
         ("tests/feedback/reports/test_tagged.py",), "none", _NOTHING),
    Leak("L15", N_("A link leads to a false page that looks like the school’s."),
         N_("Addresses come from a setting; no page leads on to an address that was given to it."),
         ("tests/feedback/web/test_own_site.py", "tests/feedback/web/test_hostile_input.py"), "small",
         N_("It holds as far as the proxy in front is set up for one name.")),
    Leak("L16", N_("Another site sends a form in somebody’s name."),
         N_("Staff forms carry a token; respondents’ pages have no authority that another site could borrow."),
         ("tests/feedback/web/test_own_site.py", "tests/journeys/test_silence.py"), "none", _NOTHING),
    Leak("L17", N_("How long an answer takes tells whether a code exists."),
         N_("Codes are looked up by a keyed hash, with the same page and the same work for each."),
         ("tests/reliability/timing.py",), "small",
         N_("That there is no difference at all cannot be proved.")),
    Leak("L18", N_("Somebody puts many answers in."),
         N_("Slips, rooms and a limit for each round; never by address, for a school shares one."),
         ("tests/journeys/test_silence.py", "tests/feedback/operations/answers/test_rooms.py"), "remains",
         N_("Without slips one person can answer twice; reports say so.")),
    Leak("L19", N_("A translation says something else."),
         N_("A person who reads the language signs each text; the signature holds for those very words."),
         ("tests/feedback/operations/workshop/test_language_gate.py",), "small",
         N_("A signature is as good as whoever gives it.")),
    Leak("L20", N_("Somebody on the staff reads single answers."),
         N_("There is no page of one answer; roles are kept apart; what is read and refused is written down."),
         ("tests/feedback/web/test_desk_access.py", "the audit log knows staff only"), "small",
         N_("Whoever runs the computer with full rights could watch while answers arrive.")),
    Leak("L21", N_("The length of what is stored tells how much somebody wrote."),
         N_("Everything sealed is filled up to one of a few sizes."),
         ("envelopes come in a few sizes",), "none", _NOTHING),
    Leak("L22", N_("The key that makes a retry safe is kept and recognised."),
         N_("It is random for each form; what is stored is derived from it and goes with the box."),
         ("what people write and hold is in no file", "tests/feedback/operations/answers/test_receipts.py"), "none",
         _NOTHING),
    Leak("L23", N_("A page tells somebody outside that it was opened."),
         N_("Nothing comes from other sites: no fonts, no statistics, no reports of errors."),
         ("tests/journeys/test_silence.py",), "none", _NOTHING),
    Leak("L24", N_("Memory of the running service is written to a disk."),
         N_("The service’s units allow no core dumps; the guide asks for encrypted swap."),
         ("tests/feedback/test_service_samples.py",), "small", N_("It is up to whoever runs the computer.")),
)  # fmt: skip
