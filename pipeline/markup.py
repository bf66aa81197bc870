"""Words of documents on pages that others render: shown as they are, with no effect of their own."""

from __future__ import annotations

from typing import Final

_LABEL: Final = 80
_MARKDOWN: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\|<*[`"})


def markdown_cell(text: str, longest: int) -> str:
    """`text` for a cell of a Markdown table, on one line and cut to `longest` characters.

    No tag, link, picture, emphasis or code of its own takes effect, and no bar ends the cell.
    """
    line = " ".join(text.split())
    line = line if len(line) <= longest else line[: longest - 1] + "…"
    return line.translate(_MARKDOWN)


def picture_label(text: str) -> str:
    """`text` as a label in a picture, cut to `_LABEL` characters, on one line.

    Matplotlib would read what stands between two dollar signs as a formula, and fail where it is none.
    """
    line = " ".join(text.split())
    line = line if len(line) <= _LABEL else line[: _LABEL - 1] + "…"
    return line.replace("$", "\\$")
