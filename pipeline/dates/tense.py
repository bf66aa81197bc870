"""Whether the words around a position speak of the past or of what is to come, from cue words alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.dates.calendar import load_calendar

_REACH = 90
_BREAK = re.compile(r"[.;:!?]\s|[“”\"]|,\s(?:and|but|which|who|where)\s")


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    own = load_calendar()

    def compiled(words: list[str]) -> re.Pattern[str]:
        ordered = sorted(words, key=lambda w: (-len(w), w))
        joined = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in ordered)
        return re.compile(rf"(?:(?<!\w)|(?=['’]))(?:{joined})(?!\w)", re.IGNORECASE)

    return compiled(own.future_cues), compiled(own.past_cues)


def tense_around(text: str, start: int, end: int) -> Literal["past", "future"] | None:
    """Tense of the clause that holds ``text[start:end]``, by its nearest cue word; None without a cue.

    Words before the expression count before words after it, since English puts the date last.
    """
    future, past = _cues()
    before = text[max(0, start - _REACH) : start]
    cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
    before = before[cut:]
    last_future = max((m.end() for m in future.finditer(before)), default=-1)
    last_past = max((m.end() for m in past.finditer(before)), default=-1)
    if last_future != last_past:
        return "future" if last_future > last_past else "past"
    after = text[end : end + _REACH]
    stop = _BREAK.search(after)
    after = after[: stop.start()] if stop else after
    first_future, first_past = future.search(after), past.search(after)
    if first_future is None and first_past is None:
        return None
    if first_past is None or (first_future is not None and first_future.start() < first_past.start()):
        return "future"
    return "past"
