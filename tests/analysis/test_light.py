"""The web process reads summaries, and stays light."""

import subprocess
import sys

LIGHT = (
    "tables, summary, words, add_up, spread, disclosure, differences, verdict, findings, summarise, comment_groups, "
    "theme_shares, proportions, compare, ordinal, several, detectable, census, skipped, run_chart, waves, reach, "
    "secondary, evidence_card"
)
HEAVY = "numpy sklearn scipy textblob nltk py3langid flask sqlalchemy feedback forms"


def test_figures_are_made_and_read_without_the_libraries_for_text() -> None:
    program = f"import sys\nfrom analysis import {LIGHT}\nprint(sorted(set(sys.modules) & set('{HEAVY}'.split())))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
