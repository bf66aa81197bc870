"""Paragraphs in which somebody says something: one function for each way of attributing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.synthetic.rows import Line, Row, Writing
from tests.synthetic.words import Words
from tests.synthetic.world import OUTLETS, Negotiation, Person, capitalised

SAID = (
    "said",
    "said",
    "said",
    "added",
    "insisted",
    "argued",
    "stressed",
    "noted",
    "claimed",
    "warned",
    "maintained",
)
OPENLY = (
    ("in a post on X", "X"),
    ("in a post on Telegram", "Telegram"),
    ("at a press conference in {city}", "press conference"),
    ("in a televised interview", "interview"),
    ("in a speech in {city}", "speech"),
)
UNNAMED = (
    "a senior {adjective} diplomat",
    "two officials familiar with the draft",
    "a person briefed on the file",
    "an EU official who spoke on condition of anonymity",
    "three people close to the negotiators",
    "a senior official in {capital}",
    "a Western diplomat",
    "one of the mediators",
    "a source close to the delegation",
    "officials who asked not to be named",
)


@dataclass(slots=True)
class Context:
    """What a page has told so far: its day, whom it has introduced, and what it writes about."""

    chance: random.Random
    about: Negotiation
    day: dt.date
    words: Words
    introduced: set[str] = field(default_factory=set)

    def person(self) -> Person:
        """Somebody who speaks here; those already introduced come up more often."""
        known = [p for p in self.about.cast if p.name in self.introduced]
        if known and self.chance.random() < 0.45:
            return self.chance.choice(known)
        return self.chance.choice(self.about.cast)

    def name(self, who: Person, *, closing: bool = False, plain: bool = False) -> str:
        """The person as a subject, introduced if new; `closing` stands before a full stop, not a verb."""
        if who.name in self.introduced:
            homonyms = [p for p in self.about.cast if p.family == who.family]
            choice = self.chance.random()
            if choice < 0.65 or plain or len(homonyms) > 1:
                return who.family if len(homonyms) == 1 else who.name
            if choice < 0.85:
                return f"the {who.state.adjective} {who.office}"
            return who.name
        self.introduced.add(who.name)
        shape = self.chance.randrange(2 if plain else 4)
        if shape == 0:
            office = who.office.title().replace(" Of ", " of ") if self.chance.random() < 0.6 else who.office
            return f"{who.state.adjective} {office} {who.name}"
        if shape == 1:
            return f"{who.state.possessive} {who.office} {who.name}"
        if shape == 2:
            return f"{who.name}, {who.state.possessive} {who.office}" + ("" if closing else ",")
        return f"the {who.office} of {who.state.name}, {who.name}" + ("" if closing else ",")

    def weekday(self) -> tuple[str, list[str], bool]:
        """A day not long ago as news tell it, its ISO range, and whether that depends on the page's day."""
        back = self.chance.randrange(0, 5)
        day = self.day - dt.timedelta(back)
        iso = [day.isoformat()] * 2
        if back == 1 and self.chance.random() < 0.3:
            return "yesterday", iso, True
        if self.chance.random() < 0.2:
            return f"on {day:%B} {day.day}", iso, False
        return f"on {day:%A}", iso, False

    def unnamed(self) -> str:
        """An unnamed source."""
        text = self.chance.choice(UNNAMED)
        state = self.chance.choice(self.about.states)
        return text.format(adjective=state.adjective, capital=state.capital)


Template = Callable[[Context, Writing], None]


def statement(
    mark: str, construction: str, who: Person | tuple[str, str, str | None], form: str, **more: Any
) -> Row:
    """The known row of a statement by a person, or by (name, kind, party)."""
    speaker, kind, party = (who.name, "person", who.party) if isinstance(who, Person) else who
    fields = {"speaker": speaker, "kind": kind, "party": party, "form": form, "channel": None, "to": None}
    fields |= {"reported_by": None, "date": None} | more
    return Row("statements", mark, construction, fields)


