"""What others would do with the same comments, measured in the same run."""

import warnings
from collections.abc import Callable, Sequence

from sklearn.cluster import HDBSCAN, KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score, normalized_mutual_info_score

from analysis.text.e5.weights import Floats
from analysis.text.english import noun_phrases, polarity
from analysis.text.quality.labelled import Labelled
from analysis.text.quality.measures import Figure

_NO_PHRASE = ""
#: As the best-known topic library has them (BERTopic 0.17: umap_model, hdbscan_model).
_NEIGHBOURS, _COLUMNS, _SMALLEST = 15, 5, 10
Meaning = Callable[[Sequence[str]], Floats]


def baselines(rows: Sequence[Labelled], meaning: Meaning | None = None) -> dict[str, dict[str, Figure]]:
    """By method: `nmi` (groups and themes), `coverage`, `nmi_language`, and `mood_f1` where it tells moods.

    `meaning` is a sentence encoder as it comes; with it, and with umap-learn installed (`make compare`), what most
    people do is measured too.
    """
    told = [row for row in rows if row.themes]
    found: dict[str, dict[str, Figure]] = {}
    if len({row.themes[0] for row in told}) > 1:
        found["TextBlob noun phrases"] = _noun_phrases(told)
        found["TF-IDF and k-means"] = _words_and_means(told)
        found |= _umap_and_hdbscan(told, meaning) if meaning else {}
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


def _umap_and_hdbscan(rows: Sequence[Labelled], meaning: Meaning) -> dict[str, dict[str, Figure]]:
    try:
        from umap import UMAP  # noqa: PLC0415 - an extra that only those install who compare
    except ImportError:
        return {}
    if len(rows) <= 2 * _NEIGHBOURS:
        return {}
    with warnings.catch_warnings():
        # It warns that a fixed start needs one core.
        warnings.simplefilter("ignore")
        near = UMAP(_NEIGHBOURS, n_components=_COLUMNS, min_dist=0.0, metric="cosine", random_state=0)
        flat = near.fit_transform(meaning([row.text for row in rows]))
    groups = HDBSCAN(min_cluster_size=_SMALLEST, copy=True).fit_predict(flat).tolist()
    inside = [(row, group) for row, group in zip(rows, groups, strict=True) if group >= 0]
    return {"Encoder, UMAP and HDBSCAN": _compared([row for row, _ in inside], [g for _, g in inside], len(rows))}


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
