"""The rules, a small module for each kind, and the one list of them."""

from collections.abc import Callable, Iterator

from forms.checks.asked import Form
from forms.checks.remarks import Remark
from forms.checks.rules.agreement import agreement
from forms.checks.rules.burden import burden
from forms.checks.rules.joins import double_barrelled
from forms.checks.rules.leading import leading
from forms.checks.rules.missing import missing
from forms.checks.rules.negation import negation
from forms.checks.rules.order import order
from forms.checks.rules.phrases import absolute, jargon, passive, recall
from forms.checks.rules.privacy import demographic, identity, protected
from forms.checks.rules.rating import rates_a_person
from forms.checks.rules.reading import hard, too_long
from forms.checks.rules.scales import scales

RULES: tuple[Callable[[Form], Iterator[Remark]], ...] = (
    burden, order, missing,
    double_barrelled, leading, negation, absolute, recall, agreement, scales, too_long, hard, passive, jargon,
    identity, demographic, protected, rates_a_person,
)  # fmt: skip
