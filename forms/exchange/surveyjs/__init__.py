"""SurveyJS, the JSON of its Form Library: pages, panels and questions.

After the library's API reference (surveyjs.io/form-library/documentation). What we note beyond it stands in properties
whose names begin with "voicebox:", which the library passes over.
"""

from forms.exchange.surveyjs.reading import looks_like, read
from forms.exchange.surveyjs.writing import write

__all__ = ["looks_like", "read", "write"]
