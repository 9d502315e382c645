"""What the checker said of words that it has read before: reading thirty forms in fifteen languages takes seconds.

Remembered by the words themselves, in each process, so nothing that is remembered can be out of date.
"""

from collections.abc import Callable
from hashlib import sha256

from feedback.models import Draft
from forms.checks import Remark

#: Forms that are remembered, each in its own language or in all: far more than a school writes at a time.
_MOST = 512
#: List of topics, hash of the draft, stamp of its translations -> remarks.
_known: dict[tuple[str, str, str], tuple[Remark, ...]] = {}


def known_remarks(
    topics: str, draft: Draft, look: Callable[[], tuple[Remark, ...]], *, stamp: str = ""
) -> tuple[Remark, ...]:
    """What `look` says of this draft as it stands under a list of topics, or said before of the very same words.

    `stamp` changes with every translation of the draft (`form_words.stamps`); "" where none was read.
    """
    key = (topics, sha256(draft.body.encode()).hexdigest(), stamp)
    found = _known.get(key)
    if found is None:
        found = _known[key] = look()
        for oldest in list(_known)[:-_MOST]:
            _known.pop(oldest, None)
    return found
