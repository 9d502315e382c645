"""What is different between two versions of a form, or a version and a draft: item by item, and word by word.

Both are plain JSON (`forms.texts.Data`), which may be unfinished. Items are known by their ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from forms.texts import Data, Text, texts_of
from forms.word_changes import Piece, word_changes

#: "setting" is anything else that is one value, such as how many answers may be chosen; `field` says which.
Kind = Literal[
    "section_added",
    "section_removed",
    "added",
    "removed",
    "moved",
    "type",
    "text",
    "option_added",
    "option_removed",
    "options_reordered",
    "show_if",
    "setting",
]

_OPTION_LISTS = ("options", "apart")
#: What is told as something else than a setting, or not at all.
_NO_SETTINGS = {
    *("id", "type", "show_if", "options", "apart", "questions", "sections", "themes", "version", "format", "languages"),
    *("next_steps",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `item` is the id of the question, notice or section that it is about, "" for the whole form.

    `words` say which one that is, in the chosen language. `pieces` are of a text; `before` and `after` of anything
    else: a type, a setting, an option's words, or a condition {question, is}.
    """

    kind: Kind
    item: str = ""
    words: str = ""
    field: str = ""
    pieces: tuple[Piece, ...] = ()
    before: Any = None
    after: Any = None


def difference(before: Data, after: Data, language: str) -> tuple[Change, ...]:
    """Every difference, in the order of the newer form, with what was removed behind it; texts in one language.

    Languages that came or went are told by `languages_changed`.
    """
    return (
        *_settings("", "", before, after),
        *_texts(before, after, language, of_items=False),
        *_sections(before, after, language),
        *_items(before, after, language),
    )


def languages_changed(before: Data, after: Data) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages that are new, and those that are gone."""
    old, new = before.get("languages", ()), after.get("languages", ())
    return tuple(each for each in new if each not in old), tuple(each for each in old if each not in new)


def _sections(before: Data, after: Data, language: str) -> Iterator[Change]:
    old, new = _by_id(before.get("sections")), _by_id(after.get("sections"))
    for id_, section in new.items():
        title = _said(section.get("title"), language)
        if id_ not in old:
            yield Change("section_added", id_, title)
        else:
            yield from _condition(id_, title, old[id_], section)
    for id_, section in old.items():
        if id_ not in new:
            yield Change("section_removed", id_, _said(section.get("title"), language))
    yield from (Change("moved", id_, _said(new[id_].get("title"), language)) for id_ in _moved(list(old), list(new)))


def _items(before: Data, after: Data, language: str) -> Iterator[Change]:
    old, new = _placed(before), _placed(after)
    moved = set(_moved(list(old), list(new)))
    texts: dict[str, list[Change]] = {}
    for change in _texts(before, after, language, of_items=True):
        texts.setdefault(change.item, []).append(change)
    for id_, (section, item) in new.items():
        words = _words(item, language)
        if id_ not in old:
            yield Change("added", id_, words, after=item.get("type"))
            continue
        was_in, was = old[id_]
        if id_ in moved or was_in != section:
            yield Change("moved", id_, words)
        if was.get("type") != item.get("type"):
            yield Change("type", id_, words, before=was.get("type"), after=item.get("type"))
        yield from texts.get(id_, ())
        yield from _options(id_, words, was, item, language)
        yield from _condition(id_, words, was, item)
        yield from _settings(id_, words, was, item)
    for id_, (_section, item) in old.items():
        if id_ not in new:
            yield Change("removed", id_, _words(item, language), before=item.get("type"))


def _options(id_: str, words: str, before: Data, after: Data, language: str) -> Iterator[Change]:
    for name in _OPTION_LISTS:
        old, new = _by_id(before.get(name)), _by_id(after.get(name))
        both = [each for each in new if each in old]
        for each in (each for each in new if each not in old):
            yield Change("option_added", id_, words, name, after=_said(new[each].get("label"), language))
        for each in (each for each in old if each not in new):
            yield Change("option_removed", id_, words, name, before=_said(old[each].get("label"), language))
        if [each for each in old if each in new] != both:
            yield Change("options_reordered", id_, words, name)
        for was, now in ((old[each].get("picture"), new[each].get("picture")) for each in both):
            if was != now:
                yield Change("setting", id_, words, "picture", before=was, after=now)


def _condition(id_: str, words: str, before: Data, after: Data) -> Iterator[Change]:
    if before.get("show_if") != after.get("show_if"):
        yield Change("show_if", id_, words, before=before.get("show_if"), after=after.get("show_if"))


def _settings(id_: str, words: str, before: Data, after: Data) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if name in _NO_SETTINGS or isinstance(old, dict) or isinstance(new, dict) or old == new:
            continue
        if not (id_ == "" and name == "id"):
            yield Change("setting", id_, words, name, before=old, after=new)


def _texts(before: Data, after: Data, language: str, *, of_items: bool) -> Iterator[Change]:
    """The texts that are in both, and say something else; and those that only one has, of what is in both."""
    old = {text.key: text for text in texts_of(before)}
    new = {text.key: text for text in texts_of(after)}
    there = {*_placed(before)} & {*_placed(after)}
    for key, text in {**old, **new}.items():
        was, now = (texts[key].words.get(language, "") if key in texts else "" for texts in (old, new))
        is_option_of_one = text.field == "label" and (key not in old or key not in new)
        is_section_of_one = key.startswith("sections/") and (key not in old or key not in new)
        if bool(text.item) != of_items or was == now or is_option_of_one or is_section_of_one:
            continue
        if not text.item or text.item in there:
            item = _placed(after)[text.item][1] if text.item else {}
            yield Change("text", text.item, _words(item, language), _field(text), word_changes(was, now))


def _field(text: Text) -> str:
    """What of its question a text is; of another one, what it is of: "title", "sections/title", "themes/next_step"."""
    whole = text.key.partition("/")[0]
    return text.field if text.item or whole == text.field else f"{whole}/{text.field}"


def _moved(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The fewest of what is in both that have another place among the others."""
    both = [each for each in old if each in new], [each for each in new if each in old]
    stay: set[str] = set()
    for block in SequenceMatcher(None, *both, autojunk=False).get_matching_blocks():
        stay.update(both[0][block.a : block.a + block.size])
    return (each for each in both[1] if each not in stay)


def _placed(data: Data) -> dict[str, tuple[str, Data]]:
    """Item id -> (section's id, item), in the order of the form."""
    return {
        id_: (section_id, item)
        for section_id, section in _by_id(data.get("sections")).items()
        for id_, item in _by_id(section.get("questions")).items()
    }


def _by_id(parts: Any) -> dict[str, Data]:
    known = parts if isinstance(parts, list | tuple) else ()
    return {str(part["id"]): part for part in known if isinstance(part, dict) and "id" in part}


def _words(item: Mapping[str, Any], language: str) -> str:
    """What an item is called: a notice without words by its title."""
    return _said(item.get("text"), language) or _said(item.get("title"), language) or str(item.get("id", ""))


def _said(words: Any, language: str) -> str:
    if not isinstance(words, dict) or not words:
        return ""
    return str(words.get(language) or words.get("en") or next(iter(words.values())))
