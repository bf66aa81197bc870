"""Importing Great Expectations without what no check here uses: it takes longer than most suites do."""

from __future__ import annotations

import gc
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Later(MetaPathFinder):
    """Finds some modules as others do, and has them loaded when something of them is first used."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._finding = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if self._finding or fullname not in self._names:
            return None
        self._finding = True  # the others are asked by way of us
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._finding = False
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


@contextmanager
def loading_later(*names: str) -> Iterator[None]:
    """Let imports within put off the loading of modules until they are used.

    The garbage collector rests meanwhile: an import makes much that stays, and little to collect.
    """
    finder, collecting = _Later(frozenset(names)), gc.isenabled()
    sys.meta_path.insert(0, finder)
    gc.disable()
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        if collecting:
            gc.enable()
