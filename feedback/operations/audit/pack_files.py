"""What is in an audit pack beside the registers' PDFs, and the signed manifest of it all."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.i18n import gettext
from feedback.models import AuditEntry, Base
from feedback.operations.audit.registers.all import REGISTERS, Made, make_register
from feedback.operations.audit.registers.kind import lines_csv, register_csv, register_json
from feedback.operations.heads import begins_after, first_wrong_entry, heads_signed
from feedback.operations.school import School
from feedback.privacy.evidence import sign_document
from feedback.privacy.packs import KIND, hashes_of, write_pack
from feedback.spoken import day, whole

ACTIONS, HEADS, CERTIFICATES = "staff/actions.csv", "staff/heads.jsonl", "certificates"
#: The table of deletion certificates; a school that has deleted nothing yet has none in it.
_CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the index, the file in which it stands, and where in it."""

    sentence: str
    file: str
    where: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Files by name, registers by name, and what the index says; `sentences` name files that are in the pack."""

    registers: tuple[Made, ...]
    files: dict[str, bytes]
    sentences: tuple[Said, ...]


def gather(school: School, language: str) -> Contents:
    """Everything but PDFs, index and pages, in the language that is spoken."""
    with reading(school.engine) as session:
        registers = tuple(make_register(session, school, name, language) for name in REGISTERS)
        actions, told = _actions(session)
        certificates = _certificates(session)
    files = {ACTIONS: actions, HEADS: heads_signed(school), **certificates}
    for made in registers:
        files[f"registers/{made.register.name}.json"] = register_json(made.register, language)
        files[f"registers/{made.register.name}.csv"] = register_csv(made.register)
    sentences = (
        *(said for made in registers for said in _said_of(made)),
        Said(told, ACTIONS, gettext("every line")),
        Said(_chain(school), ACTIONS, gettext("the columns of hashes")),
        *_begun(school),
        Said(
            gettext("Signed heads of this list: %(heads)s.", heads=files[HEADS].count(b"\n")),
            HEADS,
            gettext("every line"),
        ),
        *_of_certificates(certificates),
    )
    return Contents(registers, files, sentences)


def finish(school: School, language: str, files: dict[str, bytes], *, today: date) -> bytes:
    """The pack: these files, their hashes as a list that other programs read, and the signed manifest."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in hashes_of(files).items())
    whole_pack = {**files, "SHA256SUMS": sums.encode()}
    facts = {"language": language, "files": hashes_of(whole_pack)}
    manifest = sign_document(school.keystore, KIND, facts, school_name=school.settings.school_name, on=today)
    return write_pack(whole_pack, manifest, on=today)


def index_csv(sentences: tuple[Said, ...]) -> bytes:
    """The index for spreadsheets."""
    head = (gettext("What is said"), gettext("File"), gettext("Where in it"))
    return lines_csv([head, *((said.sentence, said.file, said.where) for said in sentences)])


def _said_of(made: Made) -> tuple[Said, ...]:
    register = made.register
    headings = {section.id: section.heading for section in register.sections}
    file = f"registers/{register.name}.pdf"
    left = tuple(
        Said(gettext("Not written down yet: %(fact)s", fact=fact), file, register.title) for fact in register.missing
    )
    return (*(Said(each.sentence, file, headings[each.at]) for each in register.statements), *left)


def _actions(session: Session) -> tuple[bytes, str]:
    """What staff did, line by line as it is hashed; and one sentence about it."""
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    head = ("number", "at (UTC)", "account", "action", "about", "facts", "previous hash", "hash")
    lines = [
        (
            str(row.number),
            row.at.isoformat(),
            row.account,
            row.action,
            row.object_id,
            json.dumps(row.facts, ensure_ascii=False, sort_keys=True),
            row.previous_hash,
            row.hash,
        )
        for row in rows
    ]
    if not rows:
        return lines_csv([head]), gettext("Staff have done nothing yet.")
    told = gettext(
        "The list of what staff did has %(entries)s entries, from %(first)s to %(last)s.",
        entries=whole(len(rows)),
        first=day(rows[0].at),
        last=day(rows[-1].at),
    )
    return lines_csv([head, *lines]), told


def _chain(school: School) -> str:
    wrong = first_wrong_entry(school)
    if wrong is None:
        return gettext("The list is unbroken, and fits every signed head.")
    return gettext("The list does not hold: entry %(number)s.", number=wrong.number)


def _begun(school: School) -> tuple[Said, ...]:
    begun = begins_after(school).number
    if not begun:
        return ()
    told = gettext(
        "Entries up to number %(number)s were deleted when their years were over; after which one the list begins is "
        "signed.",
        number=whole(begun),
    )
    return (Said(told, HEADS, gettext("the lines “audit-begun”")),)


def _certificates(session: Session) -> dict[str, bytes]:
    """Every signed certificate as it was signed; {} where the school keeps none."""
    table = Base.metadata.tables.get(_CERTIFICATE)
    if table is None:
        return {}
    rows = session.execute(select(table.c.id, table.c.document).order_by(table.c.id))
    return {f"{CERTIFICATES}/{row.id}.json": row.document.encode() for row in rows if row.document}


def _of_certificates(certificates: dict[str, bytes]) -> tuple[Said, ...]:
    if not certificates:
        return (
            Said(
                gettext("No deletion certificate has been signed yet."), "manifest.json", gettext("the list of files")
            ),
        )
    everywhere = gettext("the whole file")
    return tuple(Said(gettext("A deletion was certified."), name, everywhere) for name in certificates)
