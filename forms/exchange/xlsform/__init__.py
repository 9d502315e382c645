"""XLSForm, the spreadsheets of ODK, KoboToolbox and SurveyCTO: sheets "survey", "choices" and "settings".

After the reference of XLSForm (xlsform.org/en/ref-table) and pyxform, its checker. What we note beyond it stands on a
sheet "voicebox", which other tools pass over.
"""

from forms.exchange.xlsform.reading import looks_like_csv, looks_like_workbook, read_csv, read_xlsx
from forms.exchange.xlsform.writing import write_csv, write_xlsx

__all__ = ["looks_like_csv", "looks_like_workbook", "read_csv", "read_xlsx", "write_csv", "write_xlsx"]
