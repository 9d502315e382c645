"""What we noted in a file of ours, when it comes back: somebody may have changed it by hand, or on purpose."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from forms.exchange.assembly import Assembly
from forms.texts import Data


def sound(
    model: type[BaseModel], noted: Mapping[str, Any], place: str, to: Assembly, also: Collection[str] = ()
) -> Data:
    """What of it a part of this kind can have; `also` are keys that are looked at elsewhere. The rest is told."""
    kept: Data = {}
    for key, value in noted.items():
        if key in also or _fits(model, key, value):
            kept[key] = value
        else:
            to.lose("extra_gone", place, key)
    return kept


def _fits(model: type[BaseModel], key: str, value: Any) -> bool:
    reader = _readers(model).get(key)
    if reader is None:
        return False
    try:
        reader.validate_python(value)
    except (ValidationError, RecursionError):
        return False
    return True


@cache
def _readers(model: type[BaseModel]) -> dict[str, TypeAdapter[Any]]:
    """By the key in a file, what reads the values under it."""
    return {field.alias or name: _reader(field) for name, field in model.model_fields.items()}


def _reader(field: FieldInfo) -> TypeAdapter[Any]:
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)
