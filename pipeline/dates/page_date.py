"""Full dates in page furniture: bylines, "last updated" lines, time stamps, in several languages."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.dates import calendar as cal
from pipeline.dates.calendar import load_calendar
from pipeline.dates.grammar import scan
from pipeline.dates.reading import Context
from pipeline.dates.readings import read
from pipeline.model import DateRange

# A furniture line is short: what lies further in is prose, whose dates are not the page's.
_MAX_LINE = 400
_DAY_RULES = frozenset({"iso", "numeric", "day_month", "month_day"})
_SLASHED_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d\d)/(\d\d)(?!\d)")
_UPDATED = re.compile(r"\b(?:updated?|modified|edited|aktualisiert|mis à jour|actualizado)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    names = sorted(
        {n for ns in load_calendar().foreign_months.values() for n in ns}, key=lambda n: (-len(n), n)
    )
    joined = "|".join(re.escape(n) for n in names)
    return re.compile(
        rf"(?<![\w])(\d{{1,2}})(?:\.|er|º)?\s(?:de\s)?({joined})\.?,?\s(?:de\s)?((?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )


def parse_page_date(line: str) -> DateRange | None:
    """The day that a line of page furniture gives in full, with its year, or None.

    Of a day of publication and a day of update the first counts. None too if the line is no furniture
    (too long), if it gives several days for other reasons, or a day that can be read two ways (12/03/2026).
    """
    if len(line) > _MAX_LINE:
        return None
    found: list[tuple[int, DateRange]] = []
    nothing = Context(None, None, None)
    for expression in scan(line):
        if expression.rule in _DAY_RULES:
            days = read(expression.rule, "", expression.groups, nothing).days
            if days is not None and cal.width(days) == 0:
                found.append((expression.core, days))
    for match in _SLASHED_ISO.finditer(line):
        days = cal.day(int(match[1]), int(match[2]), int(match[3]))
        if days is not None:
            found.append((match.start(), days))
    for match in _foreign().finditer(line):
        days = cal.day(int(match[3]), load_calendar().month_number(match[2]), int(match[1]))
        if days is not None:
            found.append((match.start(), days))
    distinct = {days.first for _, days in found}
    if not distinct:
        return None
    earliest = min(distinct)
    if len(distinct) > 1 and _UPDATED.search(line) is None:
        return None
    return DateRange(earliest, earliest)
