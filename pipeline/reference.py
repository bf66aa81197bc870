"""Reading reference data: YAML files that an analyst can edit, validated by a model on load."""

from __future__ import annotations

import difflib
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ReferenceDataError


class Strict(BaseModel):
    """Base of all models of reference data: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=BaseModel)

MAX_YAML_BYTES: Final = 5_000_000
"""Size of the largest file that is read; the largest of the project has a tenth of it."""
MAX_YAML_DEPTH: Final = 32
"""Lists and mappings inside each other; reference data has eight."""
MAX_YAML_VALUES: Final = 500_000
"""Values of a file, those that aliases repeat counted each time; the project's largest has a fiftieth."""

# The C loader is the same safe loader, an order of magnitude faster.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(path: Path, max_bytes: int = MAX_YAML_BYTES) -> Any:
    """What a YAML file says, as plain values: no objects, not too large and not too deep.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
        yaml.YAMLError: it is not the YAML that is read here.
    """
    return parse_yaml_text(read_yaml_text(path, max_bytes))


def read_yaml_text(path: Path, max_bytes: int = MAX_YAML_BYTES) -> str:
    """The text of a YAML file that is not too large; raises what `parse_yaml` raises."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise yaml.YAMLError("not a file")  # reading a pipe would wait for whoever writes into it
    if status.st_size > max_bytes:
        raise yaml.YAMLError(f"{status.st_size} bytes; at most {max_bytes} are read")
    return path.read_text(encoding="utf-8")


def parse_yaml_text(text: str) -> Any:
    """The same of a text; raise yaml.YAMLError if it is not the YAML that is read here."""
    _refuse_bombs(text)
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    except (ValueError, TypeError, OverflowError) as error:
        # A day that no calendar has, a whole number too long to be read, a list as a key.
        raise yaml.YAMLError(f"a value cannot be read: {error}") from error


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read: values in it so far, aliases followed, and levels below it."""

    anchor: str | None
    values: int = 1
    levels: int = 0


def _refuse_bombs(text: str) -> None:
    """Look at a text's structure before any of it is built: building follows the nesting down the stack.

    Aliases repeat a value without writing it again: a few hundred bytes of them may stand for billions of
    values. So what they stand for is counted.
    """
    around: list[_Open] = [_Open(None)]
    known: dict[str, _Open] = {}
    for event in yaml.parse(text, Loader=_LOADER):
        line = 0 if event.start_mark is None else event.start_mark.line + 1
        match event:
            case yaml.CollectionStartEvent():
                around.append(_Open(event.anchor))
            case yaml.CollectionEndEvent():
                closed = around.pop()
                if closed.anchor is not None:
                    known[closed.anchor] = closed
                around[-1].values += closed.values
                around[-1].levels = max(around[-1].levels, closed.levels + 1)
            case yaml.AliasEvent() if event.anchor in known:
                around[-1].values += known[event.anchor].values
                around[-1].levels = max(around[-1].levels, known[event.anchor].levels + 1)
            case yaml.AliasEvent():
                # Of a single value, or of what it stands in: without end.
                if any(each.anchor == event.anchor for each in around):
                    raise yaml.YAMLError(f"line {line}: {event.anchor!r} holds itself")
                around[-1].values += 1
            case yaml.ScalarEvent():
                around[-1].values += 1
            case _:
                pass
        if len(around) + around[-1].levels > MAX_YAML_DEPTH:
            raise yaml.YAMLError(f"line {line}: more than {MAX_YAML_DEPTH} levels")
        if around[-1].values > MAX_YAML_VALUES:
            raise yaml.YAMLError(f"line {line}: more than {MAX_YAML_VALUES} values")


def load_reference(path: Path, model: type[M], max_bytes: int = MAX_YAML_BYTES) -> M:
    """Read the YAML file at ``path`` into ``model``; raise ReferenceDataError naming file and field.

    A file of more than `max_bytes` or `MAX_YAML_VALUES`, or deeper than `MAX_YAML_DEPTH`, is refused.
    Results are cached by path, modification time and model, so that stages may ask again.
    """
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise ReferenceDataError("reference_missing", f"{path} cannot be read: {error.strerror}.") from error
    return _load(path, stamp, model, max_bytes)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int, model: type[BaseModel], max_bytes: int) -> BaseModel:
    try:
        text = read_yaml_text(path, max_bytes)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReferenceDataError("reference_unreadable", f"{path} is not readable YAML: {error}") from error
    return parse_reference(text, str(path), model)


def parse_reference(text: str, name: str, model: type[M]) -> M:
    """Read YAML into ``model``; raise ReferenceDataError naming ``name`` and field."""
    try:
        data = parse_yaml_text(text)
    except yaml.YAMLError as error:
        raise ReferenceDataError("reference_unreadable", f"{name} is not readable YAML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = _unknown_field(first["loc"], model) if first["type"] == "extra_forbidden" else first["msg"]
        raise ReferenceDataError(
            "reference_invalid", f"{name}: {where}: {said} ({error.error_count()} error(s) in all)."
        ) from error


def _unknown_field(loc: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """What to say of a field that the file may not hold: at its top, which ones it may."""
    if len(loc) > 1:
        return "there is no such field"
    known = sorted(field.alias or name for name, field in model.model_fields.items())
    given = str(loc[0])
    longer = [name for name in known if name.startswith(given) or given.startswith(name)]
    near = longer or difflib.get_close_matches(given, known, n=1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"there is no such field; {meant}Known are {', '.join(known)}"
