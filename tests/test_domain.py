"""The domain pack: loading, refusing bad data, spellings, offices in time, places."""

import datetime as dt
import shutil

import pytest
import yaml

from pipeline.domain import Office, Person, load_domain
from pipeline.errors import ReferenceDataError
from pipeline.model import DateRange
from pipeline.settings import PROJECT_ROOT, Settings

APRIL = DateRange(dt.date(2025, 4, 22), dt.date(2025, 4, 22))


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings())


@pytest.fixture
def copied(tmp_path):
    """A copy of the pack and the reference data that a test may break."""
    seeds = PROJECT_ROOT / "seeds"
    shutil.copytree(seeds / "reference", tmp_path / "reference")
    shutil.copytree(seeds / "domains" / "ukraine", tmp_path / "pack")
    return Settings(reference=tmp_path / "reference", domain=str(tmp_path / "pack"))


def test_both_packs_of_the_repository_load(pack):
    generic = load_domain(Settings(domain="generic"))
    assert pack.id == "ukraine"
    assert generic.id == "generic"
    assert len(pack.people) > len(generic.people) > 100
    assert pack.folder.name == "ukraine"


def test_every_party_of_a_person_is_a_known_code(pack):
    known = {c.code for c in pack.countries} | {o.party for o in pack.organisations}
    for person in pack.people:
        assert person.party is None or person.party in known, person.name
        for office in person.offices:
            assert office.party is None or office.party in known, person.name


def test_every_office_in_the_data_is_a_known_role(pack):
    nouns = {n for role in pack.roles for n in (role.noun, *role.aliases)}
    for person in pack.people:
        for office in person.offices:
            assert office.title in nouns or office.title.split()[-1] in nouns, (person.name, office.title)


def test_states_have_unique_codes_and_no_two_share_a_name(pack):
    codes = [c.code for c in pack.countries]
    assert len(codes) == len(set(codes)) > 190
    names = [n for c in pack.countries for n in {c.name, *c.aliases}]
    assert len(names) == len(set(names))


def test_the_pack_wins_over_the_gazetteer(pack):
    assert pack.place("Donetsk").country == "UA"
    assert pack.place("Kiev").name == pack.place("Kyiv").name == "Kyiv"
    assert pack.place("the Donbass").name == "Donbas"
    assert pack.place("Geneva").country == "CH"
    assert pack.place("Nowhere-on-Sea") is None


def test_a_party_needs_an_office_held_on_the_days():
    person = Person(
        name="A B",
        party="UA",
        offices=(
            Office.model_validate({"title": "president", "from": "2019-01-01", "to": "2024-12-31"}),
            Office.model_validate({"title": "commissioner", "party": "EU", "from": "2025-01-01"}),
        ),
    )
    assert person.party_in(DateRange(dt.date(2020, 1, 1), dt.date(2020, 1, 1))) == "UA"
    assert person.party_in(APRIL) == "EU"
    assert person.party_in(DateRange(dt.date(2018, 1, 1), dt.date(2018, 1, 1))) is None
    assert [o.title for o in person.offices_in(None)] == ["commissioner"]


def test_a_former_leader_acts_for_nobody(pack):
    biden = next(p for p in pack.people if p.name == "Joe Biden")
    assert biden.party_in(APRIL) is None
    assert biden.party_in(DateRange(dt.date(2022, 1, 1), dt.date(2022, 1, 1))) == "US"


def _edit(path, change):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def test_an_unknown_key_is_refused_with_file_and_field(copied):
    _edit(copied.domain_folder / "actors.yaml", lambda d: d["people"][0].update(colour="blue"))
    with pytest.raises(ReferenceDataError, match=r"actors\.yaml.*people\.0\.colour") as error:
        load_domain(copied)
    assert error.value.code == "reference_invalid"


def test_an_office_that_ends_before_it_begins_is_refused(copied):
    office = {"title": "president", "from": dt.date(2020, 1, 1), "to": dt.date(2019, 1, 1)}
    _edit(copied.domain_folder / "actors.yaml", lambda d: d["people"][0].update(offices=[office]))
    with pytest.raises(ReferenceDataError, match="ends before it begins"):
        load_domain(copied)


def test_a_person_named_twice_is_refused(copied):
    _edit(copied.domain_folder / "actors.yaml", lambda d: d["people"].append(d["people"][0]))
    with pytest.raises(ReferenceDataError) as error:
        load_domain(copied)
    assert error.value.code == "person_twice"


def test_a_missing_file_is_refused(copied):
    (copied.reference / "roles.yaml").unlink()
    with pytest.raises(ReferenceDataError) as error:
        load_domain(copied)
    assert error.value.code == "reference_missing"
