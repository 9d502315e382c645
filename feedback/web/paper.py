"""The receipt as it is printed: the same bytes in every language, so that one in a drawer tells nobody's."""

from dataclasses import dataclass

import segno
from flask import url_for
from markupsafe import Markup

from feedback.web.place import the_school

#: Any of QR's eight masks can be read; choosing the best would take four times as long, at every answer that is sent.
_MASK = 3


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """`digits` are four groups of four, `code` is the round's; `address` ends in "#" and the digits."""

    digits: str
    code: str

    @property
    def address(self) -> str:
        """Where the square leads. What is behind "#" reaches no server and no log."""
        path = url_for("receipts.choose", code=self.code)
        return f"{the_school().settings.public_address}{path}#{self.digits.replace(' ', '')}"

    @property
    def square(self) -> Markup:
        """The address as a QR code, drawn in the page itself."""
        drawn = segno.make(self.address, error="m", micro=False, boost_error=False, mask=_MASK)
        svg: str = drawn.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)
        return Markup(svg)  # noqa: S704 - drawn here, of squares only
