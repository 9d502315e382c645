"""What the checker says: one remark about one text, one question or the whole form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from forms.checks.sentences import SENTENCES, TOPICS

#: A form with a block cannot be asked until it is cured, overridden or decided; a warning is advice.
Weight = Literal["block", "warning"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that could be better.

    `key` is a text's (forms/texts.py), "items/ID", or "" for the whole form; `language` is "" where it is not about
    words. `found` is what was found, in the text's own letters, and `better` a better wording, or an example of one, in
    its language. `digest` changes with the words that the remark is about: a decision holds for those words only.
    """

    rule: str
    weight: Weight
    key: str
    language: str = ""
    found: str = ""
    better: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    digest: str = ""

    def told(self, gettext: Callable[[str], str]) -> tuple[str, str]:
        """What is wrong and what to do, in the language that `gettext` speaks."""
        values = {**self.values, "found": self.found, "better": self.better}
        if "topic" in values:
            values["topic"] = gettext(TOPICS.get(str(values["topic"]), str(values["topic"])))
        what, cure = (gettext(sentence) % values for sentence in SENTENCES[self.rule])
        return what, cure

    @property
    def needs_officer(self) -> bool:
        """Whether only the privacy officer can decide it; any other block can be overridden with a reason."""
        return self.rule == "protected"


def digest_of(*parts: str) -> str:
    """A hash of what a remark is about, in hex."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
