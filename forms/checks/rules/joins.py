"""Two questions in one: words that join two ideas, but for pairs that are one thing, such as reading and writing."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.lexicon import Find, words_in
from forms.checks.remarks import Remark
from forms.checks.rules.phrases import listed
from forms.checks.spelling import fold

#: The types whose answers may be the two things that "or" names.
_CHOICES = ("choice", "choices", "picture-choice", "ranking", "points", "yes-maybe-no")
_MARKS = "?？؟"


def double_barrelled(form: Form) -> Iterator[Remark]:
    """What asks about two things: nobody can tell which one was answered."""
    for said in form.asked():
        joins = tuple(join for join in _joins(said) if not _is_one_thing(said, join))
        twice = sum(said.words.count(mark) for mark in _MARKS) > 1
        if joins or twice:
            found = listed(joins) or "?"
            yield said.remark("double_barrelled", "warning", found, said.lexicon.example("double_barrelled"))


def _joins(said: Said) -> Iterator[Find]:
    let_be = said.lexicon.find("joined", said.folded)
    for join in (*said.lexicon.find("joins", said.folded), *_slashes(said), *_clitics(said)):
        if join.start and not any(each.start <= join.start and join.end <= each.end for each in let_be):
            yield join


def _slashes(said: Said) -> Iterator[Find]:
    text = said.folded.text
    for place, sign in enumerate(text):
        before, after = text[:place].rstrip()[-1:], text[place + 1 :].lstrip()[:1]
        if sign == "/" and before.isalpha() and after.isalpha() and "://" not in text and "www." not in text:
            yield Find(place, place + 1, "/")


def _clitics(said: Said) -> Iterator[Find]:
    """The Arabic "and", which is written with the word that follows it."""
    if said.lexicon.language != "ar":
        return
    for word in words_in(said.folded):
        text = said.folded.text[word.start : word.end]
        begins = text.startswith("وو") or not said.lexicon.has("waw", text)
        if text.startswith("و") and len(text) > 3 and begins:
            yield Find(word.start, word.start + 1, word.said)


def _is_one_thing(said: Said, join: Find) -> bool:
    before, after = _neighbours(said, join)
    lexicon = said.lexicon
    if not after and not lexicon.is_unspaced:
        return True
    if before and after and lexicon.has("pairs", before) and lexicon.has("pairs", after):
        return True
    said_or = join.said == "/" or lexicon.has("alternatives", said.folded.text[join.start : join.end])
    return said_or and (_is_one_stem(before, after) or _is_offered(said, before, after))


def _neighbours(said: Said, join: Find) -> tuple[str, str]:
    """The words on both sides, without articles and the like; "" where there is none, or no spaces are set."""
    if said.lexicon.is_unspaced:
        return "", ""
    text = said.folded.text
    words = [word for word in words_in(said.folded) if not said.lexicon.has("skip", text[word.start : word.end])]
    before = [text[word.start : word.end] for word in words if word.end <= join.start]
    after = [text[max(word.start, join.end) : word.end] for word in words if word.end > join.end]
    return (before or [""])[-1], (after or [""])[0]


def _is_one_stem(before: str, after: str) -> bool:
    """ "Sure" for a woman and for a man are one word."""
    return len(before) > 3 and before[:4] == after[:4]


def _is_offered(said: Said, before: str, after: str) -> bool:
    if said.item is None or said.item.type not in _CHOICES:
        return False
    labels = " ".join(fold(label).text for label in said.item.labels(said.language))
    return bool(after) and (after in labels or before in labels)
