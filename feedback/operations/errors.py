"""What can stop an operation, as facts. `web.errors` turns each into one sentence and a status."""

from collections.abc import Iterable
from datetime import date

from forms.translation_checks import Found


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
    """The round, or the service, is not offered in this language; `languages` are those it is offered in, if told."""

    def __init__(self, code: str, languages: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.languages = tuple(languages)


class GroupUnknown(OperationRefused):
    """The round has no group with this code."""


class BoxFull(OperationRefused):
    """As many envelopes are in the box as its group can have sent."""


class SlipUnknown(OperationRefused):
    """The slip is mistyped, not one of the round's, or used. Which of them is not said."""


class Withdrawn(OperationRefused):
    """The envelope of this form was taken out of the box by whoever has its receipt."""


class RoomUnknown(OperationRefused):
    """No room has this code."""


class RoomClosed(OperationRefused):
    """The room was closed at the desk."""


class RoomFull(OperationRefused):
    """As many children have answered in this room as it was made for."""


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


class DraftChanged(OperationRefused):
    """Somebody else changed the draft meanwhile; it is at `revision` now, and nothing was stored."""

    def __init__(self, draft_id: str, revision: int) -> None:
        super().__init__(draft_id)
        self.revision = revision


class TooManySlips(OperationRefused):
    """More slips than may still be printed: `left` of them without a second person's yes."""

    def __init__(self, round_id: str, left: int) -> None:
        super().__init__(round_id)
        self.left = left


class TooManyPlaces(OperationRefused):
    """More places than may still be given to rooms: `left` of them, together with the slips that are printed."""

    def __init__(self, round_id: str, left: int) -> None:
        super().__init__(round_id)
        self.left = left


class SheetPrinted(OperationRefused):
    """This sheet of slips was made before; its codes exist nowhere else, and more were not made."""


class SecondPersonNeeded(OperationRefused):
    """Whoever asked for this cannot be the one who says yes, or nobody else has said yes yet."""


class OnHold(OperationRefused):
    """A legal hold stands on it, so that nothing of it is deleted."""


class StillInTheBox(OperationRefused):
    """The round has not been counted; there is nothing to release."""


class NotEnoughVoices(OperationRefused):
    """Fewer valid envelopes than the round's k: nothing may be said."""


class ResultsPurged(OperationRefused):
    """The results were kept as long as promised, and retention has deleted them."""


class AlreadyReleased(OperationRefused):
    """This part of the round was released; releases are frozen once."""


class ReviewOver(OperationRefused):
    """The last day to sign the review was `sign_by`; the round's words are left out for ever."""

    def __init__(self, round_id: str, sign_by: date) -> None:
        super().__init__(round_id)
        self.sign_by = sign_by


class NotSummed(OperationRefused):
    """These rounds are not summed. `why` is a reason of `analysis.roll_up.WhyNot`, `names` what it is about."""

    def __init__(self, why: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why, self.names = why, names


class NameWordsRefused(OperationRefused):
    """No word was added. `why` is "no_words", "no_text" or "too_long"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TakenBack(OperationRefused):
    """The text is not on the reader's desk: it was withdrawn, or the other reader was faster."""


class ImportRefused(OperationRefused):
    """Nothing was imported. `rows` lists (line, reason)."""

    def __init__(self, rows: tuple[tuple[int, str], ...]) -> None:
        super().__init__("\n".join(f"line {line}: {reason}" for line, reason in rows))
        self.rows = rows


class CommandRefused(Exception):
    """A command did nothing, or undid what it had begun. No page ever meets one; the text is for the console."""


class RecordingsRefused(CommandRefused):
    """No recording was taken in. `files` lists (file's name, reason with the cure)."""

    def __init__(self, files: tuple[tuple[str, str], ...]) -> None:
        super().__init__("\n".join(f"{name}: {reason}" for name, reason in files))
        self.files = files


class BackupRefused(CommandRefused):
    """Nothing was backed up, or restored. The text says why, and what to do."""


class UpgradeFailed(CommandRefused):
    """The installation was not brought to this version. `restored`: what had begun was undone from the backup."""

    def __init__(self, why: str, *, restored: bool) -> None:
        super().__init__(why)
        self.restored = restored


class UpgradeStuck(UpgradeFailed):
    """Neither was the installation brought to this version, nor could the backup be put back. The text says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why, restored=False)


class SignInRefused(OperationRefused):
    """Wrong account or password, or the account is pausing. Which of them is not said."""


class TranslationChanged(OperationRefused):
    """Somebody else was faster, or the source says something else now; nothing was stored.

    `words` and `source` are what stands there now, `revision` is what has to be seen to change it.
    """

    def __init__(self, key: str, *, words: str, source: str, revision: int) -> None:
        super().__init__(key)
        self.words, self.source, self.revision = words, source, revision


class TranslationRefused(OperationRefused):
    """The words lack something. `found` are what `forms.translation_checks` found, the hard first."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        super().__init__(", ".join(each.code for each in found))
        self.found = found


class LanguageUnsigned(NotReady):
    """Words that nobody has signed, and that are not asked without. `languages` are the languages they are in."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__("language_unsigned")
        self.languages = languages


class NoticeRunning(NotReady):
    """The families were told, and the days between the notice and the first answer are not over before `opens_from`."""

    def __init__(self, opens_from: date) -> None:
        super().__init__("notice_days")
        self.opens_from = opens_from
