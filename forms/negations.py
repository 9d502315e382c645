"""Words and letters that turn a sentence around, in the languages that forms are asked in."""

from functools import cache

#: Whole words. Of scripts without spaces they are looked for inside a run of letters.
_WORDS = {
    "en": "no not nor never none nobody nothing neither without cannot dont doesnt didnt isnt arent wasnt wont cant",
    "ar": "لا لم لن ليس ليست ليسوا لست ما غير بدون دون ولا فلا ولم ولن أبدا",
    "es": "no nunca nada nadie ningún ninguno ninguna ni tampoco sin jamás",
    "fr": "ne n pas jamais rien personne aucun aucune ni sans non plus",
    "pt": "não nunca nada ninguém nenhum nenhuma nem sem jamais",
    "de": "nicht nie niemals nichts niemand kein keine keinen keinem keiner keines ohne nein weder noch",
    "it": "non no mai niente nulla nessuno nessuna né senza",
    "pl": "nie nigdy nic nikt żaden żadna żadne ani bez",
    "ru": "не ни нет никогда ничего никто без",
    "uk": "не ні нема ніколи нічого ніхто без",
    "ro": "nu niciodată nimic nimeni nici fără",
    "tr": "değil hiç yok hayır asla",
    "so": "ma maya aan aanan aanay aanu ha weligay marna la'aan",
    "sw": "si hapana la bila kamwe sio siyo",
    "vi": "không chưa chẳng đừng chớ",
    "tl": "hindi wala huwag walang hindî",
    "ht": "pa pap non janm anyen san",
    "hi": "नहीं न ना मत बिना कभी",
    "ur": "نہیں نہ مت بغیر کبھی",
    "fa": "نه هیچ هرگز بدون نیست نیستم نیستند",
    "ps": "نه هيڅ هیڅ پرته",
    "bn": "না নেই নয় নি কখনো বিনা",
    "am": "የለም አይደለም አይ በጭራሽ",
    "ti": "ኣይ የለን ኣይኮነን",
    "ne": "छैन होइन नगर्नुहोस् न बिना",
    "ko": "안 못 없 않 아니",
    "zh": "不 没 沒 无 無 别 別 未 非 勿",
    "ja": "ない なかっ ません ず ぬ 不 無 非 未",
    "my": "မ ဘူး",
    "th": "ไม่ มิ อย่า",
    "km": "មិន ពុំ គ្មាន កុំ",
    "lo": "ບໍ່ ຢ່າ",
}
#: Found inside words, because no space stands before them.
_INSIDE = frozenset({"zh", "ja", "ko", "my", "th", "km", "lo"})
#: Letters of which one more or less inside a verb can turn it around: "biliyorum", "bilmiyorum".
_LETTERS = {
    "tr": "m",
    "az": "m",
    "kk": "мпб",
    "ky": "мпб",
    "uz": "m",
    "fa": "ن",
    "fa-AF": "ن",
    "ti": "ኣይን",
    "am": "አአልይም",
}


def is_negation(word: str, language: str) -> bool:
    """Whether the casefolded word says no, in this language."""
    base = language.partition("-")[0]
    if base in _INSIDE:
        return any(each in word for each in _listed(base))
    return word.replace("\u2019", "'") in _listed(base) or (base == "en" and word[-3:] in ("n't", "n\u2019t"))


def negating_letters(language: str) -> str:
    """Letters that have to stay in number in every word of this language."""
    return _LETTERS.get(language, _LETTERS.get(language.partition("-")[0], ""))


@cache
def _listed(base: str) -> frozenset[str]:
    return frozenset(_WORDS.get(base, "").casefold().split())
