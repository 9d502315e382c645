"""The map that says which column of somebody else's file answers which question, and how."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from feedback.operations.errors import ImportRefused
from forms.definition import Instrument


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one column becomes the answer to one question.

    `values` translates what the file says into option ids ("" means: no answer); None takes the text as it is.
    """

    column: str
    question: str
    values: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ImportMap:
    """A map file: `columns` as above, `group` the column whose value names a declared group, `separator` one letter."""

    columns: tuple[ColumnMap, ...]
    group: str | None = None
    separator: str = ","


def read_map(text: str, instrument: Instrument) -> ImportMap:
    """The map in this YAML text; ImportRefused naming what does not fit the instrument.

    ```yaml
    columns:
      rating: {question: happy, values: {positive: very, negative: not-at-all, neutral: ""}}
      text: {question: tell-us}
    ```
    """
    try:
        # The base loader reads words as words: `yes` and `no` are answers here, and never truth values.
        said = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes only texts and lists
    except yaml.YAMLError as broken:
        line = getattr(getattr(broken, "problem_mark", None), "line", 0) + 1
        raise ImportRefused(((line, "the map is not YAML: " + str(getattr(broken, "problem", broken))),)) from broken
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
        raise ImportRefused(((1, "the map needs `columns:`, a list of column: {question: …}"),))
    unknown = set(said) - {"columns", "group", "separator"}
    problems = [f"`{key}` means nothing here; known are columns, group, separator" for key in sorted(unknown)]
    separator = str(said.get("separator", ","))
    if len(separator) != 1:
        problems.append(f"`separator` is one letter, such as ; and not {separator!r}")
    columns = []
    for column, target in said["columns"].items():
        problems.extend(_map_problems(str(column), target, instrument))
        if isinstance(target, dict):
            values = target.get("values")
            translated = {str(k): str(v) for k, v in values.items()} if isinstance(values, dict) else None
            columns.append(ColumnMap(str(column), str(target.get("question")), translated))
    if problems:
        raise ImportRefused(tuple((1, problem) for problem in problems))
    return ImportMap(tuple(columns), said.get("group"), separator)


def _map_problems(column: str, target: object, instrument: Instrument) -> Iterator[str]:
    if not isinstance(target, dict) or "question" not in target:
        yield f"column {column!r} needs a `question:`"
        return
    known = {question.id: question for question in instrument.questions}
    question = known.get(str(target["question"]))
    if question is None:
        yield f"question {target['question']!r} is not in the round's instrument; it asks {', '.join(known)}"
        return
    options = {option.id for option in (*question.cells(), *question.apart())}
    for value in (target.get("values") or {}).values() if options else ():
        if str(value) and str(value) not in options:
            yield f"question {question.id!r} has no answer {value!r}; it has {', '.join(sorted(options))}"
