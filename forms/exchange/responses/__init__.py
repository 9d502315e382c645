"""Answers that Google Forms, Microsoft Forms and LimeSurvey gathered, recognised without a map.

`tables` reads the file, `tools` knows the headings that each tool writes itself, `matching` finds the question that a
heading asks, `answers` reads a row.
"""

from forms.exchange.responses.answers import Known, answers_of, known_of
from forms.exchange.responses.matching import Column, Recognised, recognise
from forms.exchange.responses.tables import Table, table_of

__all__ = ["Column", "Known", "Recognised", "Table", "answers_of", "known_of", "recognise", "table_of"]
