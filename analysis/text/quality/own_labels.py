"""How well a school's own codebook can be learned, measured on a file whose codes are not ours.

A support vector machine with a radial kernel (Cortes & Vapnik 1995) on the encoder's rows learns from four fifths of
the comments and is asked about the last one, five times.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from analysis.text.e5.weights import Floats
from analysis.text.offsets import without_language
from analysis.text.quality.labelled import Labelled
from analysis.text.quality.measures import Figure

_FOLDS = 5
#: A code of fewer comments can be neither learned nor measured.
_FEWEST = 20
_STRENGTH, _WIDTH = 5.0, 1.0


def learned_f1(rows: Sequence[Labelled], meaning: Floats) -> Figure:
    """Macro-F1 over the codes of n comments (`meaning` n x width), "other" among them; None where there is one code.

    Comments with a code that fewer than 20 have are left out.
    """
    people = Counter(row.themes[0] for row in rows if row.themes)
    told = [place for place, row in enumerate(rows) if row.themes and people[row.themes[0]] >= _FEWEST]
    right = np.array([rows[place].themes[0] for place in told])
    if len(set(right.tolist())) < 2:
        return None
    moved = without_language(meaning[told], [rows[place].language for place in told])
    given = np.empty_like(right)
    for seen, asked in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(moved, right):
        machine = SVC(C=_STRENGTH, gamma=_WIDTH, class_weight="balanced").fit(moved[seen], right[seen])
        given[asked] = machine.predict(moved[asked])
    return float(f1_score(right, given, average="macro"))
