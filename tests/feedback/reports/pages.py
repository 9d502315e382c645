"""Pages of made-up rounds. A test names only what matters to it."""

from datetime import date
from typing import Any

from analysis.census import Bounds
from analysis.evidence_card import EvidenceCard, EvidenceLevel
from analysis.summary import (
    Bar,
    CriterionResult,
    Finding,
    FindingKind,
    Level,
    People,
    QuestionSummary,
    Reader,
    Share,
    Summary,
    Verdict,
)
from analysis.tables import Measure
from analysis.words import QuestionWords, Quote, ThemeFigure, Words
from feedback.operations.reports.kinds.kind import Said
from feedback.operations.reports.kinds.teacher import Hypothesis, TeacherPage

TOP, REST = ("a-lot", "very"), ("not", "a-little")

ENGLISH = {
    "helps": "Did reading aloud with the app help you to understand the story?",
    "easy": "Was it easy to find what you needed?",
    "stuck": "Did you know what to do when you were stuck?",
    "wish": "What would you change about it?",
    "not": "Not at all",
    "a-little": "A little",
    "a-lot": "Quite a lot",
    "very": "Very much",
    "pilot": "Reading aloud, together",
    "trying": "For six weeks the class reads with an app that listens and helps with hard words.",
    "change": "every student reads aloud with the app for ten minutes a day",
    "result": "six in ten will say that it helps them to understand",
    "date": "20 November",
    "reason": "they hear a hard word before they have to say it",
    "step": "Show the help button again on Monday, and let two students explain it to the others.",
}
ARABIC = {
    "helps": "هل ساعدتك القراءة بصوت عال على فهم القصة؟",
    "easy": "هل كان من السهل أن تجد ما تحتاج إليه؟",
    "stuck": "هل عرفت ماذا تفعل عندما لم تستطع الإكمال؟",
    "wish": "ماذا تريد أن تغير؟",
    "not": "لا، أبدا",
    "a-little": "قليلا",
    "a-lot": "إلى حد كبير",
    "very": "كثيرا جدا",
    "pilot": "القراءة معا بصوت عال",
    "trying": "يقرأ الصف لمدة ستة أسابيع مع تطبيق يستمع إلى الأطفال ويساعدهم على الكلمات الصعبة.",
    "change": "قرأ كل طالب مع التطبيق عشر دقائق في اليوم",
    "result": "سيقول ستة من كل عشرة إن ذلك يساعدهم على الفهم",
    "date": "نهاية الشهر",
    "reason": "الطالب يسمع الكلمة الصعبة قبل أن يقولها",
    "step": "تحدثوا عن زر المساعدة في الاجتماع القادم، واطلبوا من طالبين أن يشرحا الأمر على السبورة.",
}
TEXTS = {"en": ENGLISH, "ar": ARABIC}


def a_share(point: int, interval: tuple[int, int]) -> Share:
    return Share("exactly", point, point, point, interval)


def twelve_of_twelve() -> Share:
    """What is left of "12 of 12 said yes": 80 or more, and the interval of 80 at ten people."""
    return Share("at_least", 80, 100, 80, (49, 94))


def the_rest_of(share: Share) -> Share:
    turned: Any = {"at_least": "at_most", "at_most": "at_least"}.get(share.shape, share.shape)
    low, high = share.interval
    return Share(turned, 100 - share.high, 100 - share.low, 100 - share.point, (100 - high, 100 - low))


def a_question(name: str, share: Share, *, people: People) -> QuestionSummary:
    bars = (Bar(TOP, share, favourable=True), Bar(REST, the_rest_of(share)))
    return QuestionSummary(name, Measure.SCALE, people, share, bars)


def a_finding(name: str, share: Share, verdict: Verdict, level: Level | None) -> Finding:
    return Finding(FindingKind.FAVOURABLE, name, TOP, share, verdict, level)


def a_summary(
    *,
    helps: Share | None = None,
    verdict: Verdict = Verdict.LEANING_YES,
    people: People | None = None,
) -> Summary:
    people, helps = people or People(20, 24), helps or a_share(73, (51, 87))
    easy, stuck = Share("at_least", 80, 100, 80, (58, 92)), a_share(45, (26, 66))
    text = QuestionSummary("wish", Measure.TEXT, people, stuck)
    return Summary(
        reader=Reader.TEAM,
        people=people,
        group_size=26,
        rate=Share("at_least", 76, 100, 76, (76, 100)),
        questions=(
            a_question("helps", helps, people=people),
            a_question("easy", easy, people=people),
            a_question("stuck", stuck, people=people),
            text,
        ),
        findings=(
            a_finding("helps", helps, Verdict.CLEAR_YES, Level.HIGH),
            a_finding("easy", easy, Verdict.CLEAR_YES, Level.HIGH),
            a_finding("stuck", stuck, Verdict.CANNOT_TELL, None),
        ),
        criterion=CriterionResult("helps", TOP, 60, 10, helps, verdict),
    )


CARD = EvidenceCard(
    people=People(20, 24),
    rate=Share("at_least", 76, 100, 76, (76, 100)),
    missing=(),
    has_baseline=False,
    fidelity=None,
    sources=1,
    level=EvidenceLevel.ONE_SOURCE,
)
QUOTES = (
    Quote("It reads the hard word to me and then I can say it 🙂", "en"),
    Quote("أحب أن أسمع الكلمة الصعبة قبل الاجتماع على السجادة.", "ar"),
    Quote("Me gusta que puedo escuchar la historia otra vez en casa.", "es"),
    Quote("मुझे यह बहुत अच्छा लगता है, पर कभी-कभी यह धीमा है।", "hi"),
    Quote("有时候它听不懂我说的话，我要说很多次。", "zh-Hans"),
    Quote("Khi cả lớp đọc cùng lúc thì ồn quá, em không nghe được.", "vi"),
)


def some_words(quotes: tuple[Quote, ...] = QUOTES) -> Words:
    themes = (
        ThemeFigure("hearing", "Hearing hard words first", People(10, 14), quotes[:3]),
        ThemeFigure("noise", "Noise, and when it does not understand me", People(5, 9), quotes[3:]),
    )
    return Words(Reader.TEAM, (QuestionWords("wish", People(20, 24), themes),))


def a_page(language: str = "en", **changed: Any) -> TeacherPage:
    def say(key: str) -> Said:
        return TEXTS[language][key], language

    labels = {cell: say(cell) for cell in REST + TOP}
    facts: dict[str, Any] = {
        "school": "Riverside Primary School",
        "pilot": say("pilot"),
        "trying": say("trying"),
        "hypothesis": Hypothesis(say("change"), say("result"), say("date"), say("reason")),
        "audience": "students",
        "round_title": "5A",
        "summary": a_summary(),
        "words": some_words(),
        "questions": {name: say(name) for name in ("helps", "easy", "stuck", "wish")},
        "labels": dict.fromkeys(("helps", "easy", "stuck"), labels) | {"wish": {}},
        "next_steps": {"helps": say("step"), "easy": say("step")},
        "promise_on": date(2026, 11, 27),
        "words_by": date(2026, 11, 25),
        "released_on": date(2026, 11, 20),
        "release": "7c19e04b",
        "criterion_set_on": date(2026, 10, 5),
        "bounds": {"helps": Bounds(57, 81), "stuck": Bounds(35, 58)},
        "card": CARD,
    }
    return TeacherPage(**facts | changed)
