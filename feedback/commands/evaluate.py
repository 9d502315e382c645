"""`voicebox evaluate`: how well written words are understood, on comments that people have labelled."""

import csv
import importlib.util
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.commands.place import Place, in_place, progress_bar

if TYPE_CHECKING:
    from analysis.text.e5.weights import Floats
    from analysis.text.quality.run import Quality

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TITLES = {
    "theme_f1": "themes",
    "abstained": "abstained",
    "mood_f1": "mood",
    "language": "language",
    "names": "names out",
    "other_identifiers": "numbers out",
    "clean_touched": "clean hit",
    "concern_recall": "concerns",
    "flagged_ordinary": "flagged",
    "flagged_lookalike": "lookalikes",
}


@click.command("evaluate")
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--codes", type=_FILE, help="A CSV file of two columns: a theme code of the files, and ours.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--baselines/--no-baselines", default=True, help="Also measure what others would do (slower).")
@in_place
def evaluate_command(
    place: Place, files: Sequence[Path], codes: Path | None, *, as_json: bool, baselines: bool
) -> None:
    """Measure the reading of comments on labelled CSV files.

    Columns: id, text, lang, theme, sentiment; optional second_theme, label (disclosure, lookalike, ordinary) and
    pii_json (a list of {type, text}). Nothing is stored.
    """
    from analysis.text.quality import baselines as others  # noqa: PLC0415 - loads the analysis stack
    from analysis.text.quality.labelled import LabelsUnreadable, read_labelled  # noqa: PLC0415 - likewise
    from analysis.text.quality.run import evaluate  # noqa: PLC0415 - likewise
    from feedback.operations.text_reader import text_reader  # noqa: PLC0415 - likewise

    reader = text_reader(place.settings())
    results = []
    for path in files:
        try:
            rows = read_labelled(path, _codes(codes))
        except (LabelsUnreadable, UnicodeDecodeError) as wrong:
            raise click.ClickException(str(wrong)) from wrong
        with progress_bar(f"reading {path.name}") as progress:
            quality = evaluate(rows, reader, progress=progress)
        beside = others.baselines(rows, _as_packaged(place)) if baselines else {}
        results.append({"file": path.name, **asdict(quality), "baselines": beside})
        if not as_json:
            _print(path, quality, beside)
    if as_json:
        click.echo(json.dumps(results, indent=1, ensure_ascii=False))


def _as_packaged(place: Place) -> "Callable[[Sequence[str]], Floats] | None":
    """The encoder before it learned about schools, for what most people do with one."""
    from analysis.text.e5.encoder import E5  # noqa: PLC0415 - loads the analysis stack
    from analysis.text.e5.lessons import NO_LESSONS  # noqa: PLC0415 - likewise
    from feedback.operations.text_reader import models_folder  # noqa: PLC0415 - likewise

    if importlib.util.find_spec("umap") is None:
        click.echo("Encoder, UMAP and HDBSCAN are not compared with: `make compare` installs them.", err=True)
        return None
    return E5(models_folder(place.settings()), lessons=NO_LESSONS).encode


def _codes(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}


def _print(path: Path, quality: "Quality", beside: dict[str, dict[str, float | None]]) -> None:
    shown = [name for name in _TITLES if any(one[name] is not None for one in quality.by_language.values())]
    click.echo(f"\n{path.name}: {quality.texts} comments, read by {quality.reader}")
    click.echo("".join([f"{'':10}", *(f"{_TITLES[name]:>12}" for name in shown)]))
    for label, figures in [*quality.by_language.items(), ("mean", quality.mean), ("worst", quality.worst)]:
        click.echo("".join([f"{label:10}", *(f"{_said(figures[name]):>12}" for name in shown)]))
    if quality.discovery["nmi"] is not None:
        click.echo("Found without a codebook: " + _listed(quality.discovery))
    if quality.own_codes_f1 is not None:
        click.echo(f"Its own codes, learned from four fifths of it: macro-F1 {_said(quality.own_codes_f1)}")
    for name, figures in beside.items():
        click.echo(f"{name}: " + _listed(figures))
    click.echo(f"{quality.texts_per_cpu_second:.0f} comments a CPU second, at most {quality.peak_memory:.0f} MB.")


def _listed(figures: dict[str, float | None]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {_said(figure)}" for name, figure in figures.items())


def _said(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


COMMANDS = (evaluate_command,)
