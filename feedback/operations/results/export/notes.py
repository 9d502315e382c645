"""What has to be read beside the figures: what they are of, how they were coarsened, what is merged or hidden."""

from collections.abc import Iterator
from datetime import date

from analysis.disclosure import FEWEST_FOR_WORDS, FLOOR, WHOLE_PERCENTS
from analysis.summary import Reader, Summary, TooFew
from feedback.i18n import gettext
from feedback.models import Round
from feedback.operations.results.export.hidden import hidden_notes
from feedback.operations.results.export.names import Names
from feedback.operations.results.export.rows import NoteRow
from feedback.operations.results.export.said import people_said, range_said, share_said, verdict_said
from feedback.operations.results.read_release import Released
from feedback.spoken import day, language_now, percent, whole
from forms.wording import plain_text, say

_SEAL = 12


def note_rows(round_: Round, released: Released, names: Names) -> tuple[NoteRow, ...]:
    """Facts of the round, who answered, the rules of disclosure, what is hidden, what no figure can say."""
    of_all = (
        (gettext("Round"), _round(round_, released)),
        (gettext("Release"), _release(round_, released)),
        (gettext("Who answered"), _people(round_, released.summary)),
        (gettext("What decides"), _criterion(round_, released.summary)),
        (gettext("How people are protected"), _rules(released)),
    )
    facts = [NoteRow(topic, "", text) for topic, texts in of_all for text in texts]
    left_out = [
        NoteRow(gettext("Merged or hidden"), question, text) for question, text in hidden_notes(round_, released, names)
    ]
    limits = [NoteRow(gettext("What these figures cannot say"), "", text) for text in _limits(round_, released)]
    return (*facts, *left_out, *limits)


def _round(round_: Round, released: Released) -> Iterator[str]:
    titles = {code: said["title"] for code, said in round_.pilot.words.items() if said.get("title")}
    yield gettext("Code of the round: %(code)s", code=round_.code)
    yield gettext("Pilot: %(title)s", title=plain_text(say(titles, language_now().code)[0]))
    if released.summary.reader is Reader.TEAM:
        # What the school calls its class is not for everybody.
        yield gettext("Who was asked: %(title)s", title=plain_text(round_.title))
    if round_.sample:
        yield gettext("This is a sample: nobody said any of it.")
    if round_.imported:
        yield gettext("These answers were gathered elsewhere and imported.")


def _release(round_: Round, released: Released) -> Iterator[str]:
    if released.summary.reader is Reader.TEAM:
        yield gettext("For the pilot’s team. Do not pass it on: there is a coarser release for everybody.")
    else:
        yield gettext("For everybody.")
    yield gettext("Released on %(day)s, and frozen since.", day=day(released.released_on))
    yield gettext("Seal of the figures: %(seal)s", seal=released.figures_sha256[:_SEAL])
    if released.words_sha256:
        yield gettext("Seal of the words: %(seal)s", seal=released.words_sha256[:_SEAL])
    if round_.counted_on is not None:
        last = min(round_.counted_on.toordinal() + round_.keep_tallies_days, date.max.toordinal())
        yield gettext(
            "The results of this round are deleted on %(day)s. Delete this file by then, too.",
            day=day(date.fromordinal(last)),
        )


def _people(round_: Round, summary: Summary) -> Iterator[str]:
    if isinstance(summary.people, TooFew):
        yield gettext("Too few people answered to show anything.")
        return
    yield gettext("People who answered: %(people)s", people=people_said(summary.people))
    if summary.group_size and summary.rate and not isinstance(summary.rate, TooFew):
        yield gettext(
            "Asked: %(size)s. Answered: %(share)s. We do not know who is missing.",
            size=whole(summary.group_size),
            share=share_said(summary.rate),
        )
    else:
        yield gettext("We do not know how many were asked, so we cannot say who is missing.")
    if summary.slips_printed is not None:
        yield gettext("Slips printed, each of which worked once: %(slips)s", slips=whole(summary.slips_printed))
    elif not round_.imported:
        yield gettext("Not verified once per person.")
    if summary.also_on_paper:
        yield gettext("Some answered on a screen, others on paper.")
    if summary.read_aloud:
        yield gettext("An adult read the questions aloud.")


def _criterion(round_: Round, summary: Summary) -> Iterator[str]:
    result = summary.criterion
    if result is None:
        return
    yield gettext("How it came out: %(verdict)s", verdict=verdict_said(result.verdict))
    yield gettext(
        "The rule: the target is %(target)s; fewest voices that count: %(voices)s. The result is clear when chance "
        "cannot move the share across the target and at least half of the group answered. It is leaning when only the "
        "first is true, or when the share is 10 points or more away. In all other cases we cannot tell.",
        target=percent(result.target),
        voices=whole(result.minimum_voices),
    )
    if round_.pilot.criterion_locked_on:
        yield gettext("It was set on %(day)s.", day=day(round_.pilot.criterion_locked_on))


def _rules(released: Released) -> Iterator[str]:
    floor = FLOOR[released.summary.reader]
    yield gettext("Of fewer than %(floor)s people, nothing is shown.", floor=whole(floor))
    if floor < WHOLE_PERCENTS // 2:
        band = range_said(whole(floor), whole(WHOLE_PERCENTS // 2 - 1))
        yield gettext("Of %(people)s people, a word stands for the share: most, about half or few.", people=band)
    band = range_said(whole(WHOLE_PERCENTS // 2), whole(WHOLE_PERCENTS - 1))
    yield gettext("Of %(people)s people, the share is told as a wide range.", people=band)
    yield gettext(
        "So that nobody can be picked out, people are counted in ranges, and the ends of the shares are not exact."
    )
    yield gettext(
        "How low or high chance could make a share: a 95 percent interval (Wilson) of the share as it is printed."
    )
    if released.words is not None:
        yield gettext(
            "Of fewer than %(floor)s people who wrote, no words are shown. A person read and approved each quote.",
            floor=whole(FEWEST_FOR_WORDS),
        )


def _limits(round_: Round, released: Released) -> Iterator[str]:
    yield gettext("They are not for judging staff.")
    yield gettext("They show what people said. They do not show what people learned, or what caused it.")
    yield gettext("Whoever did not answer is not in them.")
    if released.summary.reader is Reader.TEAM:
        for change in round_.pilot.also_changing:
            yield gettext("Something else changed at the same time: %(change)s", change=plain_text(change))
