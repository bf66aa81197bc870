"""What results depend on besides the text: code, model, reference data and pack, each as a digest."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

from pipeline.digests import DATA_SUFFIXES, file_digest, folder_digest, text_digest
from pipeline.nlp import model_fingerprint
from pipeline.settings import PROJECT_ROOT, Settings

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(pipeline[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+(pipeline[\w.]+))",
    re.MULTILINE,
)
_LIBRARIES: Final = ("holidays", "py3langid", "pyyaml", "spacy", "thinc")
"""Packages whose versions rows may depend on."""
_READING: Final = ("charset-normalizer", "courlan", "htmldate", "justext", "lxml", "trafilatura")
"""Packages that make text of HTML."""


def cleaning_fingerprint(settings: Settings) -> str:
    """What the cleaning of a page depends on besides its bytes and its sidecar."""
    return text_digest(source_digest("pipeline.cleaning"), folder_digest(settings.reference, DATA_SUFFIXES))


def page_fingerprint() -> str:
    """What text and facts of an HTML page depend on besides its bytes and what the server said."""
    libraries = " ".join(f"{name}-{importlib.metadata.version(name)}" for name in _READING)
    return text_digest(source_digest("pipeline.ingest.html"), libraries)


def parse_fingerprint(model: str) -> str:
    """What a parse depends on besides the text."""
    own = PROJECT_ROOT / "pipeline"
    parsing = [own / "nlp.py", *sorted((own / "quick").glob("*.py"))]
    return text_digest(model_fingerprint(model), *map(file_digest, parsing), _libraries())


def extraction_fingerprint(settings: Settings) -> str:
    """What is read off a page depends on this besides the page: code, model, reference data, pack."""
    return text_digest(
        parse_fingerprint(settings.model),
        source_digest("pipeline.reading"),
        folder_digest(settings.reference, DATA_SUFFIXES),
        folder_digest(settings.domain_folder, DATA_SUFFIXES),
    )


@lru_cache(maxsize=8)
def source_digest(module: str) -> str:
    """Digest of the source of a module of `pipeline` and of all others that it imports, wherever in it.

    A change of any of them may change what the module gives; a change of others cannot.
    """
    files = sources_of(module)
    told = [f"{name} {file_digest(path)}" for name, path in sorted(files.items())]
    return text_digest(*told, _libraries(), f"{sys.version_info.major}.{sys.version_info.minor}")


@lru_cache(maxsize=8)
def sources_of(module: str) -> dict[str, Path]:
    """Files of a module of `pipeline` and of those that it imports, however far away, by module."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = None if name in found else _source(name)
        if path is not None:
            found[name] = path
            waiting += _imported(name, path)
    return found


@lru_cache(maxsize=1024)
def _imported(name: str, path: Path) -> frozenset[str]:
    """The package that a module is in, and all that it may import: names of modules, or of what is in one."""
    found = {name.rpartition(".")[0]} if "." in name else set()
    for origin, names, plain in _IMPORT.findall(path.read_text(encoding="utf-8")):
        found.add(origin or plain)
        found.update(f"{origin}.{each}" for each in re.findall(r"\w+", names) if origin)
    return frozenset(found)


@lru_cache(maxsize=8192)
def _source(name: str) -> Path | None:
    path = PROJECT_ROOT.joinpath(*name.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


@lru_cache(maxsize=1)
def _libraries() -> str:
    return " ".join(f"{name}-{importlib.metadata.version(name)}" for name in _LIBRARIES)
