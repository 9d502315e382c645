"""What a reply is made of before it is kept: its two sides, what is missing of them, and their translations."""

from dataclasses import dataclass
from datetime import date

from feedback.operations.errors import NotFound, NotReady
from feedback.operations.pilots.entries.replied import AnswerIs, Reply, Said
from feedback.operations.results.read_release import Released
from feedback.operations.results.read_replies import said_in
from feedback.reply_sentences import BlankRefused, filled, sentence

#: The bank's sentences about what is still to come: whoever chooses one makes a promise, which somebody has to keep.
PROMISES = frozenset(
    {
        "more_devices",
        "adult_helps",
        "less_homework",
        "more_of_it",
        "ask_again",
        "try_until",
        "stop_on",
        "keep",
        "teach_how",
        "tell_families",
    }
)
#: To leave a thing as it is is never due.
WITHOUT_A_DAY = frozenset({"keep"})
SIDES = ("thought", "answer")


@dataclass(frozen=True, slots=True)
class NewReply:
    """What is to be written; `due` is needed for what will be done, unless the sentence says the day itself.

    What the answer is follows from a ready sentence (`kind_of`); of free text, whoever writes it says so.
    """

    question: str
    thought: Said
    answer: Said
    answer_is: AnswerIs
    owner: str
    due: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing or wrong: "thought", "answer_day", "due" ...; empty if it can be kept."""
        wrong = [_wrong(side, getattr(self, side)) for side in SIDES]
        if not any(wrong) and self.answer.ready is not None and kind_of(self.answer.ready.code) != self.answer_is:
            wrong.append("answer")
        never_due = self.answer.ready is not None and self.answer.ready.code in WITHOUT_A_DAY
        if self.answer_is == "will" and not never_due and not any(wrong) and self.promised_for is None:
            wrong.append("due")
        return tuple(filter(None, wrong))

    @property
    def promised_for(self) -> date | None:
        """By when what is promised will be done: the day that the sentence says, else `due`."""
        ready = self.answer.ready
        if self.answer_is != "will":
            return None
        if ready is not None and "day" in sentence(ready.code).blanks:
            return date.fromisoformat(ready.values["day"].strip())
        return self.due

    def about(self, public: Released) -> Reply:
        """The reply with the hash of the figures that it is about. NotReady; NotFound for a question not in them."""
        if missing := self.missing():
            raise NotReady(*missing)
        if self.question not in {each.question for each in public.summary.questions}:
            raise NotFound(self.question)
        return Reply(
            question=self.question,
            thought=self.thought,
            answer=self.answer,
            answer_is=self.answer_is,
            owner=self.owner,
            due=self.promised_for,
            release_sha256=public.figures_sha256,
        )


def kind_of(code: str) -> AnswerIs:
    """What an answer is that is said with this ready sentence; KeyError where there is none."""
    if sentence(code).part == "no_because":
        return "no_because"
    return "will" if code in PROMISES else "did"


def carried(before: Said, new: Said) -> Said:
    """The new text, with the old one's translations; where it says something else, those have to be read again."""
    if new.ready is not None or before.ready is not None:
        return new
    old = {language: text for language, text in before.free.items() if language not in new.free}
    is_same = all(before.free.get(language) == text for language, text in new.free.items())
    stale = set(before.drafted) & set(old) if is_same else set(old)
    return Said(free={**new.free, **old}, drafted=tuple(sorted(stale | (set(new.drafted) & set(new.free)))))


def with_text(said: Said, language: str, text: str, *, by_machine: bool) -> Said:
    """One side with a text in one more language; an empty text takes it out. `by_machine`: to be read by a person."""
    free = {spoken: each for spoken, each in said.free.items() if spoken != language}
    drafted = {spoken for spoken in said.drafted if spoken != language}
    if text.strip():
        free[language] = text.strip()
        drafted |= {language} if by_machine else set()
    return Said(free=free, drafted=tuple(sorted(drafted)))


def is_whole(body: Reply, language: str) -> bool:
    """Whether both sides have words in this language that a person wrote or has read."""
    return said_in(body.thought, language) is not None and said_in(body.answer, language) is not None


def _wrong(side: str, said: Said) -> str:
    """The code of what is wrong with one side, "" where nothing is."""
    if said.ready is None:
        return "" if any(said.free.values()) else side
    try:
        filled(said.ready.code, said.ready.values, "en")
    except BlankRefused as refused:
        return f"{side}_{refused.blank}"
    except KeyError:
        return side
    return "" if (sentence(said.ready.code).part == "thought") == (side == "thought") else side
