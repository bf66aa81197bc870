"""Paragraphs without any row: background, scenery, figures, and what looks like a row and is none."""

from __future__ import annotations

import random

from tests.synthetic.rows import Line
from tests.synthetic.words import Words
from tests.synthetic.world import capitalised

# Sentences of one theme follow each other; {n} and {m} are numbers, {y} is a year.
THEMES: tuple[tuple[str, ...], ...] = (
    (
        "The valley around {town} grows {crop} and {crop2} on terraces that are older than either state.",
        "About {n},{m}0 people live there, most of them in houses with two rooms and a yard.",
        "In {y} the river carried away the bridge, and the detour adds {n} kilometres to every trip.",
        "The nearest hospital lies {n} kilometres to the {side}, on a road closed for {weeks} weeks a year.",
        "A bus leaves {town} at {hour} in the morning and comes back after dark.",
        "Prices at the market have risen by {m} per cent since {y}.",
        "The school has {m} pupils in classes of {n}, and a roof that was mended in {y}.",
        "Snow fell early this year, and the pass above {town} was white by the {nth} of the month.",
    ),
    (
        "Exports of {crop} through {city} fell by {n} per cent in the {quarter} quarter, to {m},000 tonnes.",
        "Insurance costs {n} times what it did in {y}.",
        "Freight rates on the {side}ern route stand at ${m} a tonne, the highest level since {y}.",
        "The national currency lost {n} per cent against the dollar over the summer.",
        "Unemployment in the border provinces is {n} per cent, and twice that among the young.",
        "The central bank holds reserves of ${m} billion, enough for {n} months of imports.",
        "Growth slowed to {n} per cent in {y}, from {m} the year before.",
        "Two of the {n} mills near {town} stand idle.",
    ),
    (
        "The border was drawn in {y} by surveyors who had one map and {n} mules.",
        "The line runs along a ridge for {m} kilometres and then drops to the river at {town}.",
        "An earlier agreement of {y} lasted {n} months.",
        "The archive holds {m} boxes of letters, {n} of them water-stained.",
        "The dispute over {matter} is older than both constitutions.",
        "In {y} a flood moved the river bed by {n} metres, and with it the frontier.",
        "The stone markers bear numbers from {n} to {m}; a third of them have fallen over.",
        "A monument to the dead of {y} stands on the road to {town}.",
    ),
    (
        "Rain drummed on the roof of the hotel in {city}; its corridors smelled of coffee and coats.",
        "Outside, {n} satellite vans had taken the places of the taxis.",
        "A waiter carried {n} glasses of tea into the hall and came back with {m}.",
        "The carpet in the lobby is green, the chandeliers are from {y}, and the lift stops between floors.",
        "Two black cars stood with their engines running until {hour}.",
        "Camera crews slept on the stairs.",
        "The flags at the gate hung limp in the {side} wind.",
        "Somebody had left a red umbrella on the {nth} chair of the front row.",
    ),
    (
        "Tank columns used the road to {town} in {y}; it has not been resurfaced since.",
        "The {nth} brigade keeps {n} posts along the ridge, each with a dozen men.",
        "Drones with a range of {m} kilometres have changed the arithmetic of the hills.",
        "Trenches cut through orchards of {crop} on both banks.",
        "Of the {m} houses in {town}, {n} have roofs.",
        "Deminers clear about {n} hectares a month.",
        "The field hospital has {n} beds and one generator.",
        "Power comes for {n} hours a day.",
    ),
    (
        "The new terminal at {city} can handle {m} containers an hour.",
        "Work on the line from {town} began in {y} and ended {n} years late.",
        "Trains run at {m} kilometres an hour where the track allows it.",
        "The tunnel is {n} kilometres long and has {m} cross-passages.",
        "Its cost has grown from {n} to {m} million dollars.",
        "A fibre cable follows the {side} bank.",
        "The station clock in {town} stopped in {y}.",
        "Only one of the {n} cranes works.",
    ),
    (
        "Film crews have discovered {town}, whose lanes stand in for older cities.",
        "The festival draws {m},000 visitors to {city} in a good year.",
        "Bakers there make a flat bread with {crop} and salt.",
        "A choir of {n} voices rehearses in the old customs house.",
        "The museum, opened in {y}, shows {m} carpets and a tractor.",
        "Wrestling is the sport of the province, chess that of the capital.",
        "The football club of {town} plays its home matches {n} kilometres away.",
        "Storks nest on {n} of the chimneys.",
    ),
    (
        "Satellite pictures show {n} new sheds and a widened track near {town}.",
        "Water levels have dropped by {n} metres since {y}.",
        "The dam is {m} metres high and holds {n} billion cubic metres.",
        "Evaporation takes a tenth of that each year.",
        "Temperatures reached {m} degrees in {town} during the {quarter} week of July.",
        "Locusts came in {y}, and hail the year after.",
        "Engineers read {n} gauges by hand each morning at {hour}.",
        "The turbine hall has room for {n} sets, of which {few} turn.",
    ),
)
# Things that look like rows: no content, no occasion, no attribution.
NEAR_MISSES: tuple[tuple[str, str], ...] = (
    ("no comment", "The ministry did not respond to a request for comment."),
    ("no comment", "A spokeswoman for the port authority declined to comment."),
    ("no comment", "Calls to the embassy in {city} went unanswered."),
    ("speech in general", "Nobody in the hall said a word when the lights went out for {n} minutes."),
    ("speech in general", "The two delegations’ interpreters had not spoken to each other since {y}."),
    ("speech in general", "Local radio talks of little else."),
    ("thought", "Many in {town} hope for a quiet winter."),
    ("thought", "The engineers at {town} want new pumps and {n} dry days."),
    ("talks in general", "Negotiations over {matter} have dragged on for {n} years."),
    ("talks in general", "The peace process has had many beginnings and no end."),
    ("talks in general", "Talks about {matter} have been going on, with pauses, since {y}."),
    ("backdrop", "The hall in {city} is usually rented for weddings."),
    ("title in quotation marks", "A novel called “{title}” has sold {m},000 copies in {city}."),
    ("words in quotation marks", "A sign at the checkpoint reads “{sign}” in three languages."),
    ("words in quotation marks", "Old men call the ridge “the {animal}”, and nobody remembers why."),
    ("document", "The annex on {matter} fills {n} pages and has {m} footnotes."),
)
_CROPS = (
    "wheat",
    "apricots",
    "maize",
    "barley",
    "cotton",
    "walnuts",
    "tea",
    "sunflowers",
    "rice",
    "lentils",
    "grapes",
    "tobacco",
)
_TITLES = (
    "The Salt Road",
    "A Winter in the Customs House",
    "Nine Bridges",
    "The Ferryman’s Daughter",
    "Low Water",
)


