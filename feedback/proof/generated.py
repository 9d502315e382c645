"""The proof on a made-up school: real operations, and the truth to hold every guess against."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from feedback.operations.answers.shake import shake
from feedback.proof import classes
from feedback.proof.folders import private_folder
from feedback.proof.live import check_installation
from feedback.proof.made_up import made_up_school, open_class, send
from feedback.proof.needles import look_for_needles
from feedback.proof.usual_design import attack_usual_design
from feedback.proof.verdict import Line

#: Sizes of the classes that are attacked.
CLASSES = (12, 25)
#: So many that a mean tau within ±0.15 fails by chance less than once in a million proofs, for a class of 12 too.
RUNS = 60


def check_made_up_school(beside: Path, *, runs: int, now: datetime, progress: Callable[[int, int], None]) -> list[Line]:
    """Every line about the made-up school; it is made in `beside` and scrubbed afterwards, however this ends."""
    # Loads the readers of texts, 200 MB, which every command of ours would carry along.
    from feedback.proof.words import look_for_words  # noqa: PLC0415 - see above

    lines: list[Line] = []
    with private_folder(beside) as folder, made_up_school(folder, now=now) as made_up:
        lines.append(attack_usual_design(folder, CLASSES[0]))
        for number, people in enumerate(CLASSES):
            seen = []
            for run in range(runs):
                seen.append(classes.attack_a_class(made_up, people))
                progress(number * runs + run + 1, len(CLASSES) * runs)
            lines += classes.verdicts(seen)
        lines += look_for_needles(made_up)
        lines += look_for_words(made_up)
        # A class that waits, so that the checks of a live installation have something to look at.
        asked, hat = open_class(made_up, CLASSES[1])
        for _ in range(CLASSES[1]):
            send(made_up, asked, hat.pop(), {"again": "yes"})
        shake(made_up.school, now=now)
        lines += check_installation(made_up.school, beside=folder, today=now.date(), said=lambda _what: None)
    return lines
