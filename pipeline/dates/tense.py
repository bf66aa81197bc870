"""Whether the words around a position speak of the past or of what is to come, from cue words alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.dates.calendar import load_calendar

_REACH = 90
_BREAK = re.compile(r"[.!?]\s(?=[A-Z“\"])|[;:]\s|[“”\"]|,\s(?:and|but|which|who|where)\s")


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    """One pattern for all cues, the longest first, so that "was due to" is not read as "due to"."""
    own = load_calendar()
    future = {cue.lower() for cue in own.future_cues}
    ordered = sorted({*future, *(c.lower() for c in own.past_cues)}, key=lambda c: (-len(c), c))
    named = [rf"({re.escape(c)})" if c in future else re.escape(c) for c in ordered]
    return re.compile(
        rf"(?:(?<!\w)|(?=['’]))(?:{'|'.join(named)}|[a-z]{{2,20}}ed)(?!\w)".replace(r"\ ", r"\s")
    )


def _tense_of(match: re.Match[str]) -> Literal["past", "future"]:
    return "past" if match.lastindex is None else "future"


def tense_around(text: str, start: int, end: int) -> Literal["past", "future"] | None:
    """Tense of the clause that holds ``text[start:end]``, by its nearest cue word; None without a cue.

    Words before the expression count before words after it, since English puts the date last.
    """
    before = text[max(0, start - _REACH) : start]
    cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
    earlier = list(_cues().finditer(before.lower(), cut))
    if earlier:
        return _tense_of(earlier[-1])
    after = text[end : end + _REACH]
    stop = _BREAK.search(after)
    later = _cues().search(after.lower(), 0, stop.start() if stop else len(after))
    return None if later is None else _tense_of(later)
