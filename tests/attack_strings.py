"""Texts made from a regular expression to make it slow: long runs of what it repeats, ended badly.

A search that backtracks takes time that grows with the square of such a run's length, or worse. Run as a
program, the module lists the patterns that a whole run compiles, one JSON object a line.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("pipeline", "assets", "expectations", "dashboard")
FUNCTIONS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
LENGTHS = (24, 400, 3_000, 9_000, 20_000)
"""Characters of a run; a search at one length that takes long is not tried at the next."""
ENDS = ("\x00", "")
_ANCHORED = {"match", "fullmatch", "pattern", "flags"}
_MANY = 200
_SAMPLES = (
    "a",
    "A",
    "1",
    " ",
    ".",
    ",",
    "'",
    '"',
    "-",
    "_",
    "x\u0301",
    "“",
    "(",
    "[",
    "\t",
    "é",
    "@",
    "/",
    ":",
)


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """What stands before a run, and the piece repeated in it, for every long repetition of a pattern."""
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    seen: set[tuple[str, str]] = set()
    for before, inner in _repeats(tree, ""):
        pieces = {_sample(inner), *(s for s in _SAMPLES if _accepts(inner, s, flags))}
        for piece in sorted(pieces - {""}):
            for start in {before, ""}:
                if (start, piece) not in seen:
                    seen.add((start, piece))
                    yield start, piece


def slowest(pattern: str, flags: int, limit: float, anchored: bool = False) -> tuple[float, str] | None:
    """Seconds of processor time and the attack of the first look that takes longer than `limit`, or None.

    An `anchored` pattern is matched at the beginning of the text only, others are searched in it.
    """
    compiled = re.compile(pattern, flags)
    look = compiled.match if anchored else compiled.search
    for before, piece in attacks(pattern, flags):
        for end in ENDS:
            for length in LENGTHS:
                text = before + piece * (length // len(piece)) + end
                began = time.process_time()
                look(text)
                took = time.process_time() - began
                if took > limit:
                    return took, f"{before!r} + {piece!r} * {length // len(piece)} + {end!r}"
    return None


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Every repetition that may run long, with a text that leads to it."""
    for op, value in tree:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = value
            if most >= _MANY:
                yield before, inner
            yield from _repeats(inner, before)
            before += _sample(inner) * max(1, least)
            continue
        if op is codes.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], before)
        elif op is codes.ATOMIC_GROUP:
            yield from _repeats(value, before)
        before += _sample([(op, value)])


def _accepts(inner: Any, sample: str, flags: int) -> bool:
    """Whether the repeated part, taken alone, matches the sample; judged by its parsed form."""
    compiled = re._compiler.compile(_rebuilt(inner, flags))  # type: ignore[attr-defined]
    return compiled.fullmatch(sample) is not None


def _rebuilt(inner: Any, flags: int) -> Any:
    state = parser.State()
    state.flags = flags & ~re.DEBUG
    state.str = ""
    state.groupdict = {}
    state.groupwidths = [(0, 1)] * 100
    return parser.SubPattern(state, list(inner))


def _sample(tree: Any) -> str:
    """A short text that the parsed pattern matches, as far as that can be told without solving it."""
    return "".join(_sample_of(op, value) for op, value in tree)


def _sample_of(op: Any, value: Any) -> str:
    if op is codes.LITERAL:
        return chr(value)
    if op is codes.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if op is codes.ANY:
        return "a"
    if op is codes.IN:
        return _member(value)
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, _, inner = value
        return _sample(inner) * least
    if op is codes.SUBPATTERN:
        return _sample(value[3])
    if op is codes.BRANCH:
        return min((_sample(branch) for branch in value[1]), key=len)
    if op is codes.ATOMIC_GROUP:
        return _sample(value)
    if op in (codes.ASSERT, codes.ASSERT_NOT, codes.AT, codes.GROUPREF, codes.GROUPREF_EXISTS):
        return ""
    raise AssertionError(f"{op} is no part of a pattern that is known here")


_SPELLED = (codes.LITERAL, codes.RANGE)
"""Parts of a set that name characters by their numbers."""


def _member(items: Any) -> str:
    """A character of a set."""
    compiled = re._compiler.compile(_rebuilt([(codes.IN, items)], 0))  # type: ignore[attr-defined]
    found = next((s for s in (*_SAMPLES, *map(chr, range(33, 0x250))) if compiled.fullmatch(s)), None)
    if found is None:
        found = next(chr(v if op is codes.LITERAL else v[0]) for op, v in items if op in _SPELLED)
    return found


def made_in_code() -> set[tuple[str, str | None]]:
    """Every place where a pattern is made, as ``path:line``, and the pattern if it is written there."""
    return {
        (
            f"{path.relative_to(ROOT)}:{node.lineno}",
            _as_text(node.args[0].value) if isinstance(node.args[0], ast.Constant) else None,
        )
        for path, node in _calls()
    }


def _as_text(pattern: str | bytes) -> str:
    """A pattern over bytes as one over the characters of the same numbers."""
    return pattern if isinstance(pattern, str) else pattern.decode("latin-1")


def names_at() -> dict[str, str]:
    """Names that modules give to patterns, by the place where they are made."""
    names = {}
    for path in _sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                target, value = node.targets[0].id, node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                target, value = node.target.id, node.value
            else:
                continue
            if isinstance(value, ast.Call):
                names[f"{path.relative_to(ROOT)}:{value.lineno}"] = target
    return names


def anchored_names() -> set[str]:
    """Names of patterns that the code only ever matches at a beginning: no use of them searches."""
    used: dict[str, set[str]] = {}
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.setdefault(node.value.id, set()).add(node.attr)
    return {name for name, methods in used.items() if methods & set(FUNCTIONS) and methods <= _ANCHORED}


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function of `re` that takes a pattern."""
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in FUNCTIONS
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
            ):
                yield path, node


def _is_ours(path: Path) -> bool:
    """Whether a file is the project's own: an environment inside the checkout is not."""
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in PACKAGES


def _spy(found: dict[tuple[str, int], set[str]]) -> None:
    """Have every function of `re` note its pattern and the line that gave it."""
    for name in FUNCTIONS:
        real = getattr(re, name)

        def noting(pattern: Any, *args: Any, _real: Any = real, _name: str = name, **named: Any) -> Any:
            caller = sys._getframe(1)
            if isinstance(pattern, str) and _is_ours(Path(caller.f_code.co_filename)):
                flags = named.get("flags", 0)
                if _name == "compile" and args:
                    flags = args[0]
                elif _name in ("search", "match", "fullmatch", "findall", "finditer") and len(args) > 1:
                    flags = args[1]
                site = f"{Path(caller.f_code.co_filename).relative_to(ROOT)}:{caller.f_lineno}"
                found.setdefault((pattern, int(flags)), set()).add(site)
            return _real(pattern, *args, **named)

        setattr(re, name, noting)


def main() -> None:
    """Import everything, read all reference data, run a page through, and list the patterns on the way."""
    found: dict[tuple[str, int], set[str]] = {}
    _spy(found)
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from tests.whole_run import use_everything

    use_everything()
    for (pattern, flags), sites in found.items():
        print(json.dumps({"pattern": pattern, "flags": flags, "sites": sorted(sites)}))


if __name__ == "__main__":
    main()
