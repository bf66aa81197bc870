"""Meetings that are proposed, fixed, moved, held or called off, and the paragraphs that tell of them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from tests.synthetic.rows import Line, Row, Writing
from tests.synthetic.speech import Context, statement
from tests.synthetic.world import Negotiation, Person, capitalised

FIRST_DAY = dt.date(2022, 10, 3)
N_DAYS = 1_100
EVERY = 9
"""Days between the occasions of a negotiation."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting: who, where, how, and when each of its stages begins."""

    label: str
    people: tuple[Person, Person]
    delegations: bool
    city: str
    country: str
    form: str
    day: dt.date
    """The day on which it takes place, or would have."""
    first_day: dt.date
    """The day for which it was first fixed; differs if it was moved."""
    proposed: dt.date
    scheduled: dt.date
    cancelled: dt.date | None
    ruled_out: bool

    def status(self, today: dt.date) -> str | None:
        """What is known on a day, or None before it is spoken of."""
        if today < self.proposed:
            return None
        if self.ruled_out:
            return "ruled_out" if today >= self.scheduled else "proposed"
        if self.cancelled is not None and today >= self.cancelled:
            return "cancelled"
        if today < self.scheduled:
            return "proposed"
        return "held" if today > self.day else "scheduled"

    def known_day(self, today: dt.date) -> dt.date:
        """The day for which it is fixed, as known on a day; a move becomes known two days before."""
        return self.first_day if today < self.first_day - dt.timedelta(2) else self.day


def occasion(seed: int, about: Negotiation, number: int) -> Occasion:
    """The negotiation's meeting of that number; equal arguments give equal meetings."""
    chance = random.Random(f"{seed}/{about.key}/occasion/{number}")
    one, other = chance.sample(about.states[:3], 2)
    rank = chance.choice((0, 1, 2, 2, 3))
    people = (about.people_of(one)[rank], about.people_of(other)[rank])
    city, country = chance.choice(about.cities)
    first_day = FIRST_DAY + dt.timedelta(number * EVERY + chance.randrange(4))
    moved = chance.random() < 0.2
    day = first_day + dt.timedelta(chance.randint(1, 4)) if moved else first_day
    scheduled = first_day - dt.timedelta(chance.randint(5, 8))
    form = chance.choices(("in_person", "phone", "video"), (7, 2, 1))[0]
    fate = chance.random()
    return Occasion(
        label=f"{first_day}_{city.lower()}_{about.key}_{number}",
        people=people,
        delegations=form == "in_person" and chance.random() < 0.3,
        city=city,
        country=country,
        form=form,
        day=day,
        first_day=first_day,
        proposed=scheduled - dt.timedelta(chance.randint(4, 9)),
        scheduled=scheduled,
        cancelled=first_day - dt.timedelta(2) if fate < 0.15 else None,
        ruled_out=0.15 <= fate < 0.22,
    )


def occasions_near(seed: int, about: Negotiation, today: dt.date) -> list[Occasion]:
    """Meetings that news of the day may tell of: from two weeks before to three weeks after."""
    middle = (today - FIRST_DAY).days // EVERY
    near = (occasion(seed, about, n) for n in range(max(0, middle - 2), middle + 4))
    return [each for each in near if each.status(today) is not None and (today - each.day).days <= 12]