def filler(words: Words, chance: random.Random) -> Line:
    """A paragraph of two to five sentences of one theme, some with what looks like a row."""
    theme = chance.choice(THEMES)
    sentences = chance.sample(theme, chance.randint(2, 5))
    construction = "filler"
    if chance.random() < 0.3:
        kind, near = chance.choice(NEAR_MISSES)
        construction = f"near miss: {kind}"
        sentences.insert(chance.randrange(len(sentences) + 1), near)
    return Line(" ".join(_filled(s, words, chance) for s in sentences), construction=construction)


def _filled(sentence: str, words: Words, chance: random.Random) -> str:
    crops = chance.sample(_CROPS, 2)
    text = sentence.format(
        n=chance.randint(3, 39),
        m=chance.randint(41, 97),
        y=chance.randint(1871, 2021),
        town=chance.choice(words.about.towns),
        city=chance.choice(words.about.cities)[0],
        matter=chance.choice(words.about.matters),
        crop=crops[0],
        crop2=crops[1],
        side=chance.choice(("north", "south", "east", "west")),
        weeks=chance.choice(("six", "seven", "nine", "ten")),
        hour=chance.choice(("five", "six", "half past six", "seven")),
        nth=chance.choice(("third", "fourth", "seventh", "ninth", "12th", "14th", "20th")),
        quarter=chance.choice(("first", "second", "third", "fourth")),
        few=chance.choice(("two", "three", "four")),
        title=chance.choice(_TITLES),
        sign=chance.choice(("No photographs", "Prepare your papers", "Engines off", "One car at a time")),
        animal=chance.choice(("Camel", "Sleeping Dog", "Saddle", "Bishop")),
    )
    return capitalised(text)
