"""What was learned on top of an encoder's rows: one line of numbers a label."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from analysis.text.e5.weights import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Labels, coefficients (labels x columns, float32) and intercepts (labels)."""

    labels: tuple[str, ...]
    coefficients: Floats
    intercepts: Floats

    def log_shares(self, rows: Floats | csr_matrix) -> "np.ndarray[Any, np.dtype[np.float64]]":
        """For each of n rows the logarithm of each label's probability: n x labels."""
        scores = np.asarray(rows @ self.coefficients.T, dtype=np.float64) + self.intercepts
        return np.asarray(log_softmax(scores, axis=1))

    def held(self, name: str) -> dict[str, np.ndarray[Any, Any]]:
        """As named arrays, to be kept in one file with others (`analysis.text.kept`)."""
        return {
            f"{name}.labels": np.array(self.labels),
            f"{name}.coefficients": self.coefficients,
            f"{name}.intercepts": self.intercepts,
        }

    @classmethod
    def of(cls, held: Mapping[str, np.ndarray[Any, Any]], name: str) -> "Head":
        """What `held` gave; KeyError where it is not there."""
        labels = tuple(map(str, held[f"{name}.labels"]))
        return cls(labels, held[f"{name}.coefficients"], held[f"{name}.intercepts"])
