"""Forms and analysis meet in one closed list, and nowhere else."""

from analysis import tables
from feedback.operations.rounds.columns import columns_of
from forms.library import names, open_library
from forms.questions import base


def test_both_packages_mean_the_same_by_every_measure() -> None:
    assert [measure.value for measure in base.Measure] == [measure.value for measure in tables.Measure]


def test_every_library_question_is_a_column_that_analysis_can_count() -> None:
    for name in names():
        for column in columns_of(open_library(name)):
            assert column.favourable <= set(column.cells)
            assert not set(column.cells) & set(column.apart)
