"""Where the product's own files are: packed inside the package in a wheel, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """The folder of templates, translations, static files or samples; FileNotFoundError if the product lacks it."""
    packed, beside = _PACKAGE / name, _PACKAGE.parent / name
    found = packed if packed.is_dir() else beside
    if not found.is_dir():
        raise FileNotFoundError(f"no {name}/ in {_PACKAGE} or {_PACKAGE.parent}")
    return found
