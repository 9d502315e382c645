"""Words that a template shares are said in the language of each page, not in that of the first page that was made.

Jinja keeps what it imports without context (jinja.palletsprojects.com, "Import context behavior"): what such a template
sets outside its macros is worked out once for the whole process.
"""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, nodes

from tests.rules.source import ROOT

_FOLDER = ROOT / "templates"
_READER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_SAYS = {"_", "gettext", "ngettext"}


@cache
def _read(name: str) -> nodes.Template:
    return _READER.parse((_FOLDER / name).read_text(encoding="utf-8"))


def _names() -> list[str]:
    return sorted(str(path.relative_to(_FOLDER)) for path in _FOLDER.rglob("*.html"))


def _kept(page: nodes.Template) -> Iterator[str]:
    """Templates that this one imports without context."""
    imports: list[nodes.FromImport | nodes.Import] = [*page.find_all(nodes.FromImport), *page.find_all(nodes.Import)]
    for each in imports:
        if not each.with_context and isinstance(each.template, nodes.Const):
            yield each.template.value


def _said_once(page: nodes.Template) -> bool:
    """Whether something is said in words outside of the template's macros."""
    outside = [each for each in page.body if isinstance(each, nodes.Assign | nodes.AssignBlock)]
    calls = [call for each in outside for call in each.find_all(nodes.Call)]
    return any(isinstance(call.node, nodes.Name) and call.node.name in _SAYS for call in calls)


def test_what_is_kept_says_nothing_in_one_language() -> None:
    kept = {(name, each) for name in _names() for each in _kept(_read(name))}
    assert len(kept) > 100
    assert [(name, each) for name, each in sorted(kept) if _said_once(_read(each))] == []


def test_words_outside_of_a_macro_are_found() -> None:
    assert _said_once(_READER.parse('{% set names = {"a": _("Letter")} %}'))
    assert not _said_once(_READER.parse('{% macro name() %}{% set a = _("Letter") %}{{ a }}{% endmacro %}'))
