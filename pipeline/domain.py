"""The domain pack: people, institutions, states, outlets, places, and words for them, read from `seeds/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from pipeline.errors import ReferenceDataError
from pipeline.model import DateRange
from pipeline.reference import Strict, load_reference
from pipeline.settings import Settings
from pipeline.text import fold

T = TypeVar("T")

Gender = Literal["m", "f"]
RoleCategory = Literal[
    "head", "minister", "envoy", "spokesperson", "aide", "official", "lawmaker", "diplomat", "military",
    "security", "private", "neutral",
]  # fmt: skip


_KEPT_PACKS = 4


class Office(Strict):
    """One office of a person; `from`/`to` are inclusive days, open where absent."""

    title: str
    institution: str | None = None
    party: str | None = None
    first: dt.date | None = Field(default=None, alias="from")
    last: dt.date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Office:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(f"office {self.title!r} ends before it begins")
        return self

    def held_in(self, days: DateRange) -> bool:
        """Whether the office was held at some time within ``days``."""
        return (self.first is None or self.first <= days.last) and (
            self.last is None or days.first <= self.last
        )


class Person(Strict):
    """Somebody whom the reference data knows; `movement`: a body without a code that he speaks for."""

    name: str
    movement: str | None = None
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None
    party: str | None = None
    wikidata_id: str | None = None
    offices: tuple[Office, ...] = ()

    def offices_in(self, days: DateRange | None) -> tuple[Office, ...]:
        """Offices held at some time within ``days``; with no days, those still held."""
        if days is None:
            return tuple(o for o in self.offices if o.last is None)
        return tuple(o for o in self.offices if o.held_in(days))

    def party_in(self, days: DateRange | None) -> str | None:
        """Whom the person acted for within ``days``: a party needs an office, unless no office has dates."""
        if days is None or not any(o.first or o.last for o in self.offices):
            return self.party
        parties = [o.party or self.party for o in self.offices_in(days)]
        return parties[-1] if parties else None


class Country(Strict):
    """A state: its code, its names, its adjectives and people, the seats that stand for its government."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()


class Organisation(Strict):
    """A body with a proper name, international or of one state.

    `shared` are names that bodies of other states bear, too ("Senate"): on a page that is told from such a
    state and does not name the body's own, they are none of its. A `bloc` is a set of states, each of which
    speaks for itself; any other group without a party is a movement that does. `opponent` is the state with
    whose government a movement negotiates where nobody else is named.
    """

    name: str
    party: str | None = None
    bloc: bool = False
    kind: Literal["institution", "group"] = "institution"
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    opponent: str | None = None


class Outlet(Strict):
    """A news outlet; `common` marks names that are ordinary words as well."""

    name: str
    aliases: tuple[str, ...] = ()
    common: bool = False


class Role(Strict):
    """A role noun: what it tells of a person who is called so."""

    noun: str
    category: RoleCategory
    aliases: tuple[str, ...] = ()
    implies: str | None = None
    gender: Gender | None = None
    one_per_party: bool = False


class Title(Strict):
    """A courtesy title before a name."""

    title: str
    gender: Gender | None = None
    aliases: tuple[str, ...] = ()


class Place(Strict):
    """A city, region or site, and the state it lies in."""

    name: str
    country: str
    aliases: tuple[str, ...] = ()


class AnonymousWords(Strict):
    """Words for sources that a text leaves unnamed."""

    always: tuple[str, ...]
    qualified: tuple[str, ...]
    plain_plural: tuple[str, ...]
    qualifiers: tuple[str, ...]
    knowing: tuple[str, ...]
    told: tuple[str, ...]
    anyone: tuple[str, ...]
    saying: tuple[str, ...]


class GroupWords(Strict):
    """Words for groups that speak together."""

    heads: tuple[str, ...]
    collective: tuple[str, ...]
    european: tuple[str, ...]
    regions: tuple[str, ...]
    european_states: tuple[str, ...]
    of_others: tuple[str, ...]
    stateless: tuple[str, ...]
    domestic: tuple[str, ...]
    movements: tuple[str, ...]
    describing: tuple[str, ...]
    partisan: Mapping[str, str]
    other_partisans: tuple[str, ...]
    party_letters: Mapping[str, str]


class InstitutionWords(Strict):
    """Common-noun heads of institutions."""

    heads: tuple[str, ...]
    government: tuple[str, ...]
    seated: tuple[str, ...]
    sent_abroad: tuple[str, ...]
    named: tuple[str, ...]
    private: tuple[str, ...]
    private_always: tuple[str, ...]
    well_known: tuple[str, ...]
    led_by: Mapping[str, RoleCategory]


class MediaWords(Strict):
    """Common nouns for outlets, and words that occur in their names."""

    heads: tuple[str, ...]
    name_words: tuple[str, ...]


