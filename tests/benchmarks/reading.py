"""How long it takes to read many comments: `python -m tests.benchmarks.reading 10000 100000`.

Each step is timed by itself, in one process, as a worker does it; comments are put together from those we wrote, so
that no two are alike. Prints seconds (wall and CPU), comments a second and the process's largest memory so far.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from analysis.text.clauses import clauses
from analysis.text.discovery import discover
from analysis.text.examples import read_examples
from analysis.text.language import identify
from analysis.text.reading import Read, Reader
from analysis.text.redaction import Redactor
from feedback.config import Settings
from feedback.operations.text_reader import models_folder, reader_in

_BATCH = 512
_Made = TypeVar("_Made")


def main(sizes: list[int]) -> None:
    """Measure each number of comments."""
    nowhere = Path("/nonexistent")
    reader = reader_in(models_folder(Settings("", nowhere, nowhere, "sqlite://")), said=click.echo)
    languages = sorted({one.language for one in read_examples()})
    for size in sizes:
        click.echo(f"{size} comments")
        _measure(reader, comments(size), languages)


def _measure(reader: Reader, texts: list[str], languages: list[str]) -> None:
    redactor = Redactor()
    spoken = _timed("language", lambda: [identify(text, languages) for text in texts])
    pairs = list(zip(texts, spoken, strict=True))
    clean = _timed("redaction", lambda: [redactor.redact(text, language).text for text, language in pairs])
    read = _timed("themes and moods", lambda: _read(reader, clean))
    left = [place for place, one in enumerate(read) if not one.themes]
    words, tongues = [clean[place] for place in left], [spoken[place] for place in left]
    _timed(f"discovery among {len(left)}", lambda: discover(reader.rows(words), words, tongues, reader.offsets))


def _read(reader: Reader, texts: list[str]) -> list[Read]:
    found: list[Read] = []
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        found += reader.read(batch, [[text[a:b] for a, b in clauses(text)] for text in batch])
    return found


def _timed(step: str, work: Callable[[], _Made]) -> _Made:
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"  {step:28} {wall:8.1f} s, CPU {cpu:8.1f} s, at most {memory:6.0f} MB")
    return made


def comments(size: int) -> list[str]:
    """Comments of all languages and styles, each with a few signs of its own."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    examples = read_examples()
    return [f"{chance.choice(examples).text} {chance.choice('abcdefgh')}{number % 97}" for number in range(size)]


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000])
