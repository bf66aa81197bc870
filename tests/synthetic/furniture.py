"""What outlets put around their articles: menus, bylines, datelines, share bars, adverts, copyright lines."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import lru_cache

_TOWNS = (
    "Arden",
    "Brockley",
    "Calder",
    "Denholm",
    "Elstow",
    "Farrow",
    "Gower",
    "Hexam",
    "Ilston",
    "Kelby",
    "Lorne",
    "Marlow",
    "Norbury",
    "Orford",
    "Penrith",
    "Quarley",
    "Redcar",
    "Selby",
    "Tarrant",
    "Upwell",
)
_KINDS = ("Herald", "Post", "Tribune", "Courier", "Gazette", "Observer", "Chronicle", "Standard")
_GIVEN = (
    "Amelia",
    "Bruno",
    "Carla",
    "Desmond",
    "Elif",
    "Fiona",
    "Gareth",
    "Hilda",
    "Imran",
    "Jolanta",
    "Kofi",
    "Lena",
    "Marcus",
    "Nadia",
    "Owen",
    "Priya",
)
_FAMILY = (
    "Ashworth",
    "Brandt",
    "Castellan",
    "Dunmore",
    "Ellery",
    "Fairweather",
    "Garrick",
    "Holloway",
    "Ibbotson",
    "Kettering",
    "Lindqvist",
    "Marchetti",
    "Norwood",
    "Okafor",
    "Pettigrew",
    "Rowntree",
)
_MENUS = (
    ("Skip to main content", "Home  World  Politics  Business  Sport  Culture", "Subscribe", "Sign in"),
    ("Menu", "News | Opinion | Sport | Lifestyle | Video", "Log in", "Support us"),
    ("ADVERTISEMENT", "World", "Politics", "Economy", "Newsletters", "Search"),
    ("Skip to content", "Sections", "Live TV", "Audio", "Weather", "Account"),
    ("Open navigation menu", "Today's Paper", "Your account", "Home > World > Diplomacy"),
)
_SHARES = (
    ("Share", "Facebook", "X", "Email", "Print"),
    ("Share this article", "Copy link"),
    ("Listen 6 min", "Save", "Comments"),
    ("3 min read", "Share full article"),
    (),
)
_ENDS = (
    ("Related", "{a}", "{b}", "© {y} {name}. All rights reserved."),
    (
        "Most read",
        "1. {a}",
        "2. {b}",
        "Sign up for our newsletter",
        "Terms of use",
        "Privacy policy",
        "Copyright © {y} {name}",
    ),
    ("Read more", "{a}", "Follow us on Facebook", "Contact us", "All Rights Reserved © {name} {y}"),
    ("More on this story", "{b}", "ADVERTISEMENT", "About us", "Cookie settings", "© {name} {y}"),
    ("Subscribe to {name} for full access", "Advertise with us", "Privacy", "Copyright {y} {name}"),
)
_LINKS = (
    "A lighthouse keeper, a goat and a very long winter",
    "Judge halts sale of county fairgrounds",
    "Seven soups for the end of autumn",
    "Ferry service resumes after engine trouble",
    "Why your cat ignores you, and what to do about it",
    "Town hall clock to be repaired at last",
    "Quiz: how well do you know the rivers of Europe?",
    "Local team wins after three defeats",
)
_DATES = (
    "{d:%B} {d.day}, {d.year}",
    "{d.day} {d:%B} {d.year}",
    "Published {d.day} {d:%b} {d.year} {h:02d}:{m:02d} GMT",
    "{d:%A}, {d:%B} {d.day}, {d.year}",
    "Updated {h12}:{m:02d} PM EDT, {d:%B} {d.day}, {d.year}",
    "{d:%Y-%m-%d} {h:02d}:{m:02d}",
    "{d:%a} {d.day} {d:%b} {d.year} {h:02d}.{m:02d} GMT",
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A site that publishes pages, with its habits."""

    name: str
    menu: tuple[str, ...]
    share: tuple[str, ...]
    end: tuple[str, ...]
    date: str
    byline: str
    byline_first: bool
    quotes: str
    """Which quotation marks it sets: curly, straight or single."""


@lru_cache(maxsize=4)
def outlets(seed: int) -> tuple[Outlet, ...]:
    """Thirty outlets; equal seeds give equal ones."""
    chance = random.Random(f"{seed}/outlets")
    names = [f"The {town} {chance.choice(_KINDS)}" for town in _TOWNS]
    names += [f"{town} {kind}" for town, kind in zip(_TOWNS[:10], (*_KINDS, "Wire", "Live"), strict=True)]
    return tuple(
        Outlet(
            name,
            chance.choice(_MENUS),
            chance.choice(_SHARES),
            chance.choice(_ENDS),
            chance.choice(_DATES),
            chance.choice(
                ("By {who}", "{who}", "By {who} and {who2}", "{who}, diplomatic correspondent", "")
            ),
            chance.random() < 0.6,
            chance.choices(("curly", "straight", "single"), (70, 22, 8))[0],
        )
        for name in names
    )


@dataclass(frozen=True, slots=True)
class Around:
    """Lines before and after the article's own, and what of the page's facts they give."""

    before: tuple[str, ...]
    head: tuple[str, ...]
    after: tuple[str, ...]
    authors: tuple[str, ...]


def around(outlet: Outlet, chance: random.Random, day: dt.date | None, agency: str | None) -> Around:
    """An outlet's lines for a page of the day; without one, no date stands anywhere."""
    people = [f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}" for _ in range(2)]
    authors: tuple[str, ...] = ()
    byline = outlet.byline.format(who=people[0], who2=people[1])
    if byline:
        authors = tuple(people) if "{who2}" in outlet.byline else (people[0],)
    if agency is not None:
        byline, authors = agency, ()
    lines = [byline] if byline else []
    if day is not None:
        hour = chance.randint(6, 22)
        date = outlet.date.format(d=day, h=hour, h12=hour % 12 or 12, m=chance.randint(0, 59))
        lines = [*lines, date] if outlet.byline_first else [date, *lines]
    links = chance.sample(_LINKS, 2)
    year = day.year if day is not None else ""
    after = tuple(
        " ".join(line.format(a=links[0], b=links[1], y=year, name=outlet.name).split()) for line in outlet.end
    )
    return Around((outlet.name, *outlet.menu), (*lines, *outlet.share), after, authors)
