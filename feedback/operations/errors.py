"""What can stop an operation, as facts. `web.errors` turns each into one sentence and a status."""

from datetime import date


class OperationRefused(Exception):
    """The operation did nothing. Subclasses say why."""


class RoundUnknown(OperationRefused):
    """No round has this code, or it is not public yet."""


class RoundNotOpenYet(OperationRefused):
    """The round opens later, on `opens_on` in the school's time zone."""

    def __init__(self, code: str, opens_on: date) -> None:
        super().__init__(code)
        self.opens_on = opens_on


class RoundClosed(OperationRefused):
    """The round takes no more envelopes."""


class LanguageUnknown(OperationRefused):
    """The round, or the service, is not offered in this language."""


class GroupUnknown(OperationRefused):
    """The round has no group with this code."""


class BoxFull(OperationRefused):
    """As many envelopes are in the box as its group can have sent."""


class NothingAnswered(OperationRefused):
    """Every question was skipped, so there is nothing to put into the box."""


class AnswersTooLong(OperationRefused):
    """The answers do not fit the largest envelope."""


class StorageUnavailable(OperationRefused):
    """The database could not store; the same form can be sent again."""


class NotPermitted(OperationRefused):
    """This account may not do this."""


class NotFound(OperationRefused):
    """No such thing, or not this account's."""


class NotReady(OperationRefused):
    """A round or pilot lacks something it needs. `missing` names what, in codes that pages turn into sentences."""

    def __init__(self, *missing: str) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class WrongState(OperationRefused):
    """The round is not in a state that allows this."""


class StillInTheBox(OperationRefused):
    """The round has not been counted; there is nothing to release."""


class NotEnoughVoices(OperationRefused):
    """Fewer valid envelopes than the round's k: nothing may be said."""


class ResultsPurged(OperationRefused):
    """The results were kept as long as promised, and retention has deleted them."""


class AlreadyReleased(OperationRefused):
    """This part of the round was released; releases are frozen once."""


class ImportRefused(OperationRefused):
    """Nothing was imported. `rows` lists (line, reason)."""

    def __init__(self, rows: tuple[tuple[int, str], ...]) -> None:
        super().__init__("\n".join(f"line {line}: {reason}" for line, reason in rows))
        self.rows = rows


class SignInRefused(OperationRefused):
    """Wrong account or password, or the account is pausing. Which of them is not said."""
