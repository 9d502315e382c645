"""Words for answers that other tools add by themselves, without saying them: yes and no, other, none of them."""

from collections.abc import Mapping, Sequence

from forms.wording import Words

_Usual = Mapping[str, str]
YES_NO: tuple[_Usual, _Usual] = (
    {"en": "Yes", "es": "Sí", "fr": "Oui", "de": "Ja", "pt": "Sim", "ar": "نعم"},
    {"en": "No", "es": "No", "fr": "Non", "de": "Nein", "pt": "Não", "ar": "لا"},
)
OTHER: _Usual = {"en": "Other", "es": "Otro", "fr": "Autre", "de": "Anderes", "pt": "Outro", "ar": "غير ذلك"}
NONE: _Usual = {
    "en": "None of them",
    "es": "Ninguno",
    "fr": "Aucun",
    "de": "Nichts davon",
    "pt": "Nenhum",
    "ar": "لا شيء منها",
}
RATHER_NOT: _Usual = {
    "en": "I would rather not say",
    "es": "Prefiero no decirlo",
    "fr": "Je préfère ne pas le dire",
    "de": "Das möchte ich nicht sagen",
    "pt": "Prefiro não dizer",
    "ar": "أفضّل ألا أقول",
}
NOT_KNOWN: _Usual = {
    "en": "I don't know",
    "es": "No lo sé",
    "fr": "Je ne sais pas",
    "de": "Ich weiß es nicht",
    "pt": "Não sei",
    "ar": "لا أعرف",
}


def usual(words: _Usual, languages: Sequence[str]) -> Words:
    """The words in those of these languages that have some; English where the first one has none."""
    said = {language: words[language] for language in languages if language in words}
    return {languages[0]: words["en"], **said} if languages[0] not in said else said
