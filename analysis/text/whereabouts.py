"""What leads to one pupil without a name: street addresses, the code of a class, a birthday. Found by their shape.

Patterns look at plain text: digits and full-width signs as ASCII (`redaction.redact` sees to it). Every repetition has
an end, so that no text takes long.
"""

import re

from analysis.name_words import fold
from analysis.text.lexicon import common, months, shape
from analysis.text.name_lists import Span, apart

_W = r"[^\W\d_][\w'’.-]{0,30}"
_NO = rf"(?:{shape('number_signs')})?"
_NUMBER = r"\d{1,5}(?:\s?[a-zа-яA-ZА-Я](?!\w))?(?:[/-]\d{1,4})?"
_FLAT = (
    r"(?:,?\s?(?:(?:app?t?|apto?|apart\w{0,6}|flat|unit|piso|кв|квартира|оф|ap|شقة|floor|block|bloco|bl|etaj|mieszk\w{0,4}|m)\.?\s?#?\d{1,4}[a-z]?"
    r"|\d{4,6}(?!\d)|[\d]{1,2}[ºª°]\s?[a-z]?))?"
)
_STREETS = shape("streets")
_ENGLISH = r"street|str|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|crescent|terrace|kalye|sokağı|sokak|caddesi"
_ENGLISH_WITH_CAPITAL = (
    r"Drive|Dr|Close|Court|Ct|Way|Place|Pl|Square|Sq|Gardens|Grove|Park|Row|Mews|Hill|Walk|Circle|Trail"
)
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w/])(?:{_STREETS})(?:\s|(?<=[./])\s?)(?:{_W},?\s){{0,4}}{_W},?\s{_NO}{_NUMBER}{_FLAT}(?!\w)",
        rf"(?<![\w/.]){_NUMBER}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.?|boulevard|bd|place|impasse|chemin|all[ée]e|quai|route|ri|ru|rua|calle)\s(?:(?:de\sla|de\sl['’]|des|du|de|d['’]|la|le|l['’])\s?){{0,1}}{_W}(?:\s(?-i:[A-ZÀ-Þ])[\w'’-]{{1,30}}){{0,3}}",
        rf"(?<!\w)[^\W\d_]{{2,30}}(?:stra(?:ß|ss)e|str\.?|weg|platz|gasse|allee|ring|damm|ufer|chaussee)\s\d{{1,4}}\s?[a-z]?(?!\w)(?:,?\s\d{{5}}(?:\s{_W})?)?",
        rf"(?<![\w/.#])#?{_NUMBER}\s(?:(?:e|w|n|s)\.?\s)?(?P<middle>(?:{_W}\s){{1,3}})(?:{_ENGLISH})(?![\w])\.?{_FLAT}",
        rf"(?<![\w/.#])#?{_NUMBER}\s(?-i:(?:[A-Z][\w'’-]{{1,30}}\s){{1,3}}(?:{_ENGLISH_WITH_CAPITAL}))(?!\w){_FLAT}",
        rf"(?<!\w)(?:flat|apartment|apt\.?|unit)\s?#?\d{{1,4}}[a-z]?,\s?\d{{1,4}}\s(?:{_W}\s){{1,3}}{_W}",
        # Blocks and lots of the Philippines, blocks of South Asia.
        r"(?<!\w)(?:bl(?:oc)?k|ph(?:ase)?)\.?\s?\d{1,4},?\s(?:lot|lt|blk|block)\.?\s?\d{1,4}(?:,?\s(?-i:[A-Z])\w{1,30}(?:\s(?-i:[A-Z])\w{1,30}){0,3})?",
        r"(?<!\w)(?:house|makaan|makan|ghar|flat|h)\s?(?:no|number|num|nambar|#)\.?\s?#?\d{1,4}[a-z]?(?:,?\s(?:street|gali|sector|block|st)\s?(?:no\.?\s?)?[\w-]{1,6}){0,2}",
        rf"(?:مکان|گھر|ہاؤس|فلیٹ|کوٹھی|پلاٹ)\s?(?:نمبر|نمبر:|#)\s?{_NUMBER}(?:\s?[،,]?\s?(?:گلی|سٹریٹ|اسٹریٹ|سیکٹر|بلاک|محلہ|روڈ)\s(?:نمبر\s)?[\w-]{{1,15}}){{0,3}}",
        rf"(?:گلی|سٹریٹ|اسٹریٹ)\s?(?:نمبر|#)\s?{_NUMBER}(?:\s?[،,]\s?(?:محلہ|سیکٹر|بلاک)\s[\w-]{{1,15}}(?:\s[\w-]{{1,15}})?)?",
        rf"(?:मकान|घर|फ्लैट|हाउस|प्लॉट)\s?(?:नंबर|नम्बर|नं\.?|न\.|संख्या)\s?{_NUMBER}(?:\s?[,]?\s?(?:गली|सेक्टर|ब्लॉक|मोहल्ला|रोड)\s(?:नंबर\s|नं\.?\s)?[^\s,।.]{{1,15}}){{0,3}}",
        rf"(?:गली|सेक्टर)\s?(?:नंबर|नम्बर|नं\.?)\s?{_NUMBER}(?:\s?,\s?[^\s,।.]{{1,20}}(?:\s(?:नगर|विहार|कॉलोनी))?)?",
        rf"(?:شارع|طريق|حي|زنقة|درب|نهج)\s(?:{_W}\s){{0,3}}{_W}\s?[،,]?\s(?:رقم|عمارة|بناية|شقة|منزل|بيت|مبنى|دار|فيلا)?\s?{_NUMBER}(?:\s?[،,]?\s?(?:شقة|طابق)\s\d{{1,3}})?",
        rf"(?:عمارة|بناية|منزل|بيت|فيلا)\s(?:رقم\s)?{_NUMBER}\s?[،,]?\s?(?:شارع|حي|طريق|زنقة)\s{_W}(?:\s{_W})?",
        r"(?:[\u3400-\u9fff]{2,3}[省市区县]){0,3}[\u3400-\u9fff]{2,4}(?:大道|路|街|巷|弄|胡同|小区|新村|花园|苑|里)\s?\d{1,5}\s?(?:号楼|号|弄|栋|幢|座|楼)(?:\s?\d{1,4}\s?(?:号楼|号|栋|幢|单元|座|楼|室|层)){0,3}(?:\s?\d{3,4}室?)?",
        r"\d{1,4}\s?(?:栋|号楼|幢)\s?\d{1,4}\s?(?:单元|室)(?:\s?\d{2,4}室?)?",
        rf"(?<!\w)(?:nhà\s)?(?:số|so|sn)\s?(?:nhà\s)?\d{{1,4}}[a-z]?(?:/\d{{1,4}}){{0,3}},?\s(?:đường|đ\.|phố|ngõ|hẻm|ngách|kiệt|tổ|ấp|thôn|xóm|duong|pho|ngo|hem)\s{_W}(?:\s{_W}){{0,2}}",
        rf"(?<![\w/.])\d{{1,4}}[a-z]?(?:/\d{{1,4}}){{0,3}},?\s(?:đường|phố|hẻm|ngõ|kiệt)\s{_W}(?:\s(?-i:[A-ZĐÀ-Ỹ])\w{{0,12}}){{0,3}}",
        rf"(?<!\w)(?:guri(?:ga)?)\s(?:lambar|nambar|number|no\.?)\s?\d{{1,4}}(?:,?\s(?:xaafadda|waddada|jidka)\s{_W}(?:\s(?-i:[A-Z])\w{{1,20}})?)?",
        rf"(?<!\w)(?:xaafadda|waddada|jidka)\s{_W}(?:\s(?-i:[A-Z])\w{{1,20}})?,?\s(?:guri(?:ga)?)\s(?:(?:lambar|nambar|number|no\.?)\s?)?\d{{1,4}}",
    )
)

