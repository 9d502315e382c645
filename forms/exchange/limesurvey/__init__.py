"""LimeSurvey: its surveys (.lss) read, its tab-separated structure (.txt) read and written.

After LimeSurvey's manual ("Tab Separated Value survey structure", "Question object", "ExpressionScript") and files that
it wrote. Both files become one `survey.Survey`, and that becomes a draft.
"""

from forms.exchange.limesurvey.lss import is_lss, read_lss
from forms.exchange.limesurvey.tsv import is_tsv, read_tsv
from forms.exchange.limesurvey.writing import write_tsv

__all__ = ["is_lss", "is_tsv", "read_lss", "read_tsv", "write_tsv"]
