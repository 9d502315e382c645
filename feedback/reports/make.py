"""Making a report: the facts of a frozen release become a page, the page a PDF, and the PDF is stored once."""

from analysis.summary import Summary
from feedback.i18n import Catalogue, speaking
from feedback.models import Round
from feedback.operations.report import ReportFacts, begin_report, keep_document, kept_document, report_facts
from feedback.operations.review_time import sign_by
from feedback.operations.school import School
from feedback.reports.pdf import render_teacher_report
from feedback.reports.teacher_page import Hypothesis, Mark, Said, TeacherPage
from forms.definition import Instrument
from forms.piping import in_full
from forms.wording import say


def make_report(school: School, round_id: str, language: str) -> bytes:
    """The teacher's report of a released round in a staff language; rendered once, then read back.

    StillInTheBox or NotEnoughVoices where there is nothing to report. Called inside an application context.
    """
    facts = report_facts(school, round_id, language)
    kept = kept_document(school, facts, language)
    if kept is not None:
        keep_document(school, facts, language, kept)
        return kept
    begin_report(school, round_id, language)
    with speaking(language, Catalogue.STAFF):
        body = render_teacher_report(teacher_page(school, facts, language))
    keep_document(school, facts, language, body)
    return body


def teacher_page(school: School, facts: ReportFacts, language: str) -> TeacherPage:
    """Everything the page prints, in words of this language where there are such words."""
    round_, instrument, released = facts.round, facts.instrument, facts.released
    pilot = round_.pilot
    if round_.promise_on is None:
        raise ValueError("a released round has a promise date")
    return TeacherPage(
        school=school.settings.school_name,
        pilot=_public(pilot.words, "title", language),
        trying=_public(pilot.words, "trying", language),
        hypothesis=Hypothesis(**{part: _written(pilot.hypothesis[part]) for part in Hypothesis.__slots__}),
        audience=instrument.audience,
        round_title=round_.title,
        summary=released.summary,
        words=released.words,
        questions={question.id: say(in_full(question), language) for question in instrument.questions},
        labels=_labels(instrument, language),
        next_steps=facts.next_steps,
        promise_on=round_.promise_on,
        words_by=sign_by(school, round_),
        released_on=released.released_on,
        release=released.figures_sha256[:12],
        criterion_set_on=pilot.criterion_locked_on,
        also_changing=tuple(_written(change) for change in pilot.also_changing),
        words_deleted=round_.comments_purged_on is not None,
        marks=_marks(round_, released.summary),
    )


def _marks(round_: Round, summary: Summary) -> tuple[Mark, ...]:
    marks = [Mark.SAMPLE] if round_.sample else []
    if round_.imported:
        marks.append(Mark.IMPORTED)
    elif summary.slips_printed is None:
        marks.append(Mark.NOT_VERIFIED)
    return tuple(marks)


def _labels(instrument: Instrument, language: str) -> dict[str, dict[str, Said]]:
    return {
        question.id: {option.id: say(option.label, language) for option in (*question.cells(), *question.apart())}
        for question in instrument.questions
    }


def _public(words: dict[str, dict[str, str]], part: str, language: str) -> Said:
    return say({code: said[part] for code, said in words.items() if said.get(part)}, language)


def _written(text: str) -> Said:
    # Staff write hypotheses in the school's own language, and nobody asks them which that is.
    return text, "und"
