"""Words in several languages, and the cleaning of words that somebody typed."""

import re

#: Language code (BCP 47) -> text.
Words = dict[str, str]

#: NUL and every other control character except newline and tab, and halves of surrogate pairs, which JSON can carry
#: ("\ud800") but no file, database or PDF can. Noncharacters too: they are for programs' own use, and ours has one.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def N_(text: str) -> str:  # noqa: N802 - the name under which Babel finds sentences to translate
    """Mark a sentence for translation and return it as it is."""
    return text


def say(words: Words, language: str) -> tuple[str, str]:
    """The text and the language it is really in: `language`, else English, else the first one there is."""
    for candidate in (language, "en"):
        if candidate in words:
            return words[candidate], candidate
    first = next(iter(words))
    return words[first], first


def plain_text(typed: str) -> str:
    """Typed text without control characters (newline and tab stay), with Unix line ends, stripped."""
    return _UNWANTED.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(typed: str) -> str:
    """Typed text as `plain_text` has it, with every break between words made one space."""
    return " ".join(plain_text(typed).split())
