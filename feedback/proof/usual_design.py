"""The design that most tools use, attacked in the same way: it shows that the attack works (privacy.md, result 2)."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from feedback.proof.log import latest
from feedback.proof.relink import pair_by_rank, places, right
from feedback.proof.rows import Row, table_rows
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_CHECK = Check(
    "the test itself works: the usual design",
    N_("Codes in one table, answers in another, random ids, no shared key, no time: the same attack links them all."),
)


def attack_usual_design(folder: Path, people: int) -> Line:
    """A class answers with single-use codes that are noted when they are spent; then the attack."""
    path = folder / "usual.db"
    truth: dict[str, str] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in ("spent", "answer"):
            connection.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID")
        for _ in range(people):
            code, answer = secrets.token_hex(16), secrets.token_hex(16)
            truth[code] = answer
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO spent VALUES (?, x'')", (code,))
            connection.execute("INSERT INTO answer VALUES (?, ?)", (answer, secrets.token_bytes(40)))
            connection.execute("COMMIT")
    file = latest(path.read_bytes(), b"")
    spent, answers = ({str(row.values[0]): row for row in table_rows(file, table)} for table in ("spent", "answer"))
    found = right(_pairs(spent, answers), truth)
    return _CHECK.line(found > people / 2, f"{found} of {people} pairs right; chance is 1 of {people}")


def _pairs(spent: dict[str, Row], answers: dict[str, Row]) -> dict[str, str]:
    return pair_by_rank(places(spent), places(answers))
