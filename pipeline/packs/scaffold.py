"""A new pack: a copy of the template, whose files load as they are and show every kind of entry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pipeline.errors import ReferenceDataError
from pipeline.settings import PROJECT_ROOT

TEMPLATE: Final = PROJECT_ROOT / "seeds" / "pack_template"
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_ID, _LABEL = "example_pack", "Example pack"


def scaffold(folder: Path) -> list[Path]:
    """Write a new pack of examples to `folder`, and give its files.

    Raises:
        ReferenceDataError: code ``pack_name`` if the folder's name is none for a pack, ``pack_exists`` if
            something is there already: nothing is ever written over.
    """
    if not NAME.fullmatch(folder.name):
        raise ReferenceDataError(
            "pack_name", f"{folder.name!r}: a pack's name is lower-case letters, digits and underscores."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReferenceDataError("pack_exists", f"{folder} exists and is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    label = folder.name.replace("_", " ").capitalize()
    written = []
    for template in sorted(TEMPLATE.glob("*.yaml")):
        text = template.read_text(encoding="utf-8")
        path = folder / template.name
        path.write_text(text.replace(_ID, folder.name).replace(_LABEL, label), encoding="utf-8")
        written.append(path)
    return written