def _said_that(c: Context, w: Writing) -> None:
    who, verb = c.person(), c.chance.choice(SAID)
    when, date, w.relative = c.weekday() if c.chance.random() < 0.5 else ("", None, False)
    text = (
        f"{capitalised(c.name(who))} {verb} {when + ' ' if when else ''}that ⟦{c.words.clause(past=True)}⟧."
    )
    w.add(text, statement("⟦", w.construction, who, "indirect", date=date))


def _said_bare(c: Context, w: Writing) -> None:
    who = c.person()
    w.add(
        f"{capitalised(c.name(who))} said ⟦{c.words.clause(past=True)}⟧.",
        statement("⟦", w.construction, who, "indirect"),
    )


def _quote_said(c: Context, w: Writing) -> None:
    who = c.person()
    when, date, w.relative = c.weekday() if c.chance.random() < 0.3 else ("", None, False)
    tail = f" {when}" if when else ""
    w.add(
        f"⟦“{c.words.quotation()},”⟧ {c.name(who, plain=True)} said{tail}.",
        statement("⟦", w.construction, who, "direct", date=date),
    )


def _quote_inverted(c: Context, w: Writing) -> None:
    who, verb = c.person(), c.chance.choice(("said", "said", "warned", "insisted", "added", "complained"))
    w.add(
        f"⟦“{c.words.quotation()},”⟧ {verb} {c.name(who, closing=True)}.",
        statement("⟦", w.construction, who, "direct"),
    )


def _quote_split(c: Context, w: Writing) -> None:
    who = c.person()
    first, second = c.words.quotation(), c.words.quotation()
    text = f"⟦“{first},” {c.name(who, plain=True)} said. “{second}.”⟧"
    w.add(text, statement("⟦", w.construction, who, "mixed"))


def _quote_interrupted(c: Context, w: Writing) -> None:
    who = c.person()
    first, second = c.words.quotation(), c.words.clause(past=False)
    text = f"⟦“{first},” {c.name(who, plain=True)} said, “and {second}.”⟧"
    w.add(text, statement("⟦", w.construction, who, "mixed"))


def _mixed(c: Context, w: Writing) -> None:
    who, verb = c.person(), c.chance.choice(("said", "insisted", "argued", "told lawmakers", "admitted"))
    thing, clause = c.words.fill("{thing}"), c.words.clause(past=True)
    text = f"{capitalised(c.name(who))} {verb} that ⟦{thing} was “{c.words.snippet()}” and {clause}⟧."
    w.add(text, statement("⟦", w.construction, who, "mixed"))


def _parenthetical(c: Context, w: Writing) -> None:
    who = c.person()
    first, second = c.words.clause(past=True), c.words.clause(past=True)
    w.add(f"⟦{capitalised(first)}⟧, {c.name(who)} said.", statement("⟦", w.construction, who, "indirect"))
    w.add(f"⟦{capitalised(second)}⟧, {who.pronoun} added.", statement("⟦", w.construction, who, "indirect"))


def _according(c: Context, w: Writing) -> None:
    who = c.person()
    if c.chance.random() < 0.5:
        text = f"According to {c.name(who, closing=True)}, ⟦{c.words.clause(past=False)}⟧."
    else:
        text = f"⟦{capitalised(c.words.clause(past=False))}⟧, according to {c.name(who, closing=True)}."
    w.add(text, statement("⟦", w.construction, who, "indirect"))


def _pronoun(c: Context, w: Writing) -> None:
    who = c.person()
    w.add(
        f"⟦“{c.words.quotation()},”⟧ {c.name(who, plain=True)} said.",
        statement("⟦", w.construction, who, "direct"),
    )
    verb = c.chance.choice(("added", "said", "warned", "went on to say"))
    w.add(
        f"{capitalised(who.pronoun)} {verb} that ⟪{c.words.clause(past=True)}⟫.",
        statement("⟪", w.construction, who, "indirect"),
    )