_CLASS_WORD = shape("class_words")
_ORDINAL = r"(?:\s?(?:º|°|ª|er|ro|do|to|mo|no|vo|ème|eme|è|th|rd|st|nd|е|й|ий|го))?"
_LETTER = r"[A-Za-zА-Яа-яҐЄІЇ]"
_CLASSES = (
    re.compile(
        rf"(?<!\w)(?i:{_CLASS_WORD})\s?(?:№|no\.?|نمبر)?\s?(?P<code>\d{{1,2}}{_ORDINAL}\s?[-/.]?\s?[\"“”«']?{_LETTER}\d?[\"”»']?)(?![\w'’])"
    ),
    re.compile(
        r"(?<!\w)(?i:lớp|lop|class|klasse|turma|classe|grade|year)\s?(?P<code>\d{1,2}[A-Za-z]\d{1,2}|\d{1,2}[./-]\d{1,2})(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?i:{_CLASS_WORD})\s(?P<code>[A-Z]\d{{1,2}}|\d{{1,2}}-\d{{1,2}})(?!\w)"),
    re.compile(
        # Arabic writes "and", "in", "to" together with the word; "half" ends in the word for class.
        rf"(?<!\w)(?:[وفبلك]{{0,2}}(?:الصف|صف|فصل|الفصل)|جماعت|کلاس|कक्षा|क्लास)\s"
        rf"(?P<code>(?:\d{{1,2}}\s?[-/ ]?|[^\W\d_]{{2,8}}\s?[-/ ])\s?[\"«(]?"
        rf"(?:{shape('class_letters')})[\"»)]?)(?!\w)"
    ),
    re.compile(
        rf"(?:(?<!\w)(?i:{shape('class_prepositions')})|,)\s"
        r"(?![23][dD]|[2-5][gG])(?P<code>(?:[1-9]|1[0-3])[-]?[a-fа-гґє])(?![\w%°'’]|[.,]\d)"
    ),
    re.compile(r"(?<![\w.,/])(?P<code>(?:[1-9]|1[0-3])\s[«\"“][A-EА-Д][»\"”])"),
    re.compile(r"(?<!\w)(?:из|в|у|з|с|із|зі|во)\s(?P<code>(?:[1-9]|1[0-1])\s[А-Д])(?!\w)"),
    re.compile(
        r"(?<!\w)(?i:grade|form|year|section|grado|baitang)\s(?P<code>\d{1,2}\s?[-–]?\s?(?!I\b)[A-Z][a-z]{2,14})(?=\W|$)"
    ),
    re.compile(r"(?<!\w)(?i:grade|form|year)\s(?P<code>\d{1,2}\sset\s\d)"),
    # Without a word beside it: 5B, 7-Б, 11c; but not 3D, 4G or 2e.
    re.compile(
        r"(?<![\w.,:/+#€$£-])(?![23][dD]|[2-5][gG])(?P<code>(?:[1-9]|1[0-3])[-]?[A-HА-ЖҐЄ]\d?)(?![\w%°'’]|[.,]\d)"
    ),
    re.compile(
        r"(?<![\w.,])(?P<code>\d{1,2}\s?(?:º|°|ª|o|a|er|ro|do|to|mo|no|vo|ème|eme|yèm|e|th|rd|st|nd)\s?(?:ESO\s|EP\s|ano\s|año\s|ane\s|klas\s)?[\"“]?[A-F](?:[\"”](?!\w)|(?!\w)))"
    ),
    re.compile(r"(?<!\w)(?P<code>(?:CP|CE[12]|CM[12]|GS|MS|PS)\s?[A-D](?!\w))"),
    re.compile(
        r"(?P<code>(?:[初高小]?[一二三四五六七八九十\d]{1,2}年级|[初高][一二三123]|[一二三四五六七八九]|\d{1,2})\s?[（(]?[\d一二三四五六七八九十]{1,2}[）)]?\s?班|\d{1,2}班)(?![车级主长会干])"
    ),
    re.compile(r"(?P<code>\d{1,2}학년\s?\d{1,2}반)"),
)

