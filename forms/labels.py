"""The ready-made labels of scales (forms/labels.yaml), as answers of a draft in its source language."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms.wording import Words

#: Scales with steps from lowest to highest that a question can take as they are.
READY_SCALES = ("how-much", "agreement")


@cache
def labels() -> dict[str, dict[str, Words]]:
    """Scale -> id of a step -> its words."""
    text = (Path(__file__).parent / "labels.yaml").read_text(encoding="utf-8")
    # Every scalar is text, so that yes and no stay words.
    loaded: dict[str, dict[str, Words]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    return loaded


def ready_options(scale: str, language: str) -> list[dict[str, Any]]:
    """The steps of a scale, or the answers "apart", in one language; nothing where it has no words for them."""
    steps = labels().get(scale, {})
    if not all(language in words for words in steps.values()):
        return []
    return [{"id": id_, "label": {language: words[language]}} for id_, words in steps.items()]
