"""Which column of somebody else's file is which, and which look like a person's. Words of the languages of schools.

Columns are known by what stands at their head, folded and in any of these languages; what is known is never a person's.
"""

import re
from collections.abc import Sequence
from functools import cache

from analysis.name_hints import is_listed
from analysis.name_words import fold

#: Fields of a kind -> heads of columns that mean them.
COLUMNS: dict[str, dict[str, str]] = {
    "usage": {
        "week": "week|week of|week starting|semana|semana del|الاسبوع|اسبوع|woche|semaine",
        "tool": "tool|app|resource|product|herramienta|aplicacion|recurso|الاداه|اداه|التطبيق|تطبيق|outil|anwendung",
        "group": "class|group|class name|class or group|clase|grupo|curso|الصف|صف|الفصل|المجموعه|klasse|classe",
        "active": "active|active pupils|active students|active users|pupils active|students active|activos|"
        "alumnos activos|estudiantes activos|usuarios activos|alumnado activo|نشط|النشطون|التلاميذ النشطون|"
        "الطلاب النشطون|عدد النشطين|eleves actifs",
        "minutes": "minutes|total minutes|minutes used|minutos|minutos totales|الدقائق|دقائق|minuten",
    },
    "assessment": {
        "test": "test|assessment|test name|exam|quiz|prueba|examen|evaluacion|الاختبار|اختبار|epreuve",
        "group": "class|group|class name|class or group|clase|grupo|curso|الصف|صف|الفصل|المجموعه|klasse|classe",
        "taken_on": "date|taken on|day|test date|fecha|dia|التاريخ|تاريخ|datum",
        "took": "took|number took|took the test|pupils tested|students tested|tested|presentados|hicieron|"
        "alumnos presentados|عدد المختبرين|شاركوا|المشاركون",
        "reached": "reached|reached the mark|number reached|passed|at or above|aprobados|alcanzaron|superaron|"
        "بلغوا|الناجحون|عدد الناجحين|نجحوا",
    },
}
#: Fields that a file may do without.
OPTIONAL = frozenset({"taken_on"})
_PERSON_WORDS = """
name names firstname lastname surname forename fullname student students pupil pupils learner learners email mail id
ids upn uid uuid guid sis dob birth birthday birthdate birthplace gender sex username login user userid studentid
pupilid phone mobile parent guardian child address postcode ethnicity nombre nombres apellido apellidos alumno
alumna alumnos estudiante estudiantes correo nacimiento genero sexo usuario dni nie matricula telefono tutor
identificador اسم الاسم الاسماء اللقب طالب الطالب الطالبه طلاب تلميذ التلميذ التلميذه متعلم المتعلم البريد بريد معرف
المعرف هويه الهويه ميلاد الميلاد جنس الجنس هاتف الهاتف رقم nom prenom eleve etudiant courriel naissance sexe
identifiant vorname nachname schuler schulerin geburtsdatum geschlecht kennung nome sobrenome aluno aluna estudante
nascimento imie nazwisko uczen nume prenume elev ad soyad ogrenci jina mwanafunzi magac arday pangalan eskwela non
elev имя фамилия ученик ученица почта рождения пол імя прізвище учень учениця пошта народження стать नाम छात्र
विद्यार्थी जन्म लिंग نام شاگرد پیدائش 姓名 名字 学生 学号 邮箱 性别 出生日期 이름 학생 학번 성별 생년월일 ስም ተማሪ
"""
_PERSONS = frozenset(fold(word) for word in _PERSON_WORDS.split())
_WORDS = re.compile(r"[\W_]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LOOKS_LIKE_ID = re.compile(
    r"[A-Za-z]{0,4}[-_ ]?\d{5,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{12,}"
)
_SHARE, _FEWEST_VALUES = 0.6, 3


def field_of(head: str, kind: str) -> str | None:
    """Which field a column is by its head; None for one that is not read."""
    return _heads(kind).get(plain(head))


def is_persons(head: str) -> bool:
    """Whether the head of a column says that it is about single people."""
    return any(word in _PERSONS for word in plain(head).split())


def holds_persons(values: Sequence[str]) -> bool:
    """Whether what stands in a column leads to people: addresses, numbers of pupils that hardly repeat, names."""
    said = [value for value in values if value]
    if any(_EMAIL.fullmatch(value) for value in said):
        return True
    if len(said) < _FEWEST_VALUES:
        return False
    ids = sum(_LOOKS_LIKE_ID.fullmatch(value) is not None for value in said)
    hardly_repeats = len(set(said)) > _SHARE * len(said)
    names = sum(all(is_listed(word) for word in _WORDS.split(value) if word) for value in said)
    return names > _SHARE * len(said) or (ids > _SHARE * len(said) and hardly_repeats)


def plain(head: str) -> str:
    """A head as it is looked up: folded words with one space between them."""
    return " ".join(fold(word) for word in _WORDS.split(_HUMPS.sub(" ", head)) if word)


@cache
def _heads(kind: str) -> dict[str, str]:
    return {plain(head): field for field, heads in COLUMNS[kind].items() for head in heads.split("|")}
