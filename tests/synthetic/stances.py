"""Where states stand on the issues of the domain pack, how that changes, and paragraphs that tell it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from tests.synthetic.rows import Line, Row, Writing
from tests.synthetic.speech import Context, statement
from tests.synthetic.world import State, capitalised

# Issue, noun phrases that stand for its proposition, what a party that wants it would do.
ISSUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "ceasefire_first",
        (
            "a full ceasefire before any talks on peace terms",
            "an immediate and unconditional ceasefire",
            "a 30-day general truce",
        ),
    ),
    ("partial_truce", ("a truce for energy sites", "a halt to strikes on power plants", "an Easter truce")),
    (
        "frontline_freeze",
        (
            "a freeze of the fighting along the current front line",
            "a halt to the war along the present line of contact",
        ),
    ),
    (
        "territorial_concessions",
        (
            "a Ukrainian withdrawal from the Donbas",
            "the handover of Donetsk to Russia",
            "territorial concessions by Ukraine",
        ),
    ),
    ("nato_membership", ("Ukraine’s membership of NATO", "Ukrainian accession to NATO")),
    (
        "security_guarantees",
        ("legally binding security guarantees for Ukraine", "Western security guarantees for Kyiv"),
    ),
    (
        "foreign_troops",
        ("the deployment of European troops in Ukraine", "a Western peacekeeping force in Ukraine"),
    ),
    ("army_limits", ("limits on the size of the Ukrainian army", "a cap on Ukraine’s armed forces")),
    ("sanctions_relief", ("an easing of sanctions on Russia", "the lifting of sanctions against Russia")),
    (
        "frozen_assets",
        (
            "the use of frozen Russian assets to rebuild Ukraine",
            "a loan for Ukraine backed by immobilised Russian assets",
        ),
    ),
    ("eu_membership", ("Ukraine’s accession to the European Union", "EU membership for Ukraine")),
    ("prisoner_exchange", ("an exchange of all prisoners of war", "an all-for-all prisoner swap")),
    ("arms_supplies", ("further arms deliveries to Ukraine", "new military aid for Kyiv")),
    (
        "direct_talks",
        ("direct talks between Russia and Ukraine", "direct negotiations between Kyiv and Moscow"),
    ),
)
STANCES = ("support", "oppose", "conditional", "open")
FRAMES: dict[str, tuple[tuple[str, str, str], ...]] = {
    # construction, template, form of the statement ("" where nobody speaks)
    "support": (
        ("backs", "{A} backed ⟦{np}⟧", "indirect"),
        ("called for", "{A} called for ⟦{np}⟧", "indirect"),
        ("said state supports", "{A} said that ⟦{state} supported {np}⟧", "indirect"),
        ("said it favoured", "{A} said ⟦{pron} was in favour of {np}⟧", "indirect"),
        ("we support", "⟦“We support {np},”⟧ {A} said", "direct"),
        ("state wants", "{State} wants {np}", ""),
        ("state insists on", "{State} insists on {np}", ""),
        ("demanded", "{A} demanded ⟦{np}⟧", "indirect"),
    ),
    "oppose": (
        ("rejected", "{A} rejected ⟦{np}⟧", "indirect"),
        ("ruled out", "{A} ruled out ⟦{np}⟧", "indirect"),
        ("said state would never accept", "{A} said that ⟦{state} would never accept {np}⟧", "indirect"),
        ("called unacceptable", "{A} said ⟦{np} was unacceptable⟧", "indirect"),
        ("we will not accept", "⟦“We will not accept {np},”⟧ {A} said", "direct"),
        ("state opposes", "{State} opposes {np}", ""),
        ("warned against", "{A} warned against ⟦{np}⟧", "indirect"),
        ("state has refused", "{State} has refused to agree to {np}", ""),
    ),
    "conditional": (
        ("only if", "{A} said that ⟦{state} would agree to {np} only if {cond}⟧", "indirect"),
        ("provided that", "{A} said ⟦{state} would accept {np} provided that {cond}⟧", "indirect"),
        ("we can accept if", "⟦“We can accept {np} if {cond_now},”⟧ {A} said", "direct"),
        ("state ready if", "{State} is prepared to accept {np} if {cond_now}", ""),
    ),
    "open": (
        ("ready to discuss", "{A} said that ⟦{state} was ready to discuss {np}⟧", "indirect"),
        ("not rule out", "{A} did not rule out ⟦{np}⟧", "indirect"),
        ("undecided", "{State} has not yet decided on {np}", ""),
        ("we can talk about", "⟦“We are ready to talk about {np},”⟧ {A} said", "direct"),
    ),
}
CONDITIONS = (
    ("the other side does the same", "the other side did the same"),
    ("parliament agrees", "parliament agreed"),
    ("independent observers are let in", "independent observers were let in"),
    ("it is put in writing", "it was put in writing"),
    ("the allies agree", "the allies agreed"),
    ("the mediators vouch for it", "the mediators vouched for it"),
)
EPOCH = 160
"""Days for which a stance lasts at least; each pair of state and issue changes at its own time."""


def stance_of(seed: int, state: State, issue: str, day: dt.date) -> str:
    """Where the state stands on the day."""
    offset = random.Random(f"{seed}/{state.code}/{issue}/offset").randrange(EPOCH)
    epoch = (day.toordinal() + offset) // EPOCH
    return random.Random(f"{seed}/{state.code}/{issue}/{epoch}").choices(STANCES, (5, 5, 3, 2))[0]


def position(c: Context, seed: int) -> Line:
    """A paragraph that shows where a state stands, in an official's words or the reporter's."""
    chance = c.chance
    who = c.person()
    issue, phrases = chance.choice(ISSUES)
    stance = stance_of(seed, who.state, issue, c.day)
    construction, template, form = chance.choice(FRAMES[stance])
    w = Writing(f"position, {stance}: {construction}")
    state = chance.choice((who.state.name, who.state.capital))
    now, then = chance.choice(CONDITIONS)
    slots = {
        "np": chance.choice(phrases),
        "state": state,
        "State": capitalised(state),
        "pron": who.pronoun,
        "cond": then,
        "cond_now": now,
        "A": "",
    }
    if "{A}" in template:
        slots["A"] = c.name(who, plain=not template.startswith("{A}"))
    text = template.format(**slots)
    if form:
        rows = [statement("⟦", w.construction, who, form)]
        actor, basis = who.name, "own"
    else:
        rows, actor, basis = [], who.state.name, "reported"
    fields = {"actor": actor, "party": who.party, "issue": issue, "stance": stance, "basis": basis}
    w.add(f"⦃{capitalised(text)}⦄.", *rows, Row("positions", "⦃", w.construction, fields))
    whole = w.rows[-1].words
    if not form:
        # To want or to insist on something is saying it, to some annotators.
        told = (who.state.name, "government", who.party)
        said = statement("⦃", w.construction, told, "indirect")
        w.rows.append(replace(said, optional=True, words=whole))
    if issue == "direct_talks":
        w.rows.append(Row("meetings", "⦃", w.construction, {}, optional=True, words=whole))
    return w.line()
