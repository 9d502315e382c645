"""What is exported as an XLSForm passes the format's own checker and comes back as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from forms.definition import Instrument
from forms.exchange.core import Imported
from forms.exchange.xlsform import read_csv, read_xlsx, write_csv, write_xlsx
from forms.library import names, open_library
from tests.forms.exchange.samples import everything, same

Way = tuple[str, Callable[[Instrument], bytes], Callable[[bytes], Imported]]
WAYS: tuple[Way, ...] = ((".xlsx", write_xlsx, read_xlsx), (".csv", write_csv, read_csv))


def exported() -> list[Instrument]:
    return [*(open_library(name) for name in names()), everything()]


@pytest.mark.parametrize("instrument", exported(), ids=lambda each: each.id)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_an_instrument_comes_back_equal_and_loses_nothing(way: Way, instrument: Instrument) -> None:
    _, write, read = way
    imported = read(write(instrument))
    assert imported.losses == ()
    assert same(imported, instrument)


@pytest.mark.parametrize("instrument", exported(), ids=lambda each: each.id)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0])
def test_the_formats_own_checker_takes_it(way: Way, instrument: Instrument, tmp_path: Path) -> None:
    extension, write, _ = way
    path = tmp_path / f"form{extension}"
    path.write_bytes(write(instrument))
    result = convert(path)
    for question in instrument.questions:
        assert f"/{question.id}" in result.xform
    assert not [warning for warning in result.warnings if "machine-readable" not in warning]
