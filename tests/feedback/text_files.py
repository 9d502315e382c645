"""A draft with translations, and files of its texts that a translator filled in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, StaffMember, TranslatedText
from feedback.operations.school import School
from feedback.operations.workshop.drafts import start_draft
from forms.draft import as_data
from forms.library import open_library
from tests.factories import NOW, a_staff_member

INTRODUCTION = "introduction"
#: An empty line ends an entry of a PO file.
_END = "\n\n"


def a_draft(school: School, by: StaffMember, name: str = "first-look") -> str:
    """The id of a draft of this form of the library, all its translations by machine."""
    return start_draft(school, by, as_data(open_library(name)), now=NOW)


def a_translator(school: School, *languages: str) -> StaffMember:
    """An account that translates into these languages and may do nothing else."""
    member = a_staff_member(school, "translator", account="translator@example.org")
    with Session(school.engine) as session, session.begin():
        session.get_one(StaffMember, member.id).languages = list(languages)
    member.languages = list(languages)
    return member


def filled_in(po: bytes, **words: str) -> bytes:
    """The PO file with other words in these texts; its marks stay, as a tool leaves them."""
    text = po.decode()
    for key, said in words.items():
        start = text.index("msgstr", text.index(f'msgctxt "{key}"'))
        text = f'{text[:start]}msgstr "{said}"{text[text.index(_END, start) :]}'
    return text.encode()


def kept(school: School, key: str, language: str = "fr") -> tuple[str, str, int]:
    """The words of a text, the state and the revision they are in."""
    wanted = select(TranslatedText).where(TranslatedText.key == key, TranslatedText.language == language)
    with Session(school.engine) as session:
        row = session.scalars(wanted).one()
        return row.words, row.state, row.revision


def everything_kept(school: School) -> list[tuple[str, str, str, str, int]]:
    """All translations there are."""
    with Session(school.engine) as session:
        rows = session.scalars(select(TranslatedText).order_by(TranslatedText.key, TranslatedText.language))
        return [(row.key, row.language, row.words, row.state, row.revision) for row in rows]


def recorded(school: School) -> list[tuple[str, dict[str, object]]]:
    """Who took which file: account and facts."""
    wanted = select(AuditEntry).where(AuditEntry.action == "text_file_taken").order_by(AuditEntry.number)
    with Session(school.engine) as session:
        return [(row.account, row.facts) for row in session.scalars(wanted)]
