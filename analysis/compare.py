"""Themes between groups and rounds: where people wrote more about something, and where nobody can tell.

Everything here is made from figures that are released anyway, taken at whichever end of what they leave open speaks
least for a difference: so it says nothing that the figures do not, and chance is never judged too kindly. All themes,
groups and questions of a round are one family, of whose believed differences at most FALSE_SHARE are chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from analysis.crowds import Crowd, chance_between, crowd_of, difference_between
from analysis.proportions import discoveries
from analysis.theme_codes import FOUND, MADE
from analysis.words import Beside, Difference, QuestionWords, ThemeFigure, ThemeInGroup, Words

#: The share of believed differences, of all that are believed of one round, that may be chance.
FALSE_SHARE = 0.05
_UNKNOWN = Difference(Beside.CANNOT_TELL)

#: Where a difference belongs: question, theme, group ("" is the last round).
_Place = tuple[str, str, str]


def compare(words: Words, last: Mapping[str, QuestionWords]) -> Words:
    """The words with every difference filled in: each group beside the others, each theme beside the `last` round.

    `last` is what the last round's release says, by question of this round; empty where there is none.
    """
    pairs = dict(_pairs(words, last))
    told = {place: pair for place, pair in pairs.items() if pair is not None}
    believed = discoveries([chance_between(*pair) for pair in told.values()], false_share=FALSE_SHARE)
    found = {
        place: difference_between(*pair, is_believed=yes)
        for (place, pair), yes in zip(told.items(), believed, strict=True)
    }
    return replace(words, questions=tuple(_filled_in(each, found, last) for each in words.questions))


def _pairs(words: Words, last: Mapping[str, QuestionWords]) -> Iterator[tuple[_Place, tuple[Crowd, Crowd] | None]]:
    for question in words.questions:
        before = last.get(question.question)
        for theme in question.themes:
            crowds = {one.group: crowd for one in theme.groups if (crowd := crowd_of(one.figure, one.people))}
            # Of two groups the second is the first one's mirror: to ask twice would be to count one chance twice.
            for group in list(crowds)[: 1 if len(crowds) == 2 else None]:
                others = [crowd for name, crowd in crowds.items() if name != group]
                yield (question.question, theme.theme, group), (crowds[group], _together(others)) if others else None
            then = _theme_of(before, theme) if before else None
            now = crowd_of(theme.share, question.people)
            earlier = crowd_of(then.share, before.people) if then and before else None
            yield (question.question, theme.theme, ""), (now, earlier) if now and earlier else None


def _together(crowds: Sequence[Crowd]) -> Crowd:
    """Several groups as one, whose share depends on how many people, of five each, their bands stand for."""
    lows = [(crowd.low, crowd.people) for crowd in crowds]
    highs = [(-crowd.high, crowd.people) for crowd in crowds]
    return Crowd(_lowest_mean(lows), -_lowest_mean(highs), sum(crowd.people for crowd in crowds))


def _lowest_mean(shares: Sequence[tuple[float, int]]) -> float:
    """The lowest mean of shares where each is (share, people) of `people` to `people` + 4 people."""
    ordered = sorted(shares)
    people = sum(size for _share, size in ordered)
    said = sum(share * size for share, size in ordered)
    # Lowest where the lowest shares stand for four people more, and the others do not.
    more = accumulate((share for share, _size in ordered), lambda sum_, share: sum_ + 4 * share, initial=said)
    return min(total / (people + 4 * place) for place, total in enumerate(more))


def _theme_of(question: QuestionWords, theme: ThemeFigure) -> ThemeFigure | None:
    """The same theme in another round: by its code, or by its name where the code says nothing there."""
    if theme.theme.startswith((FOUND, MADE)):
        mine = [one for one in question.themes if one.label.casefold() == theme.label.casefold()]
    else:
        mine = [one for one in question.themes if one.theme == theme.theme]
    return mine[0] if len(mine) == 1 else None


def _filled_in(
    question: QuestionWords, found: Mapping[_Place, Difference], last: Mapping[str, QuestionWords]
) -> QuestionWords:
    def of(theme: ThemeFigure, group: str) -> Difference:
        return found.get((question.question, theme.theme, group), _UNKNOWN)

    def with_groups(theme: ThemeFigure) -> tuple[ThemeInGroup, ...]:
        told = [one.group for one in theme.groups if crowd_of(one.figure, one.people)]
        mirrored = {told[1]: _turned(of(theme, told[0]))} if len(told) == 2 else {}
        return tuple(replace(one, others=mirrored.get(one.group) or of(theme, one.group)) for one in theme.groups)

    themes = (
        replace(theme, groups=with_groups(theme), since=of(theme, "") if question.question in last else None)
        for theme in question.themes
    )
    return replace(question, themes=tuple(themes))


def _turned(difference: Difference) -> Difference:
    other = {Beside.MORE: Beside.LESS, Beside.LESS: Beside.MORE}
    return replace(difference, beside=other.get(difference.beside, difference.beside))
