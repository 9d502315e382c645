"""What SQLite leaves of its own list of tables, told from what is left of anything else.

The list is a table like any other, and where SQLite takes one of its pages apart it leaves the rows where they lay:
"table", a name, and the sentence that makes it. Those are in the file's contents anyway, and in no way about people.
"""

import re
from collections.abc import Iterable

from feedback.proof.pages import PageFile
from feedback.proof.rows import trees

#: Printable ASCII, long enough to be a word of the list and not chance.
_WORDS = re.compile(rb"[\x20-\x7e\n]{4,}")
#: Bytes around the words of one row: its size, its number, its header, the page of its tree.
_AROUND = 16


class OwnNotes:
    """The words of the file's list of tables; `has` says whether a stretch of bytes is made of nothing else."""

    def __init__(self, files: Iterable[PageFile]) -> None:
        found = {(tree.kind + tree.name + tree.table, tree.sql) for file in files for tree in trees(file)}
        self._said = "\0".join(named + sql for named, sql in sorted(found)).encode()

    def has(self, stretch: bytes) -> bool:
        """Whether everything but a few bytes of this stretch is words that stand together in the list."""
        others = _WORDS.sub(lambda words: b"" if self._is_ours(words.group()) else words.group(), stretch)
        return stretch != others and len(others) <= _AROUND

    def _is_ours(self, words: bytes) -> bool:
        # A header's last byte may be a printable one, and stands before the first word.
        return any(words[start:] in self._said and len(words) - start >= 4 for start in range(3))
