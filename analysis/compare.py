"""Themes between groups and rounds: where people wrote more about something, and where nobody can tell.

Everything here is made from figures that are released anyway, taken at whichever end of what they leave open speaks
least for a difference: so it says nothing that the figures do not, and chance is never judged too kindly. All themes,
groups and questions of a round are one family, of whose believed differences at most FALSE_SHARE are chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil, floor

from analysis.proportions import chance_of_difference, cohens_h, discoveries, newcombe
from analysis.spread import wilson
from analysis.summary import Figure, People, Share, TooFew
from analysis.theme_codes import FOUND, MADE
from analysis.words import Beside, Difference, QuestionWords, Size, ThemeFigure, ThemeInGroup, Words

#: The share of believed differences, of all that are believed of one round, that may be chance.
FALSE_SHARE = 0.05
#: A difference that is known to be within so many percentage points is none.
ALIKE_WITHIN = 10
#: Cohen's h from which a difference is medium, and large; below the first word it is too small to be one.
_NOTABLE, _MEDIUM, _LARGE = 0.2, 0.5, 0.8
_UNKNOWN = Difference(Beside.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the figures leave open: a share between `low` and `high` (0 to 1) of at least `people` people."""

    low: float
    high: float
    people: int


#: Where a difference belongs: question, theme, group ("" is the last round).
_Place = tuple[str, str, str]


def compare(words: Words, last: Mapping[str, QuestionWords]) -> Words:
    """The words with every difference filled in: each group beside the others, each theme beside the `last` round.

    `last` is what the last round's release says, by question of this round; empty where there is none.
    """
    pairs = dict(_pairs(words, last))
    told = {place: pair for place, pair in pairs.items() if pair is not None}
    believed = discoveries([_chance(*pair) for pair in told.values()], false_share=FALSE_SHARE)
    found = {
        place: _difference(*pair, is_believed=yes) for (place, pair), yes in zip(told.items(), believed, strict=True)
    }
    return replace(words, questions=tuple(_filled_in(each, found, last) for each in words.questions))


def _pairs(words: Words, last: Mapping[str, QuestionWords]) -> Iterator[tuple[_Place, tuple[Crowd, Crowd] | None]]:
    for question in words.questions:
        before = last.get(question.question)
        for theme in question.themes:
            crowds = {one.group: crowd for one in theme.groups if (crowd := _crowd(one.figure, one.people))}
            # Of two groups the second is the first one's mirror: to ask twice would be to count one chance twice.
            for group in list(crowds)[: 1 if len(crowds) == 2 else None]:
                others = [crowd for name, crowd in crowds.items() if name != group]
                yield (question.question, theme.theme, group), (crowds[group], _together(others)) if others else None
            then = _theme_of(before, theme) if before else None
            now = _crowd(theme.share, question.people)
            earlier = _crowd(then.share, before.people) if then and before else None
            yield (question.question, theme.theme, ""), (now, earlier) if now and earlier else None


def _crowd(figure: Figure | None, people: People | TooFew) -> Crowd | None:
    """None for words instead of numbers: too few people to tell anything."""
    if not isinstance(figure, Share) or not isinstance(people, People):
        return None
    # Shares were rounded to whole percents.
    return Crowd(max(0, figure.low - 0.5) / 100, min(100, figure.high + 0.5) / 100, people.low)


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


def _nearest(first: Crowd, second: Crowd) -> tuple[float, float]:
    """The two shares as near to each other as the figures let them be."""
    if first.low >= second.high:
        return first.low, second.high
    return (first.high, second.low) if first.high <= second.low else (first.low, first.low)


def _chance(first: Crowd, second: Crowd) -> float:
    share, other = _nearest(first, second)
    if share == other:
        return 1.0
    toward = (floor, ceil) if share > other else (ceil, floor)
    return chance_of_difference(
        (min(first.people, toward[0](share * first.people)), first.people),
        (min(second.people, toward[1](other * second.people)), second.people),
    )


def _difference(first: Crowd, second: Crowd, *, is_believed: bool) -> Difference:
    low = _least(first, second)
    high = -_least(second, first)
    within = low >= -ALIKE_WITHIN and high <= ALIKE_WITHIN
    height = abs(cohens_h(*_nearest(first, second)))
    if is_believed and (low > 0 or high < 0) and not (within and height < _NOTABLE):
        size = Size.LARGE if height >= _LARGE else Size.MEDIUM if height >= _MEDIUM else Size.SMALL
        return _more(low, high, size) if low > 0 else replace(_more(-high, -low, size), beside=Beside.LESS)
    return Difference(Beside.ALIKE) if within else _UNKNOWN


def _least(first: Crowd, second: Crowd) -> float:
    """By how many percentage points `first` is at least above `second`, as far as chance lets anybody say."""
    reach, reach_too = (
        wilson(first.low * first.people, first.people),
        wilson(second.high * second.people, second.people),
    )
    return 100 * newcombe(first.low, reach, second.high, reach_too)[0]


def _more(low: float, high: float, size: Size) -> Difference:
    return Difference(Beside.MORE, size, (max(1, round(low)), min(100, round(high))))


def _filled_in(
    question: QuestionWords, found: Mapping[_Place, Difference], last: Mapping[str, QuestionWords]
) -> QuestionWords:
    def of(theme: ThemeFigure, group: str) -> Difference:
        return found.get((question.question, theme.theme, group), _UNKNOWN)

    def with_groups(theme: ThemeFigure) -> tuple[ThemeInGroup, ...]:
        told = [one.group for one in theme.groups if _crowd(one.figure, one.people)]
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
