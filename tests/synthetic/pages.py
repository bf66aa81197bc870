"""Whole pages: articles, copies under other furniture, live feeds, each made from (seed, number)."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass, replace
from typing import Any

from tests.synthetic.filler import filler
from tests.synthetic.furniture import Around, Outlet, around, outlets
from tests.synthetic.occasions import FIRST_DAY, N_DAYS, meeting, occasions_near
from tests.synthetic.rows import Line
from tests.synthetic.speech import Context, speech
from tests.synthetic.stances import position
from tests.synthetic.words import Words
from tests.synthetic.world import Negotiation, capitalised, negotiations

COPIES = 0.22
FEEDS = 0.02
UNDATED = 0.04
ROWS = 0.42
"""Share of an article's paragraphs that hold a row."""
AROUND = 50
"""Words that furniture adds, and by which a last paragraph runs over."""
AGENCIES = ("Reuters", "Associated Press", "AFP")
_QUOTES = {"curly": "“”’", "straight": '""\'', "single": "‘’’"}


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says, before an outlet sets it."""

    number: int
    day: dt.date
    about: Negotiation
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A finished document: its text, and its annotation in the form of tests/gold.

    `constructions` names the kind of each line that holds prose, by its number from 1. `copy_of` is the
    number of the page whose words it repeats, and `about` the negotiation.
    """

    number: int
    day: dt.date
    text: str
    gold: dict[str, Any]
    constructions: dict[int, str]
    copy_of: int | None
    about: Negotiation

    @property
    def name(self) -> str:
        """File name without ending."""
        return f"p{self.number:07d}"

    @property
    def path(self) -> str:
        """Path below the folder of the corpus: pages lie by month and day."""
        return f"{self.day:%Y-%m}/{self.day:%d}/{self.name}.txt"

    def gold_json(self) -> str:
        """The annotation as a file of tests/gold has it."""
        return json.dumps(self.gold, ensure_ascii=False, indent=1)


def _chance(seed: int, number: int, what: str) -> random.Random:
    return random.Random(f"{seed}/{what}/{number}")


def day_of(seed: int, number: int) -> dt.date:
    """When the page was written: any first pages of a corpus lie evenly over all days."""
    golden = 0.6180339887498949
    start = random.Random(f"{seed}/days").random()
    return FIRST_DAY + dt.timedelta(int((start + number * golden) % 1 * N_DAYS))


def original_of(seed: int, number: int) -> int | None:
    """The page that this one copies, or None; a copy is never copied."""
    chance = _chance(seed, number, "kind")
    if number == 0 or chance.random() >= COPIES:
        return None
    original = max(0, number - chance.randint(1, 40))
    while original > 0 and (_is_copy(seed, original) or is_feed(seed, original)):
        original -= 1
    return None if is_feed(seed, original) else original


def _is_copy(seed: int, number: int) -> bool:
    return number > 0 and _chance(seed, number, "kind").random() < COPIES


def is_feed(seed: int, number: int) -> bool:
    """Whether the page is a live feed."""
    return _chance(seed, number, "feed").random() < FEEDS and not _is_copy(seed, number)


def article(seed: int, number: int, n_words: int) -> Article:
    """The article of that number, about `n_words` words long on the average."""
    chance = _chance(seed, number, "article")
    day = day_of(seed, number)
    about = chance.choices(negotiations(seed), (6, 1, 1, 1, 2, 1, 1, 1, 1, 1))[0]
    c = Context(chance, about, day, Words(chance, about))
    wanted = n_words * chance.choice((0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6)) - AROUND
    lines: list[Line] = []
    length = 0
    while length < wanted:
        lines.append(_paragraph(c, seed))
        length += len(lines[-1].text.split())
    return Article(number, day, about, _title(c), tuple(lines))


