"""Writes `analysis/text/lexicons/words/` and `names/` from our own texts, and names from Faker (MIT) too.

    .setup/lexicons.py CORPUS [--without HELD_OUT]

CORPUS has the folders `themes` (theme, mood, style, text) and `names` (a word a line, " ?" behind one that is also an
everyday word). `words/<language>.txt` is what is usually written: a word and how often it comes, in comments that we
wrote and in our own catalogues; `<language>-Latn.txt` is the same as people type it in Latin letters.
"""

import argparse
import contextlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from analysis.name_words import fold, is_han  # noqa: E402 - found only now
from analysis.text.wording import RUN, base_of, script_of  # noqa: E402

LEXICONS = HOUSE / "analysis" / "text" / "lexicons"
CAPITAL = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐĀ-Ž]")
#: Languages that people type in Latin letters on telephones.
TYPED_IN_LATIN = {"ar", "bn", "fa", "hi", "pa", "ur"}
LOCALES = {
    "am": (),
    "ar": ("ar_AA", "ar_PS", "ar_SA", "ar_DZ"),
    "bn": ("bn_BD",),
    "de": ("de_DE", "de_AT"),
    "en": ("en_GB", "en_US", "en_IN", "en_NG", "en_KE", "en_PK"),
    "es": ("es_ES", "es_MX", "es_CO"),
    "fa": ("fa_IR",),
    "fr": ("fr_FR", "fr_DZ"),
    "hi": ("hi_IN",),
    "ko": ("ko_KR",),
    "pl": ("pl_PL",),
    "pt": ("pt_BR", "pt_PT"),
    "ro": ("ro_RO",),
    "ru": ("ru_RU",),
    "sw": ("sw",),
    "tr": ("tr_TR",),
    "uk": ("uk_UA",),
    "vi": ("vi_VN",),
    "zh": ("zh_CN", "zh_TW"),
}


def main() -> None:
    """Write every list anew."""
    asked = argparse.ArgumentParser()
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--out", type=Path, default=LEXICONS)
    asked.add_argument("--every-second", action="store_true", help="hold every second comment out, to measure with")
    given = asked.parse_args()
    names = {path.stem: authored(path) for path in sorted((given.corpus / "names").glob("*.txt"))}
    for lang, found in merged(names).items():
        write(given.out / "names" / f"{lang}.txt", (word + mark for word, mark in sorted(found.items())))
    for lang in sorted(
        {base_of(path.name.replace("_", "-")) for path in (HOUSE / "translations").iterdir() if path.is_dir()}
    ):
        write(given.out / "not_names" / f"{lang}.txt", iter(sorted(set(not_names(lang)))))
    write(given.out / "months.txt", iter(sorted(months())))
    write_cues(given.corpus / "names", given.out / "cues")
    sure = {fold(word) for found in names.values() for word, mark in found.items() if not mark}
    for lang, counts in words(given.corpus / "themes", sure, every_second=given.every_second).items():
        if base_of(lang) == lang or lang.removesuffix("-Latn") in TYPED_IN_LATIN:
            write(given.out / "words" / f"{lang}.txt", (f"{word} {count}" for word, count in sorted(counts.items())))


def authored(path: Path) -> dict[str, str]:
    """The words of a list we wrote; " ?" for those that are everyday words too."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        for word in RUN.findall(line.removesuffix("?").replace("-", " ")):
            found[word] = " ?" if line.endswith("?") else ""
    return found


def merged(names: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Ours and Faker's, which have " ~" where a capital has to say that they are names: nobody has looked at them."""
    every: dict[str, dict[str, str]] = {}
    for lang in sorted({*LOCALES, *(base_of(each) for each in names)}):
        found = {word: " ~" if script_of(word) in {"Latn", "Cyrl"} or len(word) < 3 else "" for word in faker(lang)}
        for each, own in names.items():
            if base_of(each) == lang:
                found |= own
        every[lang] = {word: mark for word, mark in found.items() if len(word) > 1 or is_han(word[:1])}
    return every


def not_names(lang: str) -> Iterator[str]:
    """What CLDR (Unicode licence) calls countries, languages, months and days."""
    try:
        locale = Locale.parse("fil" if lang == "tl" else lang)
    except (UnknownLocaleError, ValueError):
        return
    calendar = [*locale.months["format"]["wide"].values(), *locale.months["stand-alone"]["wide"].values()]
    calendar += [*locale.days["format"]["wide"].values(), *locale.days["stand-alone"]["wide"].values()]
    # Of several words some are people's: San Marino, Saint Helena.
    places = [name for code, name in locale.territories.items() if code.isalpha() and len(name.split()) == 1]
    for name in [*calendar, *places, *(name for name in locale.languages.values() if len(name.split()) == 1)]:
        yield from (word for word in RUN.findall(name) if len(word) > 2 or is_han(word[0]))


def write_cues(folder: Path, out: Path) -> None:
    """What our writers say stands beside names, but for what is said there by hand (`cues.tsv`)."""
    by_hand = {(lang, place, cue.strip()) for lang, place, _, cues in by_hand_lines() for cue in cues.split(",")}
    for path in sorted(folder.glob("*.cues.tsv")):
        lang = base_of(path.name.removesuffix(".cues.tsv"))
        lines = {tuple(line.strip().lower().split("\t")[:2]) for line in path.read_text(encoding="utf-8").splitlines()}
        write(out / f"{lang}.tsv", ("\t".join(line) for line in sorted(lines) if (lang, *line) not in by_hand))


