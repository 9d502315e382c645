"""How long and how hard a text is to read, by measures of its own language: advice, never a gate."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.reading_level import difficulty, most_for, words_of_text
from forms.checks.remarks import Remark, digest_of

#: A formula says nothing about fewer words than these: about a question, about a form.
_ENOUGH, _ENOUGH_IN_ALL = 10, 60


def too_long(form: Form) -> Iterator[Remark]:
    """More words than the age has patience for. `ratio` is how many words this language needs for an English one."""
    for said in form.asked():
        most = round(form.band.words * (said.lexicon.figure("ratio") or 1.0))
        count = words_of_text(said.lexicon, said.words)
        # A word over is no harm.
        if count > most + 1 + most // 8:
            yield said.remark("too_long", "warning", said.words, said.lexicon.example("short"), count=count, most=most)


def hard(form: Form) -> Iterator[Remark]:
    """A question, or all of them together, that needs more schooling than its readers have."""
    texts: dict[str, list[Said]] = {}
    for said in form.asked():
        texts.setdefault(said.language, []).append(said)
        if _is_hard(form, [said], _ENOUGH, slack=5):
            yield said.remark("hard", "warning", said.words, said.lexicon.example("plain"))
    for language, all_said in texts.items():
        if _is_hard(form, all_said, _ENOUGH_IN_ALL, slack=2):
            about = digest_of("hard_form", language, *(said.words for said in all_said))
            example = all_said[0].lexicon.example("plain")
            yield Remark("hard_form", "warning", "", language, "", example, {"language": language}, about)


def _is_hard(form: Form, texts: list[Said], enough: int, *, slack: int) -> bool:
    lexicon = texts[0].lexicon
    words = [said.words for said in texts]
    if sum(words_of_text(lexicon, each) for each in words) < enough:
        return False
    level = difficulty(lexicon, words)
    return level is not None and level > most_for(lexicon, form.band.grade + slack)