def _paragraph(c: Context, seed: int) -> Line:
    if c.chance.random() >= ROWS:
        return filler(c.words, c.chance)
    near = occasions_near(seed, c.about, c.day)
    kind = c.chance.random()
    if near and kind < 0.22:
        return meeting(c, c.chance.choice(near))
    if c.about.has_positions and kind < 0.5:
        return position(c, seed)
    return speech(c)


def _title(c: Context) -> str:
    state = c.chance.choice(c.about.states)
    worries = c.chance.choice(("divides", "worries", "unsettles"))
    nth = c.chance.choice(("third", "fifth", "eighth"))
    return c.chance.choice(
        (
            f"{capitalised(c.words.pick(('{thing}',)))} {worries} {state.capital}",
            f"{capitalised(c.words.pick(('{matter}',)))}: what is at stake for {state.name}",
            f"In {c.words.pick(('{town}',))}, a long wait for {c.words.pick(('{need}',))}",
            f"Dispute over {c.words.pick(('{matter}',))} enters its {nth} month",
            f"Who pays for {c.words.pick(('{matter}',))}? A border province counts the cost",
        )
    ).replace("the the", "the")


class _Sheet:
    """A page that grows line by line, with what is known of each line."""

    def __init__(self, outlet: Outlet, day: dt.date, seed: int) -> None:
        self.outlet, self.day, self.seed = outlet, day, seed
        self.lines: list[str] = []
        self.furniture: list[int] = []
        self.rows: dict[str, list[dict[str, Any]]] = {"statements": [], "meetings": [], "positions": []}
        self.optional: list[dict[str, Any]] = []
        self.constructions: dict[int, str] = {}
        self.entry_dates: list[list[Any]] = []
        marks = _QUOTES[outlet.quotes]
        self.marks = str.maketrans("“”’", marks)

    def plain(self, *lines: str, furniture: bool = False) -> None:
        """Lines without rows; each followed by no blank line."""
        for text in lines:
            self.lines.append(text)
            if furniture and text.strip():
                self.furniture.append(len(self.lines))

    def prose(self, line: Line, opening: str = "", day: dt.date | None = None) -> None:
        """A paragraph with its rows, and a blank line."""
        own_day = (day or self.day).isoformat()
        self.lines.append(opening + line.text.translate(self.marks))
        number = len(self.lines)
        self.constructions[number] = line.construction
        for row in line.rows:
            fields: dict[str, Any] = {"line": number, **row.fields, "construction": row.construction}
            if row.optional:
                self.optional.append(
                    {"table": row.table, "line": number, "evidence": row.words.translate(self.marks)}
                )
                continue
            if row.table == "statements":
                fields["content"] = row.words.translate(self.marks)
                fields["date"] = fields["date"] or [own_day, own_day]
            else:
                fields["evidence"] = row.words.translate(self.marks)
            self.rows[row.table].append(fields)
        self.lines.append("")

    def page(self, number: int, art: Article, facts: dict[str, Any], copy_of: int | None) -> Page:
        """The finished page; annotators' optional rows stand in a list of their own."""
        gold: dict[str, Any] = {
            "doc": f"p{number:07d}",
            "lines": [[1, len(self.lines)]],
            "meta": facts,
            "boilerplate": [[n, n] for n in self.furniture],
            "entry_dates": self.entry_dates,
            "optional": self.optional,
            **self.rows,
        }
        text = "\n".join(self.lines) + "\n"
        return Page(number, self.day, text, gold, self.constructions, copy_of, art.about)


def page(seed: int, number: int, n_words: int = 500) -> Page:
    """The page of that number; equal arguments give equal bytes on every machine."""
    if is_feed(seed, number):
        return _feed(seed, number, n_words)
    original = original_of(seed, number)
    art = article(seed, number if original is None else original, n_words)
    chance = _chance(seed, number, "setting")
    outlet = chance.choice(outlets(seed))
    day, lines = art.day, list(art.lines)
    agency = None
    if original is not None:
        agency = AGENCIES[original % len(AGENCIES)] if chance.random() < 0.6 else None
        if not any(line.relative for line in lines) and chance.random() < 0.25:
            day += dt.timedelta(1)
        lines = _recut(lines, chance, Words(chance, art.about))
    dated = chance.random() >= UNDATED
    return _set(_Sheet(outlet, day, seed), art, lines, number, original, dated, agency, chance)


