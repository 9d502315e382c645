"""What others would do with the same comments, measured in the same run."""

from collections.abc import Sequence

from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score, normalized_mutual_info_score

from analysis.text.english import noun_phrases, polarity
from analysis.text.quality.labelled import Labelled
from analysis.text.quality.measures import Figure

_NO_PHRASE = ""


def baselines(rows: Sequence[Labelled]) -> dict[str, dict[str, Figure]]:
    """By method: `nmi` (groups and themes), `coverage`, `nmi_language`, and `mood_f1` where it tells moods."""
    told = [row for row in rows if row.themes]
    found: dict[str, dict[str, Figure]] = {}
    if len({row.themes[0] for row in told}) > 1:
        found["TextBlob noun phrases"] = _noun_phrases(told)
        found["TF-IDF and k-means"] = _words_and_means(told)
    found["TextBlob polarity"] = {"mood_f1": _polarity([row for row in rows if row.mood in ("positive", "negative")])}
    return found


def _noun_phrases(rows: Sequence[Labelled]) -> dict[str, Figure]:
    """Comments belong together whose first noun phrase ends in the same word."""
    heads = [next((phrase.split()[-1] for phrase in noun_phrases(row.text)), _NO_PHRASE) for row in rows]
    inside = [(row, head) for row, head in zip(rows, heads, strict=True) if heads.count(head) > 1 and head]
    return _compared([row for row, _ in inside], [head for _, head in inside], len(rows))


def _words_and_means(rows: Sequence[Labelled]) -> dict[str, Figure]:
    """As many groups as there are themes, of words weighed by TF-IDF."""
    weighed = TfidfVectorizer(min_df=2).fit_transform([row.text for row in rows])
    groups = KMeans(len({row.themes[0] for row in rows}), n_init=4, random_state=0).fit_predict(weighed)
    return _compared(rows, groups.tolist(), len(rows))


def _compared(rows: Sequence[Labelled], groups: Sequence[object], of: int) -> dict[str, Figure]:
    if len(rows) < 2:
        return {"nmi": None, "coverage": len(rows) / of, "nmi_language": None}
    names = [str(group) for group in groups]
    return {
        "nmi": float(normalized_mutual_info_score([row.themes[0] for row in rows], names)),
        "coverage": len(rows) / of,
        "nmi_language": float(normalized_mutual_info_score([row.language for row in rows], names)),
    }


def _polarity(rows: Sequence[Labelled]) -> Figure:
    if not rows:
        return None
    given = ["positive" if (found := polarity(row.text)) > 0 else "negative" if found < 0 else "" for row in rows]
    right = [row.mood for row in rows]
    return float(f1_score(right, given, labels=sorted(set(right)), average="macro", zero_division=0))
