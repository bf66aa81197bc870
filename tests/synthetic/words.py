"""What is said and what is told: clauses, phrases and quotations put together from parts."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.synthetic.world import Negotiation, capitalised

THINGS = (
    "the draft",
    "the timetable",
    "the annex on {matter}",
    "the list on {matter}",
    "the inspection regime",
    "the compensation scheme",
    "the crossing at {town}",
    "the observers’ mandate",
    "the new map",
    "the text on the table",
    "the clause on {matter}",
    "the hotline",
    "the buffer strip near {town}",
    "the joint register",
    "the road through {town}",
    "the arbitration panel",
    "the road map for {matter}",
    "the second chapter",
    "the technical protocol",
    "the monitoring post at {town}",
    "the repair plan",
    "the transit permit",
    "the escrow account",
    "the verification clause",
    "the pilot scheme at {town}",
)
_PLANS = (
    "the draft",
    "the text on the table",
    "the second chapter",
    "the repair plan",
    "the road map for {matter}",
)
DONE = (
    "signed",
    "published",
    "redrawn",
    "verified",
    "frozen",
    "reopened",
    "financed",
    "translated",
    "reviewed",
    "withdrawn",
    "initialled",
    "put to parliament",
    "sent to the lawyers",
    "cut by half",
    "split in two",
    "finished",
    "tested",
    "shelved",
    "costed",
    "checked line by line",
)
BEFORE = (
    "before the first snow",
    "before the harvest",
    "before the end of the month",
    "by the end of the year",
    "before parliament rises",
    "within {n} days",
    "within {n} weeks",
    "in {n} stages",
    "before the rains begin",
    "by the spring",
    "before the budget vote",
    "ahead of the holidays",
    "without further delay",
    "under outside supervision",
    "at every one of the {n} posts",
)
STATE_OF = (
    "ready",
    "unworkable",
    "nearly complete",
    "too vague",
    "balanced",
    "out of date",
    "fair to both sides",
    "a map without roads",
    "a door left ajar",
    "worth a second look",
    "full of holes",
    "a first step",
    "a good basis",
    "dead on arrival",
    "no substitute for trust",
    "the work of amateurs",
    "a bridge too short",
    "short on detail",
    "longer than a railway timetable",
    "a promise with no date on it",
)
NEEDS = (
    "independent monitors",
    "written assurances",
    "a map that both sides accept",
    "money from outside",
    "the consent of the provinces",
    "a single point of contact",
    "{n} more engineers",
    "goodwill on both sides",
    "an honest count",
    "a change of tone",
    "new equipment",
    "a vote in both chambers",
    "time and patience",
    "local police",
    "{n} million dollars a year",
    "a clear chain of command",
)
DEEDS = (
    "open {n} crossings",
    "publish the full text",
    "pull back its patrols from {town}",
    "let {n} trucks a day through",
    "pay for the repairs at {town}",
    "stop the night flights over {town}",
    "return the {n} seized vehicles",
    "send engineers to {town}",
    "hand over the files on {matter}",
    "lift the ban on {n} companies",
    "reopen its consulate",
    "restore the phone lines",
    "clear the road to {town}",
    "share the readings from {town}",
    "recall its surveyors",
    "accept {n} observers",
    "keep its word on {matter}",
    "halt the digging near {town}",
    "release the {n} detained drivers",
    "put {matter} back on the agenda",
)
OBJECTS = (
    "the new timetable",
    "the decision to shut the crossing at {town}",
    "the arrest of {n} drivers",
    "the closure of the road to {town}",
    "the offer on {matter}",
    "the ruling on {matter}",
    "the plan to split the register",
    "the latest version of the annex",
    "the search of {n} offices",
    "the new rules on {matter}",
    "the shooting near {town}",
    "the bill for {matter}",
    "the appointment of a single inspector",
    "the order to move {n} families out of {town}",
)
BELIEFS = (
    "nobody should expect a quick result",
    "both sides have lost too much time",
    "the gap is narrower than it looks",
    "there is no plan B",
    "the hard part comes now",
    "patience is running out in the provinces",
    "a small step is better than a large promise",
    "the experts have done their work",
    "the next {n} days will be decisive",
    "{n} of {m} points are still open",
    "trust cannot be printed",
    "the other side knows the price",
    "people in {town} have waited long enough",
    "no paper survives a bad winter",
    "only {n} of the {m} lorries got through",
    "the figures for {matter} do not add up",
    "the engineers at {town} have not been paid since the autumn",
    "silence would be the worst answer",
    "the region cannot afford another lost year",
)
FIRST_PERSON = (
    "We will not {deed} for nothing",
    "We have kept our part on {matter}",
    "We can {deed} tomorrow",
    "I have read {thing} twice, and {thing2} is still missing",
    "Our people will {deed} when it is safe",
    "We need {need}, not slogans",
    "I do not see who would {deed}",
    "My government has nothing to hide on {matter}",
    "We are {n} steps from the end and {m} from the beginning",
    "I would rather {deed} than argue for another year",
    "Nobody has asked us about {matter}",
    "We came with {need} and leave with a handshake",
    "Give us {need}, and we will {deed}",
    "We counted {n} violations near {town} in a week",
)
CONDITIONS = (
    "{thing} is {done}",
    "observers reach {town}",
    "there is {need}",
    "the road to {town} is open",
    "parliament agrees",
    "the files on {matter} are handed over",
)


@dataclass(slots=True)
class Words:
    """Draws phrases for a negotiation; each draw is new.

    Where positions are known, nothing is called a draft or a text: it could be the plan that is an issue.
    """

    chance: random.Random
    about: Negotiation

    def pick(self, options: tuple[str, ...]) -> str:
        """One of the options with its slots filled."""
        return self.fill(self.chance.choice(options))

    def fill(self, template: str) -> str:
        """Fill slots until none is left."""
        chance = self.chance
        things = THINGS if not self.about.has_positions else tuple(t for t in THINGS if t not in _PLANS)
        while "{" in template:
            template = template.format(
                n=chance.choice(
                    (3, 4, 6, 7, 8, 9, 11, 12, 14, 17, 19, 23, 26, 31, 38, 45, 52, 64, 80, 120, 340)
                ),
                m=chance.choice((18, 22, 27, 33, 41, 57, 75, 96, 150)),
                town=chance.choice(self.about.towns),
                matter=chance.choice(self.about.matters),
                thing=chance.choice(things),
                thing2=chance.choice(OBJECTS[:1] + OBJECTS[4:8]),
                done=chance.choice(DONE),
                need=chance.choice(NEEDS),
                deed=chance.choice(DEEDS),
            )
        return template

    def deed(self, owner: str = "its") -> str:
        """What somebody might do, as an infinitive; `owner` stands for whose things those are."""
        return self.pick(DEEDS).replace(" its ", f" {owner} ")

    def clause(self, *, past: bool) -> str:
        """A finite clause without full stop; `past` moves its verb back, as reported speech does."""
        chance = self.chance
        shape = chance.randrange(6)
        thing = self.fill("{thing}")
        if shape == 0:
            modal = chance.choice(
                ("would", "could", "had to", "might") if past else ("will", "can", "must", "should")
            )
            return f"{thing} {modal} be {self.pick(DONE)} {self.pick(BEFORE)}"
        if shape == 1:
            return f"{thing} {'was' if past else 'is'} {self.pick(STATE_OF)}"
        if shape == 2:
            modal = "would not" if past else "cannot"
            return f"{thing} {modal} be {self.pick(DONE)} without {self.pick(NEEDS)}"
        if shape == 3:
            has = "had" if past else "has"
            return f"{thing} {has} been {self.pick(DONE)} {chance.randint(2, 9)} times already"
        if shape == 4:
            who = chance.choice(("both governments", "the engineers", "the provinces", "the border guards"))
            return f"{who} {'would' if past else 'will'} {self.deed('their')} {self.pick(BEFORE)}"
        if past:
            return f"{thing} {chance.choice(('needed', 'lacked'))} {self.pick(NEEDS)}"
        return self.pick(BELIEFS)

    def quotation(self) -> str:
        """A sentence as somebody says it, capitalised, without full stop."""
        if self.chance.random() < 0.5:
            return capitalised(self.pick(FIRST_PERSON).replace(" its ", " our "))
        return capitalised(self.clause(past=False))

    def snippet(self) -> str:
        """A few words for quotation marks within a sentence of the reporter's."""
        return self.pick(STATE_OF[7:])