def _recut(lines: list[Line], chance: random.Random, words: Words) -> list[Line]:
    """What an editor does to a wire story: nothing, a shorter end, or a paragraph more."""
    choice = chance.random()
    if choice < 0.35 and len(lines) > 6:
        return lines[: -chance.randint(1, max(1, len(lines) // 5))]
    if choice < 0.5:
        return [*lines, filler(words, chance)]
    return lines


def _set(
    sheet: _Sheet,
    art: Article,
    lines: list[Line],
    number: int,
    copy_of: int | None,
    dated: bool,
    agency: str | None,
    chance: random.Random,
) -> Page:
    outlet = sheet.outlet
    own: Around = around(outlet, chance, sheet.day if dated else None, agency)
    title = art.title.translate(sheet.marks)
    sheet.plain(*own.before, furniture=True)
    sheet.plain("", title)
    sheet.plain(*own.head, furniture=True)
    sheet.plain("")
    dateline = f"{chance.choice(art.about.cities)[0].upper()} — " if chance.random() < 0.35 else ""
    for n, line in enumerate(lines):
        sheet.prose(line, dateline if n == 0 else "")
    sheet.plain(*own.after, furniture=True)
    published = [sheet.day.isoformat()] * 2 if dated else None
    facts = {
        "title": title,
        "publisher": outlet.name,
        "agency": agency,
        "authors": list(own.authors),
        "published": published,
        "format": "article",
    }
    return sheet.page(number, art, facts, copy_of)


def _feed(seed: int, number: int, n_words: int) -> Page:
    """A live feed: entries with times, the latest first, over one or two days."""
    chance = _chance(seed, number, "feed page")
    day = day_of(seed, number)
    about = chance.choice(negotiations(seed))
    outlet = replace(chance.choice(outlets(seed)), date="{d.day} {d:%B} {d.year}")
    sheet = _Sheet(outlet, day, seed)
    c = Context(chance, about, day, Words(chance, about))
    own = around(outlet, chance, day, None)
    title = f"{capitalised(c.words.pick(('{matter}',)))} dispute: live updates".translate(sheet.marks)
    sheet.plain(*own.before, furniture=True)
    sheet.plain("", title)
    sheet.plain(*own.head, furniture=True)
    sheet.plain("")
    minutes = 22 * 60 + chance.randint(0, 59)
    length = 0
    while length < n_words * 2 and minutes > 5 * 60:
        first = len(sheet.lines) + 1
        sheet.plain(f"{minutes // 60:02d}:{minutes % 60:02d} GMT", furniture=True)
        sheet.plain(capitalised(c.words.pick(_HEADINGS)).translate(sheet.marks), "")
        c.introduced.clear()
        for _ in range(chance.randint(1, 3)):
            line = _paragraph(c, seed)
            length += len(line.text.split())
            sheet.prose(line)
        sheet.entry_dates.append([first, len(sheet.lines), day.isoformat()])
        minutes -= chance.randint(9, 70)
    sheet.plain(*own.after, furniture=True)
    facts = {
        "title": title,
        "publisher": outlet.name,
        "agency": None,
        "authors": list(own.authors),
        "published": [day.isoformat()] * 2,
        "format": "live_feed",
    }
    art = Article(number, day, about, title, ())
    return sheet.page(number, art, facts, None)


_HEADINGS = (
    "No news from {town}",
    "A long day in {town}",
    "Waiting for {need}",
    "Questions over {matter}",
    "Trouble at {town}",
    "The bill for {matter}",
    "{thing}, once more",
)
