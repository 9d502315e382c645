"""The formats that forms are exchanged in: the one list, and which of them a file is in."""

from collections.abc import Callable
from dataclasses import dataclass

from forms.definition import Instrument
from forms.exchange import surveyjs, xlsform
from forms.exchange.core import FileRefused, Imported, refuse_too_big
from forms.exchange.limesurvey import is_lss, is_tsv, read_lss, read_tsv, write_tsv
from forms.exchange.opening import in_utf8


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `recognises` looks at the beginning of a file only; `read` raises FileRefused.

    `write` is None for a format that is only read. `label` is a name and no sentence.
    """

    name: str
    label: str
    extension: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Imported]
    write: Callable[[Instrument], bytes] | None = None


#: In the order in which they are tried.
FORMATS: tuple[Format, ...] = (
    Format("xlsform", "XLSForm", ".xlsx", xlsform.looks_like_workbook, xlsform.read_xlsx, xlsform.write_xlsx),
    Format("surveyjs", "SurveyJS", ".json", surveyjs.looks_like, surveyjs.read, surveyjs.write),
    Format("xlsform-csv", "XLSForm (CSV)", ".csv", xlsform.looks_like_csv, xlsform.read_csv, xlsform.write_csv),
    Format("limesurvey", "LimeSurvey (.lss)", ".lss", is_lss, read_lss),
    Format("limesurvey-tsv", "LimeSurvey (.txt)", ".txt", is_tsv, read_tsv, write_tsv),
)


def format_named(name: str) -> Format:
    """One format; KeyError if there is none of this name."""
    return next((each for each in FORMATS if each.name == name), None) or _unknown(name)


def read_form(content: bytes) -> tuple[Format, Imported]:
    """The form in a file of any known format, told by its content and never by its name; raises FileRefused."""
    refuse_too_big(content)
    content = in_utf8(content)
    for each in FORMATS:
        if each.recognises(content):
            return each, each.read(content)
    raise FileRefused("unknown_format")


def _unknown(name: str) -> Format:
    raise KeyError(name)