_DATED = {
    "in_person": {
        "held": (
            "{A} met {B} in {city} {when}",
            "{A} and {B} met in {city} {when}",
            "{A} held talks with {B} in {city} {when}",
            "{A} and {B} sat down for {n} hours of talks in {city} {when}",
            "{When}, {A} received {B} in {city}",
            "{A} travelled to {city} {when} for talks with {B}",
        ),
        "scheduled": (
            "{A} will meet {B} in {city} {when}",
            "{A} is due to meet {B} in {city} {when}",
            "{A} and {B} are to meet in {city} {when}",
            "{A} is scheduled to hold talks with {B} in {city} {when}",
            "A meeting between {A} and {B} is scheduled for {when0} in {city}",
            "{A} will travel to {city} {when} for talks with {B}",
        ),
        "proposed": (
            "{A} has proposed a meeting with {B} in {city}",
            "{A} is ready to meet {B} in {city}",
            "{A} wants to meet {B} in {city}",
            "A meeting between {A} and {B} in {city} is possible",
            "{A} has invited {B} to {city} for talks",
        ),
        "cancelled": (
            "The meeting between {A} and {B} planned for {when0} in {city} has been called off",
            "{A} has cancelled a meeting with {B} that was planned for {when0} in {city}",
            "The talks between {A} and {B} in {city}, planned for {when0}, have been postponed",
            "{A} has called off {possA} trip to {city}, where {pronA} was to meet {B} {when}",
        ),
        "ruled_out": (
            "There will be no meeting between {A} and {B} in {city}",
            "{A} has ruled out a meeting with {B} in {city}",
            "{A} will not meet {B} in {city}",
        ),
    },
    "phone": {
        "held": (
            "{A} spoke by phone with {B} {when}",
            "{A} and {B} spoke by telephone {when}",
            "{A} had a phone call with {B} {when}",
            "{A} called {B} {when}",
        ),
        "scheduled": (
            "{A} will speak by phone with {B} {when}",
            "A phone call between {A} and {B} is scheduled for {when0}",
            "{A} is to speak with {B} by phone {when}",
        ),
        "proposed": (
            "{A} has proposed a phone call with {B}",
            "A phone call between {A} and {B} is possible",
        ),
        "cancelled": (
            "A phone call between {A} and {B} planned for {when0} has been called off",
            "The phone call between {A} and {B} planned for {when0} has been postponed",
        ),
        "ruled_out": (
            "No phone call between {A} and {B} is planned",
            "{A} has ruled out a phone call with {B}",
        ),
    },
    "video": {
        "held": (
            "{A} and {B} held a video conference {when}",
            "{A} spoke with {B} by video link {when}",
        ),
        "scheduled": (
            "{A} will hold a video conference with {B} {when}",
            "A video conference between {A} and {B} is scheduled for {when0}",
        ),
        "proposed": ("{A} has proposed a video conference with {B}",),
        "cancelled": ("A video conference between {A} and {B} planned for {when0} has been called off",),
        "ruled_out": ("{A} has ruled out a video conference with {B}",),
    },
}
_DELEGATIONS = {
    "held": (
        "Delegations from {S} and {T} met in {city} {when}",
        "Negotiators from {S} and {T} held {n} hours of talks in {city} {when}",
        "{Sadj} and {Tadj} negotiators met in {city} {when}",
    ),
    "scheduled": (
        "Delegations from {S} and {T} will meet in {city} {when}",
        "Talks between {S} and {T} are scheduled for {when0} in {city}",
        "{Sadj} and {Tadj} negotiators are to meet in {city} {when}",
    ),
    "proposed": (
        "{S} has proposed talks with {T} in {city}",
        "{S} is ready to send a delegation to {city} for talks with {T}",
    ),
    "cancelled": (
        "The talks between {S} and {T} planned for {when0} in {city} have been called off",
        "Talks between {S} and {T} in {city}, planned for {when0}, were postponed",
    ),
    "ruled_out": ("There will be no talks between {S} and {T} in {city}",),
}
# Words by which a clause tells that somebody asked for, offered or refused: saying, to some readers.
_SAYING = ("proposed", "invited", "ruled out", "called off", "cancelled", "ready to", "wants to")
_TAILS = {
    "held": (
        "",
        "",
        ", their {nth} encounter this year",
        ", and left without a communiqué",
        " behind closed doors",
    ),
    "scheduled": ("", "", ", unless the weather grounds their planes", ", their {nth} encounter this year"),
    "proposed": ("", ""),
    "cancelled": ("", "", " for the second time"),
    "ruled_out": ("", " for the time being"),
}


def meeting(c: Context, told: Occasion) -> Line:
    """A paragraph that tells of an occasion as it stands on the context's day, here and there as said."""
    chance = c.chance
    status = told.status(c.day)
    assert status is not None
    w = Writing(f"meeting {status}{' by ' + told.form if told.form != 'in_person' else ''}")
    day = told.known_day(c.day)
    slots = _slots(c, told, day)
    if told.delegations:
        w.construction += ", delegations"
        template = chance.choice(_DELEGATIONS[status])
        participants = [{"name": None, "party": p.party} for p in told.people]
    else:
        template = chance.choice(_DATED[told.form][status])
        slots |= _names(c, told, template)
        participants = [{"name": p.name, "party": p.party} for p in told.people]
    clause = " ".join(template.format(**slots).split())
    has_date = "{when" in template.lower()
    fields = {
        "meeting": told.label,
        "participants": participants,
        "place": told.city if "{city}" in template else None,
        "form": told.form,
        "status": status,
        "date": [day.isoformat()] * 2 if has_date else None,
    }
    row = Row("meetings", "⦃", w.construction, fields)
    tail = chance.choice(_TAILS[status]).format(nth=chance.choice(("second", "third", "fourth", "fifth")))
    w.relative = slots["when"] == "yesterday"
    if status in ("scheduled", "held") and not told.delegations and chance.random() < 0.15:
        state = told.people[0].state
        teller = (state.government or f"the {state.adjective} government", "government", state.code)
        said = statement("⟦", "meeting told by a government", teller, "indirect")
        w.add(f"⟦⦃{capitalised(clause)}⦄⟧, {teller[0]} said.", row, said)
    else:
        w.add(f"⦃{capitalised(clause)}⦄{tail}.", row)
        if any(word in clause for word in _SAYING):
            said = Row("statements", "⦃", w.construction, {}, optional=True, words=w.rows[-1].words)
            w.rows.append(said)
    return w.line()


def _slots(c: Context, told: Occasion, day: dt.date) -> dict[str, object]:
    away = (day - c.day).days
    # Within a week a weekday is enough; beyond it the date stands there.
    if away == -1 and c.chance.random() < 0.3:
        when = when0 = "yesterday"
    elif away == 0:
        when, when0 = "later today" if c.chance.random() < 0.3 else f"on {day:%A}", f"{day:%A}"
    elif -5 <= away <= 5 and c.chance.random() < 0.7:
        when, when0 = f"on {day:%A}", f"{day:%A}"
    else:
        when, when0 = f"on {day:%B} {day.day}", f"{day:%B} {day.day}"
    one, other = (p.state for p in told.people)
    return {
        "city": told.city,
        "when": when,
        "When": capitalised(when),
        "when0": when0,
        "n": c.chance.choice(("two", "three", "four", "five", "nearly six")),
        "S": one.name,
        "T": other.name,
        "Sadj": one.adjective,
        "Tadj": other.adjective,
    }


def _names(c: Context, told: Occasion, template: str) -> dict[str, object]:
    first, second = told.people
    subject = template.startswith("{A}") and not template.startswith("{A} and")
    return {
        "A": c.name(first, plain=not subject),
        "B": c.name(second, plain=True),
        "possA": first.possessive,
        "pronA": first.pronoun,
    }
