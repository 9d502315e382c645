"""The labels of scales, which have one wording per language, so that people meet the same step everywhere."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from forms.texts import Text

_FILE = Path(__file__).with_name("labels.yaml")


def ready_words(text: Text, source: str, source_language: str, language: str) -> tuple[str, ...]:
    """What a label of a scale is in this language; more than one where two scales differ; () for every other text."""
    if text.field != "label":
        return ()
    return _by_words().get((source_language, source), {}).get(language, ())


@cache
def _by_words() -> Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]:
    """(language, label) -> language -> its words."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    # Every scalar is text, so that yes and no stay words.
    scales = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    for words in (words for steps in scales.values() for words in steps.values()):
        for source_language, source in words.items():
            ready = found.setdefault((source_language, source), {})
            for language, said in words.items():
                known = ready.get(language, ())
                ready[language] = known if said in known else (*known, said)
    return found
