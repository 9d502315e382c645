"""Prints how well the checker finds what it should: `python -m tests.forms.checks.figures`."""

import sys

from tests.forms.checks.lists import Count, figures, labelled


def table(folder: str) -> str:
    """Recall and false alarms by rule and by language, and the questions that went wrong."""
    told = figures(folder)
    lines = [f"{folder}: {len(labelled(folder))} questions", f"{'':20}{'wanted':>8}{'recall':>8}{'false alarms':>14}"]
    rows = {**told.rules, "": Count(), **told.languages, " ": Count(), "good questions": told.good, "all": told.all}
    lines += [_line(name, count) for name, count in rows.items()]
    for each in labelled(folder):
        missed, extra = sorted(each.wanted - each.given), sorted(each.given - each.wanted)
        if missed or extra:
            lines.append(f"{each.language}: {each.text}  missed: {missed}  not wanted: {extra}")
    return "\n".join(lines)


def _line(name: str, count: Count) -> str:
    if not name.strip():
        return ""
    alarms = f"{count.false}/{count.unwanted}"
    return f"{name:20}{count.wanted:8}{count.recall:8.2f}{alarms:>10}{count.alarms:7.2f}"


if __name__ == "__main__":
    for name in ("labelled", "second", "unseen"):
        sys.stdout.write(f"{table(name)}\n\n")