def _unnamed(c: Context, w: Writing) -> None:
    who = c.unnamed()
    shape = c.chance.randrange(3)
    row = (who, "anonymous", None)
    if shape == 0:
        w.add(
            f"{capitalised(who)} said ⟦{c.words.clause(past=True)}⟧.",
            statement("⟦", w.construction, row, "indirect"),
        )
    elif shape == 1:
        w.add(f"⟦“{c.words.quotation()},”⟧ said {who}.", statement("⟦", w.construction, row, "direct"))
    else:
        w.add(
            f"⟦{capitalised(c.words.clause(past=False))}⟧, according to {who}.",
            statement("⟦", w.construction, row, "indirect"),
        )


def _chain(c: Context, w: Writing) -> None:
    outlet, who = c.chance.choice(OUTLETS), c.unnamed().removesuffix(" who spoke on condition of anonymity")
    shape = c.chance.randrange(3)
    row = statement("⟦", w.construction, (who, "anonymous", None), "indirect", reported_by=outlet)
    clause = c.words.clause(past=True)
    if shape == 0:
        w.add(f"{capitalised(outlet)}, citing {who}, reported that ⟦{clause}⟧.", row)
    elif shape == 1:
        w.add(f"⟦{capitalised(clause)}⟧, {outlet} reported, citing {who}.", row)
    else:
        w.add(
            f"{capitalised(who)} told {outlet} that ⟦{clause}⟧.",
            statement("⟦", w.construction, (who, "anonymous", None), "indirect", to=outlet),
        )


def _outlet(c: Context, w: Writing) -> None:
    outlet = c.chance.choice(OUTLETS)
    verb = c.chance.choice(("reported", "has reported", "wrote"))
    when, date, w.relative = (
        c.weekday() if c.chance.random() < 0.4 and verb != "has reported" else ("", None, False)
    )
    text = f"{capitalised(outlet)} {verb}{' ' + when if when else ''} that ⟦{c.words.clause(past=True)}⟧."
    w.add(text, statement("⟦", w.construction, (outlet, "media", None), "indirect", date=date))


def _quoted_by(c: Context, w: Writing) -> None:
    who, outlet = c.person(), c.chance.choice(OUTLETS)
    if c.chance.random() < 0.5:
        name = c.name(who, plain=True)
        text = f"{capitalised(outlet)} quoted {name} as saying that ⟦{c.words.clause(past=True)}⟧."
    else:
        text = (
            f"{capitalised(c.name(who))} was quoted by {outlet} as saying that ⟦{c.words.clause(past=True)}⟧."
        )
    w.add(text, statement("⟦", w.construction, who, "indirect", reported_by=outlet))


def _told(c: Context, w: Writing) -> None:
    who = c.person()
    to = c.chance.choice((*OUTLETS, "reporters", "lawmakers", "state television"))
    quote = c.chance.random() < 0.5
    content = f"⟦“{c.words.quotation()}.”⟧" if quote else f"⟦{c.words.clause(past=True)}⟧"
    link = ": " if quote else " that "
    told = statement("⟦", w.construction, who, "direct" if quote else "indirect", to=to)
    w.add(f"{capitalised(c.name(who))} told {to}{link}{content}{'' if quote else '.'}", told)


def _channel(c: Context, w: Writing) -> None:
    who = c.person()
    phrase, channel = c.chance.choice(OPENLY)
    phrase = phrase.format(city=c.chance.choice(c.about.cities)[0])
    verb = "wrote" if "post" in phrase else "said"
    if c.chance.random() < 0.5:
        text, form = f"⟦“{c.words.quotation()},”⟧ {c.name(who, plain=True)} {verb} {phrase}.", "direct"
    else:
        text, form = (
            f"{capitalised(c.name(who))} {verb} {phrase} that ⟦{c.words.clause(past=True)}⟧.",
            "indirect",
        )
    w.add(text, statement("⟦", w.construction, who, form, channel=channel))