_BORN = re.compile(shape("born"), re.IGNORECASE)
_YEARS = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th|er|º|°|ª|-?го|-?е|ème|eme|\.))?"
_DATES = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}(?:\s?[./-]\s?(?:{_YEARS}|\d\d))?|{_YEARS}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{1,2}}"
    rf"|(?:{_YEARS}\s?年\s?)?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号號]?|(?:{_YEARS}년\s?)?\d{{1,2}}월\s?\d{{1,2}}일"
    rf"|ngày\s\d{{1,2}}\stháng\s\d{{1,2}}(?:\snăm\s{_YEARS})?|\d{{1,2}}\s(?:tháng|thang)\s\d{{1,2}}(?:(?:\snăm|,)?\s{_YEARS})?)(?![\d])",
    re.IGNORECASE,
)
_SPELT_DATES = (
    re.compile(
        rf"(?<![\w.]){_DAY}\s?(?:de\s|of\s|d['’]|bishii\s|ng\s|ika-)?(?P<month>[^\W\d_][\w\u0900-\u0dff]{{1,20}}\.?)(?:,?\s(?:de\s|del\s|of\s)?{_YEARS})?(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<month>[^\W\d_][\w\u0900-\u0dff]{{1,20}}\.?)\s(?:the\s|ika-)?{_DAY}(?:,?\s(?:of\s)?{_YEARS})?(?![\d:])",
        re.IGNORECASE,
    ),
)
_FROM_CUE, _TO_CUE = 45, 30
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[!?。！？\n]|\.\s")


def addresses(text: str) -> list[Span]:
    """Street addresses with a number."""
    found: list[Span] = []
    if not _DIGIT.search(text):
        return found
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            middle = match.groupdict().get("middle") or ""
            # "3 kids on the street" is no address.
            if not any(fold(word) in common("en") for word in middle.split()):
                found.append(match.span())
    return apart(found)


def classes(text: str) -> list[Span]:
    """Codes of classes such as 5B; the word "class" stays."""
    return apart([match.span("code") for pattern in _CLASSES for match in pattern.finditer(text)])


def birthdays(text: str) -> list[Span]:
    """Dates beside a word for being born; other dates lead to nobody."""
    cues = [match.span() for match in _BORN.finditer(text)] if _DIGIT.search(text) else []
    if not cues:
        return []
    dates = [match.span() for match in _DATES.finditer(text)]
    dates += [match.span() for pattern in _SPELT_DATES for match in pattern.finditer(text) if _is_month(match["month"])]
    return apart([date for date in dates if any(_are_together(text, date, cue) for cue in cues)])


def _are_together(text: str, date: Span, cue: Span) -> bool:
    first, second = sorted((date, cue))
    farthest = _FROM_CUE if cue < date else _TO_CUE
    return second[0] - first[1] <= farthest and not _SENTENCE_END.search(text, first[1], max(second[0], first[1]))


def _is_month(word: str) -> bool:
    return fold(word.rstrip(".")) in months()