class NameWords(Strict):
    """What shapes personal names; `place_openers` are words before names of streets, ports and the like."""

    particles: tuple[str, ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    family_first: tuple[str, ...]
    family_first_states: tuple[str, ...]
    not_names: tuple[str, ...]
    place_openers: tuple[str, ...]


class GivenNames(Strict):
    """Given names by gender."""

    m: tuple[str, ...]
    f: tuple[str, ...]


class ReferenceWords(Strict):
    """How definite descriptions point back to people met before.

    `wider`: role noun -> categories of role that it may refer to. `loose`: nouns that may mean whoever spoke
    last, if the person acts for somebody. `diplomatic`: offices whose holder may be called a diplomat.
    `locative` and `motion`: words that make the name of a state or capital a place. `local`: offices that
    regions and cities have too. `area_nouns`: words that make the name before them one of an area.
    `offices_only` and `offices_never`: office -> states that alone have it, or that have no such office.
    """

    wider: Mapping[str, tuple[RoleCategory, ...]]
    loose: tuple[str, ...]
    diplomatic: tuple[str, ...]
    locative: tuple[str, ...]
    motion: tuple[str, ...]
    local: tuple[str, ...]
    area_nouns: tuple[str, ...]
    offices_only: Mapping[str, tuple[str, ...]]
    offices_never: Mapping[str, tuple[str, ...]]


class _Countries(Strict):
    countries: tuple[Country, ...]


class _Organisations(Strict):
    organisations: tuple[Organisation, ...]


class _Outlets(Strict):
    outlets: tuple[Outlet, ...]


class _Roles(Strict):
    roles: tuple[Role, ...]
    former: tuple[str, ...]


class _Titles(Strict):
    titles: tuple[Title, ...]


class PlacesFile(Strict):
    """A file of places."""

    places: tuple[Place, ...] = ()


class _Regions(Strict):
    regions: Mapping[str, tuple[str, ...]]


class Actors(Strict):
    """The file of actors of a pack, and of the world's leaders."""

    people: tuple[Person, ...] = ()
    institutions: tuple[Organisation, ...] = ()
    outlets: tuple[Outlet, ...] = ()


class KeyDate(Strict):
    """A day, or inclusive days, on which the negotiation turned; `issues` that it bears on."""

    first: dt.date = Field(alias="from")
    last: dt.date | None = Field(default=None, alias="to")
    label: str = Field(min_length=1)
    issues: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> KeyDate:
        if self.last is not None and self.first > self.last:
            raise ValueError(f"date {self.label!r} ends before it begins")
        return self

    @property
    def days(self) -> DateRange:
        """The day or days as a range."""
        return DateRange(self.first, self.last or self.first)


class SampleQuestion(Strict):
    """What an analyst would ask of the data, and the SQL that answers it from the database."""

    question: str = Field(min_length=1)
    sql: str = Field(min_length=1)
    issues: tuple[str, ...] = ()


class Opponent(Strict):
    """One of the two sides of a pack's negotiation; a movement may have no party."""

    name: str = Field(min_length=1)
    party: str | None = None


class DatesFile(Strict):
    """The file of key dates of a pack."""

    dates: tuple[KeyDate, ...]


class QuestionsFile(Strict):
    """The file of sample questions of a pack."""

    questions: tuple[SampleQuestion, ...]


class Manifest(Strict):
    """The file `pack.yaml` of a pack: what it is about, and the files of its folder that hold the rest.

    `opponents`: the two between whom its negotiation is, or nobody.
    """

    id: str
    label: str
    actors: str | None = None
    places: str | None = None
    dates: str | None = None
    questions: str | None = None
    allies_of: Mapping[str, str] = {}
    opponents: tuple[Opponent, ...] = Field(default=(), max_length=2)

    @field_validator("opponents")
    @classmethod
    def _two(cls, opponents: tuple[Opponent, ...]) -> tuple[Opponent, ...]:
        if len(opponents) == 1:
            raise ValueError("a negotiation has two opponents, or none that the pack names")
        return opponents


@dataclass(frozen=True, slots=True)
class DomainPack:
    """Everything the pipeline knows beforehand about actors and places, reference data and pack together.

    `folder` is the pack's own folder, where other stages find their files (issues, stance cues).
    Where the pack and the reference data name the same thing, the pack wins. `regions`: parts of states by
    name, with the state's code.
    """

    id: str
    label: str
    folder: Path
    reference: Path
    people: tuple[Person, ...]
    countries: tuple[Country, ...]
    organisations: tuple[Organisation, ...]
    outlets: tuple[Outlet, ...]
    roles: tuple[Role, ...]
    former: tuple[str, ...]
    titles: tuple[Title, ...]
    anonymous: AnonymousWords
    groups: GroupWords
    institutions: InstitutionWords
    media: MediaWords
    names: NameWords
    references: ReferenceWords
    given_names: GivenNames
    allies_of: Mapping[str, str]
    places: Mapping[str, Place]
    regions: Mapping[str, str]
    dates: tuple[KeyDate, ...] = ()
    questions: tuple[SampleQuestion, ...] = ()
    opponents: tuple[Opponent, ...] = ()

    def place(self, name: str) -> Place | None:
        """The place called ``name``, in any spelling that the data knows, or None."""
        return self.places.get(fold(name).removeprefix("the "))

    def country(self, code: str) -> Country | None:
        """The state with the ISO code, or None for blocs and unknown codes."""
        return next((c for c in self.countries if c.code == code), None)


def once_per_pack(make: Callable[[DomainPack], T]) -> Callable[[DomainPack], T]:
    """`make` with what it made of the last packs kept: what follows from a pack is worked out once."""
    kept: list[tuple[DomainPack, T]] = []

    def of(pack: DomainPack) -> T:
        for known, made in kept:
            if known is pack:
                return made
        made = make(pack)
        kept.append((pack, made))
        del kept[:-_KEPT_PACKS]
        return made

    return update_wrapper(of, make)


def load_domain(settings: Settings) -> DomainPack:
    """Read reference data and the domain pack that the settings name.

    Raises:
        ReferenceDataError: a file is missing or invalid, the pack names a person twice, or one of its dates
            or questions an issue that it does not have.
    """
    reference, folder = settings.reference, settings.domain_folder
    manifest = load_reference(folder / "pack.yaml", Manifest)
    world = load_reference(reference / "leaders.yaml", Actors)
    own = load_reference(folder / manifest.actors, Actors) if manifest.actors else Actors()
    dates = load_reference(folder / manifest.dates, DatesFile).dates if manifest.dates else ()
    questions = (
        load_reference(folder / manifest.questions, QuestionsFile).questions if manifest.questions else ()
    )
    _known_issues(folder, dates, questions)
    own_places = load_reference(folder / manifest.places, PlacesFile).places if manifest.places else ()
    countries = load_reference(reference / "countries.yaml", _Countries).countries
    roles = load_reference(reference / "roles.yaml", _Roles)
    people = _merge_people(own.people, world.people)
    regions = load_reference(reference / "regions.yaml", _Regions).regions
    return DomainPack(
        id=manifest.id,
        label=manifest.label,
        folder=folder,
        reference=reference,
        people=people,
        countries=countries,
        organisations=own.institutions
        + load_reference(reference / "organisations.yaml", _Organisations).organisations,
        outlets=own.outlets + load_reference(reference / "outlets.yaml", _Outlets).outlets,
        roles=roles.roles,
        former=roles.former,
        titles=load_reference(reference / "titles.yaml", _Titles).titles,
        anonymous=load_reference(reference / "anonymous.yaml", AnonymousWords),
        groups=load_reference(reference / "groups.yaml", GroupWords),
        institutions=load_reference(reference / "institutions.yaml", InstitutionWords),
        media=load_reference(reference / "media_nouns.yaml", MediaWords),
        references=load_reference(reference / "references.yaml", ReferenceWords),
        names=load_reference(reference / "names.yaml", NameWords),
        given_names=load_reference(reference / "given_names.yaml", GivenNames),
        allies_of=dict(manifest.allies_of),
        places=_gazetteer(
            own_places, load_reference(reference / "cities.yaml", PlacesFile).places, countries
        ),
        regions={name: code for code, names in regions.items() for name in names},
        dates=dates,
        questions=questions,
        opponents=manifest.opponents,
    )


def _known_issues(folder: Path, dates: tuple[KeyDate, ...], questions: tuple[SampleQuestion, ...]) -> None:
    """Dates and questions name only issues of the pack."""
    if not dates and not questions:
        return
    from pipeline.extract.positions.vocabulary import load_issues

    known = {issue.id for issue in load_issues(folder).issues}
    named = [(d.label, d.issues) for d in dates] + [(q.question, q.issues) for q in questions]
    for label, issues in named:
        if unknown := sorted(set(issues) - known):
            raise ReferenceDataError(
                "pack_issue_unknown", f"{folder}: {label!r} names unknown issues: {', '.join(unknown)}."
            )


def _merge_people(own: tuple[Person, ...], world: tuple[Person, ...]) -> tuple[Person, ...]:
    """The pack's people first; a person named in both is the pack's."""
    names = [p.name for p in own]
    doubled = {n for n in names if names.count(n) > 1}
    if doubled:
        raise ReferenceDataError("person_twice", f"The pack's actors name {sorted(doubled)} more than once.")
    return own + tuple(p for p in world if p.name not in set(names))


def _gazetteer(
    own: tuple[Place, ...], cities: tuple[Place, ...], countries: tuple[Country, ...]
) -> dict[str, Place]:
    """Folded name -> place; the pack wins over capitals, capitals over cities, cities over states.

    Of a state's capitals the later ones are spellings of the first, or cities of their own if they are listed
    as such: Dar es Salaam stands for its state as Dodoma does, but is not Dodoma.
    """
    index: dict[str, Place] = {}
    listed = {fold(city.name) for city in cities}

    def add(place: Place) -> None:
        for name in (place.name, *place.aliases):
            index.setdefault(fold(name).removeprefix("the "), place)

    for place in own:
        add(place)
    for country in countries:
        if country.capitals:
            spellings = tuple(c for c in country.capitals[1:] if fold(c) not in listed)
            add(Place(name=country.capitals[0], country=country.code, aliases=spellings))
    for place in cities:
        add(place)
    for country in countries:
        add(Place(name=country.name, country=country.code, aliases=country.aliases))
    return index
