"""Reading reference data: YAML files that an analyst can edit, validated by a model on load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ReferenceDataError


class Strict(BaseModel):
    """Base of all models of reference data: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=BaseModel)

# The C loader is the same safe loader, an order of magnitude faster.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_reference(path: Path, model: type[M]) -> M:
    """Read the YAML file at ``path`` into ``model``; raise ReferenceDataError naming file and field.

    Results are cached by path, modification time and model, so that stages may ask again.
    """
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise ReferenceDataError("reference_missing", f"{path} cannot be read: {error.strerror}.") from error
    return _load(path, stamp, model)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int, model: type[BaseModel]) -> BaseModel:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceDataError("reference_unreadable", f"{path} is not readable YAML: {error}") from error
    return parse_reference(text, str(path), model)


def parse_reference(text: str, name: str, model: type[M]) -> M:
    """Read YAML into ``model``; raise ReferenceDataError naming ``name`` and field."""
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ReferenceDataError("reference_unreadable", f"{name} is not readable YAML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReferenceDataError(
            "reference_invalid", f"{name}: {where}: {first['msg']} ({error.error_count()} error(s) in all)."
        ) from error
