"""What the rules look for in one language: the words of `words/LANGUAGE.yaml`, made into patterns once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from forms.checks.spelling import Folded, fold, fold_pattern

_FOLDER = Path(__file__).parent / "words"
#: A sign of a word: letters and digits, and the vowel signs that Python does not count among them.
_SIGN = "\\w\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_LEFT, _RIGHT = f"(?<![{_SIGN}])", f"(?![{_SIGN}])"
_EDGE = f"(?:(?<![{_SIGN}])(?=[{_SIGN}])|(?<=[{_SIGN}])(?![{_SIGN}]))"
_ENDS_A_WORD = re.compile(rf"([{_SIGN}]|\]\*)$")
#: What Arabic writes together with the word that follows it.
_CLITICS = "(?:وال|بال|فال|كال|لل|ال|[وفبكل])?"
_WORD = re.compile(f"[{_SIGN}]+(?:['-][{_SIGN}]+)*")
#: Languages that set no space between words.
_UNSPACED = ("zh-Hans",)


@dataclass(frozen=True, slots=True)
class Find:
    """One place in a text: where, in its folded form, and in the text's own letters."""

    start: int
    end: int
    said: str


class Lexicon:
    """The words of one language, by the names that its file gives them."""

    def __init__(self, language: str, lists: dict[str, Any]) -> None:
        self.language = language
        self._lists = lists
        self._patterns: dict[str, re.Pattern[str] | None] = {}

    def find(self, name: str, text: Folded) -> tuple[Find, ...]:
        """Where a word of this list stands, but for where it belongs to a phrase of the list `name_ok`."""
        return _found(self, name, text.original)

    def search(self, name: str, text: Folded) -> tuple[Find, ...]:
        """What `find` remembers."""
        found = self._matches(name, text)
        let_be = self._matches(f"{name}_ok", text) if found and f"{name}_ok" in self._lists else ()
        return tuple(each for each in found if not any(_within(each, other) for other in let_be))

    def is_one_of(self, name: str, text: Folded) -> bool:
        """Whether the whole text is a word of this list."""
        pattern = self._pattern(name)
        return bool(pattern and pattern.fullmatch(text.text.strip(" .!,;:").strip()))

    def has(self, name: str, word: str) -> bool:
        """Whether this folded word is one of the list's."""
        return bool((pattern := self._pattern(name)) and pattern.fullmatch(word))

    def instead(self, name: str, said: str) -> str | None:
        """What a mapping says for words that were found; None if it has nothing."""
        folded = fold(said).text
        for term, other in self._lists.get(name, {}).items():
            if re.fullmatch(self._of_term(term), folded):
                return self._with_article(folded, str(other or ""))
        return None

    def _with_article(self, said: str, other: str) -> str:
        """In Arabic, what was written together with the word stays with the other word."""
        article = re.match("[وفبك]?ال", said) if self.language == "ar" and " " not in other else None
        return f"{article.group()}{other}" if article and other and not other.startswith("ال") else other

    def topics(self) -> tuple[str, ...]:
        """The protected topics that there are words for."""
        return tuple(self._lists.get("topics", ()))

    def example(self, kind: str) -> str:
        """A question, or a scale, that does without what a rule remarks on."""
        return str(self._lists.get("examples", {}).get(kind, ""))

    def figure(self, name: str) -> float:
        """A number of the list `reading`; 0 where there is none."""
        return float(self._lists.get("reading", {}).get(name, 0))

    @property
    def concord(self) -> bool:
        """Whether two words of negation say no once, as in "no … nunca"."""
        return bool(self._lists.get("concord"))

    @property
    def is_unspaced(self) -> bool:
        """Whether no spaces stand between words."""
        return self.language in _UNSPACED

    def _matches(self, name: str, text: Folded) -> tuple[Find, ...]:
        pattern = self._pattern(name)
        matches = pattern.finditer(text.text) if pattern else ()
        return tuple(Find(m.start(), m.end(), text.said(m.start(), m.end())) for m in matches if m.group())

    def _pattern(self, name: str) -> re.Pattern[str] | None:
        if name not in self._patterns:
            head, _, tail = name.partition("/")
            terms = self._lists.get(head, ())
            chosen = terms.get(tail, ()) if tail else terms
            self._patterns[name] = self._joined(chosen)
        return self._patterns[name]

    def _joined(self, terms: Iterable[str]) -> re.Pattern[str] | None:
        # The longest first, so that a phrase is found whole.
        parts = [self._of_term(term) for term in sorted(terms, key=len, reverse=True)]
        return re.compile("|".join(f"(?:{part})" for part in parts)) if parts else None

    def _of_term(self, term: str) -> str:
        if term.startswith("re:"):
            return self._of_pattern(term.removeprefix("re:"))
        words = [re.escape(word) for word in fold(term).text.replace("*", "\0").split()]
        plain = r"\s+".join(words).replace("\\\0", f"[{_SIGN}]*").replace("\0", f"[{_SIGN}]*")
        if self.is_unspaced:
            return plain
        clitics = _CLITICS if self.language == "ar" else ""
        right = _RIGHT if _ENDS_A_WORD.search(plain) else ""
        return f"{_LEFT if term[:1].isalnum() else ''}{clitics}{plain}{right}"

    def _of_pattern(self, written: str) -> str:
        folded = fold_pattern(written)
        pattern = folded.replace("\\w", f"[{_SIGN}]").replace("\\b", _EDGE)
        if self.is_unspaced:
            return pattern
        left = _LEFT if folded[:1].isalnum() or folded[:1] in "(\\" else ""
        right = _RIGHT if _ENDS_A_WORD.search(folded) or folded.endswith((")", "]")) else ""
        # A look-ahead at the end says itself what may follow.
        right = "" if re.search(r"\(\?[=!][^()]*(\([^()]*\)[^()]*)*\)$", folded) else right
        return f"{left}(?:{pattern}){right}"


# The same labels stand below every question, and an editor checks the same form again and again.
@lru_cache(maxsize=32768)
def _found(lexicon: Lexicon, name: str, text: str) -> tuple[Find, ...]:
    return lexicon.search(name, fold(text))


def words_in(text: Folded) -> Iterator[Find]:
    """The words of a text that sets spaces."""
    return (Find(m.start(), m.end(), text.said(m.start(), m.end())) for m in _WORD.finditer(text.text))


@cache
def lexicon_of(language: str) -> Lexicon | None:
    """The words for a language; None where there are none. A region is let be: "es-MX" reads the words of "es"."""
    for name in (language, language.partition("-")[0]):
        if name in languages():
            text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
            # Every scalar is text, so that "no" and "on" stay words.
            return Lexicon(name, yaml.load(text, Loader=_LOADER))  # noqa: S506 - makes no objects
    return None


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


#: The quick one where libyaml is there.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _within(inner: Find, outer: Find) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
