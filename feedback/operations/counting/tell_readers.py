"""Letters to readers: "something waits in the reading queue", and nothing of what it is, how much, or of which round.

They go to staff whose account is an e-mail address, through the school's own mail server, and only if one is set. One
bit is in them, that something waits, and the address of the desk.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import date
from email.message import EmailMessage
from typing import Protocol

from feedback.config import Settings
from feedback.db import writing
from feedback.models import Chore
from feedback.operations.counting.reading_alarm import accounts_to_tell
from feedback.operations.school import School


class Letters(Protocol):
    """Subject and body of a letter; `late`: some of it has been waiting since an earlier school day."""

    def __call__(self, *, late: bool) -> tuple[str, str]:
        """In the school's language."""


#: Opens the way to the mail server; tests give another.
Connect = Callable[[Settings], smtplib.SMTP]
_SECONDS = 30
#: The chore that says on which day letters last went out.
CHORE = "letters"


class NotTold(Exception):
    """The mail server took no letter. The text says what it said; no address is in it."""


def tell_readers(school: School, letters: Letters, *, connect: Connect, today: date) -> int:
    """A letter to each reader and deputy with something to read whose account is an address; how many went out.

    NotTold: then it is tried again, and whom the server had already taken a letter to is written to twice.
    """
    settings = school.settings
    addresses = {account: late for account, late in accounts_to_tell(school).items() if "@" in account}
    if settings.smtp_host and addresses:
        _send(settings, addresses, letters, connect)
    with writing(school.engine) as session:
        session.merge(Chore(name=CHORE, done_on=today))
    return len(addresses) if settings.smtp_host else 0


def _send(settings: Settings, addresses: Mapping[str, bool], letters: Letters, connect: Connect) -> None:
    try:
        with connect(settings) as server:
            for address, late in addresses.items():
                server.send_message(_letter(settings, address, *letters(late=late)))
    except (OSError, smtplib.SMTPException) as failed:
        raise NotTold(type(failed).__name__) from failed


def connect_to_server(settings: Settings) -> smtplib.SMTP:
    """Signed in where an account is set, and never over a line that others can read unless that was set."""
    context = ssl.create_default_context()
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)
    return server


def _letter(settings: Settings, to: str, subject: str, body: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = settings.smtp_from or settings.smtp_user
    letter["To"] = to
    letter["Subject"] = subject
    # Nobody is away on holiday to a machine (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    return letter
