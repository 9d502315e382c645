"""A form with everything that is not plain: asked of some only, in rows, with own words, with earlier answers in it."""

from pathlib import Path

from forms.definition import Instrument
from forms.loader import load_instrument

WINDING = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")


def a_winding_form(**changes: object) -> Instrument:
    """The form of the file beside this one, with other keys at its top where `changes` says so."""
    instrument = load_instrument(WINDING, name="winding.yaml")
    return Instrument.model_validate({**instrument.model_dump(), **changes}) if changes else instrument