def by_hand_lines() -> Iterator[list[str]]:
    for line in (LEXICONS / "cues.tsv").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def months() -> set[str]:
    """The months in every language of ours, whole and short, as CLDR has them and as we add them."""
    found = set((LEXICONS / "more_months.txt").read_text(encoding="utf-8").split())
    for folder in (HOUSE / "translations").iterdir():
        lang = base_of(folder.name.replace("_", "-"))
        with contextlib.suppress(UnknownLocaleError, ValueError):
            locale = Locale.parse("fil" if lang == "tl" else lang)
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    found |= {name.rstrip(".").lower() for name in locale.months[context][width].values()}
    return {name for name in found if RUN.fullmatch(name) and len(name) > 1}


def faker(lang: str) -> Iterator[str]:
    for locale in LOCALES.get(lang, ()):
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for kind in dir(provider):
            listed = getattr(provider, kind)
            if re.fullmatch(r"(first|last)_(romanized_)?names?(_\w+)?", kind) and not callable(listed):
                for name in listed:
                    yield from RUN.findall(name.replace("-", " ").title() if name.isascii() else name.replace("-", " "))


def words(themes: Path, names: set[str], *, every_second: bool) -> dict[str, Counter[str]]:
    """How often which word comes, by language."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lang, text in texts(themes, every_second=every_second):
        count(counts, lang, text)
    for line in (LEXICONS / "typed_in_latin.txt").read_text(encoding="utf-8").splitlines():
        langs, _, written = line.partition("\t")
        for lang in langs.split():
            # As often as such little words come in what we wrote.
            counts[f"{lang}-Latn"].update(dict.fromkeys(written.split(), 8))
    # Who types Hindi in Latin letters, and who types Urdu so, types one language.
    both = counts["hi-Latn"] + counts["ur-Latn"]
    for lang in ("hi-Latn", "ur-Latn"):
        counts[lang].update(both)
    for lang, counter in counts.items():
        for word in [word for word in counter if lang.endswith("-Latn") and counts["en"][word] > counter[word]]:
            del counter[word]
        for word in [word for word, many in counter.items() if many <= 1 and fold(word) in names]:
            del counter[word]
    return dict(counts)


def texts(themes: Path, *, every_second: bool) -> Iterator[tuple[str, str]]:
    for path in sorted(themes.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if not (every_second and number % 2):
                yield base_of(path.stem), line.rpartition("\t")[2]
    for path in sorted((HOUSE / "translations").glob("*/LC_MESSAGES/*.po")):
        lang = base_of(path.parts[-3].replace("_", "-"))
        with path.open("rb") as file:
            for message in read_po(file):
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                source = message.id if isinstance(message.id, tuple) else (message.id,)
                for text in source if lang == "en" else said:
                    yield lang, re.sub(r"%\(\w+\)s|<[^>]+>|https?://\S+", " ", text)
    for path in sorted((HOUSE / "forms" / "library").glob("*.yaml")):
        yield from labels(yaml.safe_load(path.read_text(encoding="utf-8")))


def labels(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        if "en" in part and all(isinstance(text, str) for text in part.values()):
            yield from ((base_of(lang), text) for lang, text in part.items())
        else:
            for each in part.values():
                yield from labels(each)
    elif isinstance(part, list):
        for each in part:
            yield from labels(each)


def count(counts: dict[str, Counter[str]], lang: str, text: str) -> None:
    at_start = True
    found = list(RUN.finditer(text))
    scripts = Counter(script_of(each[0]) for each in found)
    own = {
        "ar": "Arab",
        "fa": "Arab",
        "ps": "Arab",
        "ur": "Arab",
        "hi": "Deva",
        "bn": "Beng",
        "pa": "Guru",
        "uk": "Cyrl",
        "ru": "Cyrl",
        "zh": "Hani",
        "ko": "Hang",
        "am": "Ethi",
        "ti": "Ethi",
    }.get(lang, "Latn")
    typed = scripts.most_common(1)[0][0] if scripts else own
    for each in found:
        word = each[0]
        script = script_of(word)
        capital = CAPITAL.match(word) is not None
        # English words in other languages are English's. A name is no everyday word; German writes all nouns so.
        if script == own and (lang == "de" or at_start or not capital):
            if script == "Hani":
                counts[lang].update(word[at : at + 2] for at in range(len(word) - 1))
                counts[lang].update(word)
            elif not (capital and at_start and lang != "de") or text.islower():
                counts[lang][word.lower()] += 1
            elif capital and at_start:
                counts[lang][word.lower()] += 0
        elif script == "Latn" and typed == "Latn" and lang in TYPED_IN_LATIN and not capital:
            counts[f"{lang}-Latn"][word.lower()] += 1
        at_start = text[each.end() : each.end() + 1] in set(".!?\n:。！？…")


def write(path: Path, lines: Iterator[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