def _government(c: Context, w: Writing) -> None:
    state = c.chance.choice(c.about.states)
    shape = c.chance.randrange(4)
    if state.code == "US" and shape in (0, 3):
        who = (("the State Department", "the Pentagon")[shape // 3], "institution", "US")
    elif shape == 0:
        who = (f"{state.possessive} foreign ministry", "institution", state.code)
    elif shape == 1:
        who = (state.government or state.capital, "government", state.code)
    elif shape == 2:
        who = (f"the {state.adjective} government", "government", state.code)
    else:
        who = (f"the {state.adjective} defense ministry", "institution", state.code)
    verb = c.chance.choice(("said", "announced", "confirmed", "warned", "insisted"))
    text = f"{capitalised(who[0])} {verb} that ⟦{c.words.clause(past=True)}⟧."
    w.add(text, statement("⟦", w.construction, who, "indirect"))


def _spokesman(c: Context, w: Writing) -> None:
    state = c.chance.choice([s for s in c.about.states if s.code != "US"])
    given = c.chance.choice(c.about.people_of(state))
    word = "spokesman" if given.gender == "m" else "spokeswoman"
    # A namesake of nobody in the cast: another given name with an own family name.
    name = f"{given.given} {given.family[:3]}{c.chance.choice(('lov', 'mar', 'tan', 'rik', 'sen'))}"
    body = c.chance.choice(("foreign ministry", "defense ministry", "government"))
    shape = c.chance.randrange(2)
    if shape == 0:
        subject = f"{capitalised(state.adjective)} {body} {word} {name}"
    else:
        subject = f"A {word} for the {state.adjective} {body}, {name},"
    row = statement("⟦", w.construction, (name, "person", state.code), "indirect")
    w.add(f"{subject} said ⟦{c.words.clause(past=True)}⟧.", row)


def _called_on(c: Context, w: Writing) -> None:
    who = c.person()
    other = c.chance.choice([s for s in c.about.states if s != who.state])
    verb = c.chance.choice(
        ("called on {x} to", "urged {x} to", "demanded that {x}", "asked {x} to", "appealed to {x} to")
    )
    request = "⟦" + c.words.deed()
    if verb.startswith("demanded"):
        verb, request = "demanded that", f"⟦{other.name} {c.words.deed()}"
    text = f"{capitalised(c.name(who))} {verb.format(x=other.name)} {request}⟧."
    w.add(text, statement("⟦", w.construction, who, "indirect"))


def _promised(c: Context, w: Writing) -> None:
    who = c.person()
    verb = c.chance.choice(("promised", "vowed", "pledged", "offered"))
    w.add(
        f"{capitalised(c.name(who))} {verb} to ⟦{c.words.deed(who.possessive)}⟧.",
        statement("⟦", w.construction, who, "indirect"),
    )


def _judged(c: Context, w: Writing) -> None:
    who = c.person()
    verb = c.chance.choice(("rejected", "condemned", "welcomed", "criticised", "praised", "denounced"))
    w.add(
        f"{capitalised(c.name(who))} {verb} ⟦{c.words.pick(_OBJECTS)}⟧.",
        statement("⟦", w.construction, who, "indirect"),
    )


def _accused(c: Context, w: Writing) -> None:
    who = c.person()
    other = c.chance.choice([s for s in c.about.states if s != who.state])
    w.add(
        f"{capitalised(c.name(who))} accused {other.name} of ⟦{c.words.pick(_DOINGS)}⟧.",
        statement("⟦", w.construction, who, "indirect"),
    )


def _described(c: Context, w: Writing) -> None:
    who = c.person()
    thing = c.words.fill("{thing}")
    quoted = c.chance.random() < 0.6
    content = f"“{c.words.snippet()}”" if quoted else c.words.snippet()
    text = f"{capitalised(c.name(who))} described ⟦{thing} as {content}⟧."
    w.add(text, statement("⟦", w.construction, who, "mixed" if quoted else "indirect"))


def _asked(c: Context, w: Writing) -> None:
    who = c.person()
    question, verb = c.words.clause(past=True), c.chance.choice(("replied", "answered", "said"))
    name = c.name(who, plain=True)
    text = f"Asked whether {question}, {name} {verb}: ⟦“{c.words.quotation()}.”⟧"
    w.add(text, statement("⟦", w.construction, who, "direct"))


def _noun_cue(c: Context, w: Writing) -> None:
    who = c.person()
    noun = c.chance.choice(("warning", "claim", "assurance", "promise"))
    tail = c.chance.choice(
        (
            "drew little comment",
            "went round the hall within minutes",
            "made the front pages",
            "did little to calm markets",
        )
    )
    w.add(
        f"The {noun} by {c.name(who)} that ⟦{c.words.clause(past=True)}⟧ {tail}.",
        statement("⟦", w.construction, who, "indirect"),
    )


def _two_speakers(c: Context, w: Writing) -> None:
    first = c.person()
    second = c.chance.choice([p for p in c.about.cast if p.state != first.state])
    text = f"{capitalised(c.name(first))} said ⟦{c.words.clause(past=True)}⟧, while "
    text += f"{c.name(second, plain=True)} insisted that ⟪{c.words.clause(past=True)}⟫."
    w.add(
        text,
        statement("⟦", w.construction, first, "indirect"),
        statement("⟪", w.construction, second, "indirect"),
    )


def _long_quote(c: Context, w: Writing) -> None:
    who = c.person()
    said = ". ".join(c.words.quotation() for _ in range(c.chance.randint(2, 4)))
    w.add(f"{capitalised(c.name(who))} said: ⟦“{said}.”⟧", statement("⟦", w.construction, who, "direct"))


def _saying(c: Context, w: Writing) -> None:
    who = c.person()
    text = (
        f"{capitalised(c.name(who))} defended {c.words.pick(_OBJECTS)}, saying ⟦{c.words.clause(past=True)}⟧."
    )
    w.add(text, statement("⟦", w.construction, who, "indirect"))


_OBJECTS = (
    "the new timetable",
    "the decision to shut the crossing at {town}",
    "the arrest of {n} drivers",
    "the closure of the road to {town}",
    "the latest version of the annex",
    "the search of {n} offices",
    "the new rules on {matter}",
    "the bill for {matter}",
    "the order to move {n} families out of {town}",
)
_DOINGS = (
    "moving the markers near {town}",
    "holding back the files on {matter}",
    "inflating the bill by {n} million",
    "stalling over {matter}",
    "rewriting the minutes",
    "blocking {n} trucks at {town}",
    "breaking its word on {matter}",
    "leaking half of the annex",
    "cutting the power to {town}",
)

# Name of the construction, how often it comes, and what writes it.
CONSTRUCTIONS: tuple[tuple[str, int, Template], ...] = (
    ("said that", 10, _said_that),
    ("said, no that", 8, _said_bare),
    ("quotation, said", 8, _quote_said),
    ("quotation, inverted", 7, _quote_inverted),
    ("quotation around attribution", 6, _quote_split),
    ("quotation interrupted", 2, _quote_interrupted),
    ("indirect with quoted words", 6, _mixed),
    ("parenthetical", 4, _parenthetical),
    ("according to", 5, _according),
    ("pronoun", 6, _pronoun),
    ("unnamed source", 7, _unnamed),
    ("outlet citing a source", 5, _chain),
    ("outlet", 3, _outlet),
    ("quoted by an outlet", 2, _quoted_by),
    ("told somebody", 5, _told),
    ("channel", 5, _channel),
    ("government or ministry", 5, _government),
    ("spokesman", 4, _spokesman),
    ("called on", 4, _called_on),
    ("promised", 3, _promised),
    ("rejected or praised", 3, _judged),
    ("accused of", 3, _accused),
    ("described as", 2, _described),
    ("asked, answered", 2, _asked),
    ("noun of speech", 1, _noun_cue),
    ("two speakers", 3, _two_speakers),
    ("colon and long quotation", 3, _long_quote),
    ("participle saying", 2, _saying),
)
_NAMES = [name for name, _, _ in CONSTRUCTIONS]
_WEIGHTS = [weight for _, weight, _ in CONSTRUCTIONS]
_TEMPLATES = {name: template for name, _, template in CONSTRUCTIONS}


def speech(c: Context, construction: str | None = None) -> Line:
    """A paragraph with one or two statements, by the construction named or by chance."""
    name = construction or c.chance.choices(_NAMES, _WEIGHTS)[0]
    writing = Writing(name)
    _TEMPLATES[name](c, writing)
    return writing.line()
