"""The headings that other tools write themselves, in the languages in which they write them."""

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from typing import Literal

Tool = Literal["google", "microsoft", "limesurvey"]

_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_AT_ENDS = " .:;*?!¿¡؟。？！：…"
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)


def folded(text: str) -> str:
    """Words as they are compared: without case, markup, numbering, double spaces, and signs at their ends."""
    return folded_to_the_end(text).strip(_AT_ENDS)


def folded_to_the_end(text: str) -> str:
    """Likewise, with the signs at the ends: where something follows, tools leave them."""
    plain = unicodedata.normalize("NFKC", unescape(_TAG.sub(" ", text))).casefold()
    # Tools write characters without width, and spaces that do not break.
    shown = "".join(" " if sign.isspace() else sign for sign in plain if unicodedata.category(sign) != "Cf")
    return _NUMBER.sub("", " ".join(shown.split()))


def folded_words(words: str) -> frozenset[str]:
    """Words that a bar stands between, each as it is compared."""
    return frozenset(folded(each) for each in words.split("|"))


#: When a form was sent, as Google names the first column.
_TIMESTAMP = folded_words(
    "Timestamp|Zeitstempel|Marca temporal|Horodateur|Carimbo de data/hora|Carimbo de tempo|طابع زمني|الطابع الزمني|"
    "时间戳记|时间戳|時間戳記|Dấu thời gian|Позначка часу|Отметка времени|Waqti|Oras|टाइमस्टैंप|टाइमस्टैम्प|ٹائم اسٹیمپ|"
    "Informazioni cronologiche|Tijdstempel|Sygnatura czasowa|Zaman damgası"
)
#: When a form was begun and sent, as Microsoft and LimeSurvey name it.
_TIMES = folded_words(
    "Start time|Completion time|Last modified time|Startzeit|Fertigstellungszeit|Zeitpunkt der letzten Änderung|"
    "Hora de inicio|Hora de finalización|Hora de la última modificación|Heure de début|Heure de fin|"
    "Heure de la dernière modification|Hora de início|Hora de conclusão|Hora da última modificação|وقت البدء|"
    "وقت الإكمال|وقت آخر تعديل|开始时间|完成时间|上次修改时间|Thời gian bắt đầu|Thời gian hoàn thành|Час початку|"
    "Час завершення|Время начала|Время выполнения|Время завершения|Время последнего изменения|प्रारंभ समय|पूर्णता समय|"
    "submitdate|startdate|datestamp|Date submitted|Date started|Date last action|Datum Abgeschickt|Datum gestartet|"
    "Datum letzte Aktivität|Fecha de envío|Fecha de inicio|Fecha de la última acción|Date de soumission|"
    "Date de lancement|Date de la dernière action|interviewtime|Total time|Gesamtzeit|Tiempo total|Temps total"
)
#: Who sent it, or from where.
_PERSON = folded_words(
    "Email|E-mail|Email address|Username|Name|Full name|E-Mail-Adresse|E-Mail|Nutzername|Nombre|Correo electrónico|"
    "Dirección de correo electrónico|Nombre de usuario|Nom|Adresse e-mail|Adresse de messagerie|Nom d'utilisateur|"
    "Nome|Endereço de e-mail|Nome de usuário|الاسم|البريد الإلكتروني|عنوان البريد الإلكتروني|اسم المستخدم|姓名|名称|"
    "电子邮件|电子邮件地址|用户名|Tên|Địa chỉ email|Ім’я|Ім'я|Електронна пошта|Адреса електронної пошти|Имя|"
    "Электронная почта|Адрес электронной почты|Имя пользователя|नाम|ईमेल|ईमेल पता|نام|ای میل|ipaddr|IP address|"
    "IP-Adresse|Dirección IP|Adresse IP|refurl|Referrer URL|Weiterleitungs-URL|URL de referencia|URL référente|token|"
    "Access code|Zugangscode|Código de acceso|Code d'accès|firstname|lastname|attribute_1|attribute_2"
)
#: What numbers or marks the rows.
_RECORD = folded_words(
    "id|Response ID|Antwort ID|ID de respuesta|ID de la réponse|lastpage|Last page|Letzte Seite|Última página|"
    "Dernière page|startlanguage|Start language|Start-Sprache|Startsprache|Idioma inicial|Lenguaje inicial|"
    "Langue de départ|seed|Zufallsstartwert|Semilla|Tête de série|quota_exit|Language|Sprache|Idioma|Langue|Score|"
    "Punktzahl|Puntuación|Total points|Quiz feedback|Grade posted time|Gesamtpunktzahl|Test-Feedback"
)
_SUBMITTED = folded_words(
    "submitdate|Date submitted|Datum Abgeschickt|Fecha de envío|Date de soumission|Data de envio|تاريخ الإرسال|提交日期"
)
_LIMESURVEY = folded_words(
    "lastpage|Last page|Letzte Seite|Última página|Dernière page|startlanguage|Start language|Start-Sprache|"
    "Startsprache|Idioma inicial|Lenguaje inicial|Langue de départ"
)
#: LimeSurvey may measure how long each page and question took.
_TIMING = re.compile(r"(group|question|gruppen|fragen)(time| time|zeit)\b.*\d|points - |feedback - ")


def tool_of(headings: Sequence[str]) -> Tool | None:
    """Which tool wrote a file with these headings; None where they do not tell."""
    said = [folded(heading) for heading in headings]
    if not said:
        return None
    numbered = said[0] in _RECORD
    if sum(each in _LIMESURVEY for each in said) >= 2 or (numbered and any(each in _SUBMITTED for each in said)):
        return "limesurvey"
    if numbered and sum(each in _TIMES for each in said) >= 2:
        return "microsoft"
    return "google" if said[0] in _TIMESTAMP else None


def is_about_the_person(heading: str) -> bool:
    """Whether the tool writes this column of itself: who sent the row, when, from where, or its number."""
    said = folded(heading)
    return said in _TIMESTAMP | _TIMES | _PERSON | _RECORD or bool(_TIMING.match(said))


def says_when_sent(heading: str) -> bool:
    """Whether LimeSurvey writes here when a row was sent; it is empty in rows that nobody ever sent."""
    return folded(heading) in _SUBMITTED
