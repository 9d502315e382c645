"""The product's source, read for rules: which files there are, and what a rule says of one of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Respondents' pages and what stands behind them: nothing here may learn who asks, or when.
RESPONDENT = (
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "feedback/web/respondents").glob("*.py")),
    "feedback/web/typed.py",
    "feedback/web/workshop/second_hand.py",
    *(f"feedback/operations/answers/{name}.py" for name in ("kiosk", "one_envelope", "publish", "receipts", "respond")),
    *(f"feedback/operations/answers/{name}.py" for name in ("respond_sealed", "rooms")),
    "feedback/operations/workshop/class_session.py",
    *(f"feedback/privacy/{name}.py" for name in ("box", "carrying", "receipts", "slips")),
    "feedback/models/box.py",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of a file, by its path in the repository, that breaks a rule."""

    path: str
    line: int
    rule: str


def python_files(*folders: str) -> Iterator[str]:
    """Paths of the Python files in these folders of the repository."""
    for folder in folders:
        yield from sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py"))


def templates() -> Iterator[str]:
    """Paths of all templates."""
    yield from sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html"))


@cache
def text_of(path: str) -> str:
    """What stands in a file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree_of(path: str) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text_of(path))


def dotted(node: ast.AST) -> str:
    """ "request.headers.get" for such an expression; "" where it is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
