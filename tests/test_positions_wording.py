"""Positions read with the pack on Ukraine: clefts, what comes first, parts left out, both sides."""

import pytest

from pipeline.domain import load_domain
from pipeline.settings import Settings
from tests.test_positions_any import held

AT_WAR = "Ukraine and Russia are at war, and Kyiv and Moscow went on with their talks."


@pytest.fixture(scope="module")
def pack():
    return load_domain(Settings(domain="ukraine"))


def read(nlp, pack, *lines):
    """ "UA truce support" for each position of the lines, in order."""
    found = held(nlp, pack, AT_WAR, *lines)
    return sorted(f"{party} {issue} {stance}" for (party, issue), stance in found.items())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The only thing Kyiv will accept is a full ceasefire.", ["UA ceasefire_first support"]),
        ("What Moscow rejects is a ceasefire.", ["RU ceasefire_first oppose"]),
        ('"What we need now is a ceasefire," Zelensky said.', ["UA ceasefire_first support"]),
        ("What Russia will never accept is foreign troops in Ukraine.", ["RU foreign_troops oppose"]),
        (
            "What the Kremlin wants is for Ukraine to leave Donetsk.",
            ["RU territorial_concessions support"],
        ),
        (
            '"What we cannot do is leave Kramatorsk for a promise," Zelensky said.',
            ["UA territorial_concessions oppose"],
        ),
        ("What worries Kyiv is the withdrawal from Donetsk.", []),
        ("What the envoys discussed was a ceasefire.", []),
    ],
)
def test_a_cleft_passes_on_the_verb_before_its_copula(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            '"No security guarantees, no truce," Zelensky said.',
            ["UA ceasefire_first conditional", "UA security_guarantees support"],
        ),
        (
            'Moscow will study any paper, Dmitry Peskov said, but "no army limits, no deal."',
            ["RU army_limits support"],
        ),
        ('"No foreign troops, no NATO bases," Lavrov said.', ["RU foreign_troops oppose"]),
        ('"The shooting stops first, and then we talk," Trump said.', ["US ceasefire_first support"]),
        ("There was no truce, no quiet and no bread, a resident of Kyiv said.", []),
        ("The shooting stopped first in the north, Kyiv's police said.", []),
    ],
)
def test_what_is_to_come_first_is_wanted(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Kyiv is ready to discuss limits on missiles for its army, but not on the number of its troops.",
            ["UA army_limits conditional"],
        ),
        (
            "Moscow would consider a freeze of the front line only in the two southern regions.",
            ["RU frontline_freeze conditional"],
        ),
        (
            "Hungary could accept Ukraine's EU membership, but not at this price.",
            ["HU eu_membership conditional"],
        ),
        (
            "Kyiv accepted the prisoner exchange but not the list of names.",
            ["UA prisoner_exchange support"],
        ),
    ],
)
def test_what_is_accepted_but_for_a_part_is_conditional(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The delegations swapped lists of 640 prisoners.",
            ["RU prisoner_exchange support", "UA prisoner_exchange support"],
        ),
        (
            "An exchange of 250 prisoners was agreed, according to the Emirati foreign ministry.",
            ["RU prisoner_exchange support", "UA prisoner_exchange support"],
        ),
        (
            "Neither side wants a truce, a Turkish diplomat said.",
            ["RU ceasefire_first oppose", "UA ceasefire_first oppose"],
        ),
        ("Both sides traded accusations over the prisoner exchange.", []),
        ("A prisoner exchange was not agreed.", []),
        ("If a prisoner exchange is agreed, the families will be told.", []),
        ("Cambodia and Thailand have agreed to a ceasefire, a diplomat in Kyiv said.", []),
    ],
)
def test_both_sides_are_the_opponents_where_nobody_else_is_named(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('"Nobody here wrote the truce," a White House official insisted.', []),
        ("The General Staff insists that a withdrawal from Kupiansk was never ordered.", []),
        ("Moscow insists that the ceasefire has been violated by Kyiv.", []),
        ("Moscow insisted that Ukraine withdraw from Donetsk.", ["RU territorial_concessions support"]),
        ("Kyiv insists that a ceasefire is needed first.", ["UA ceasefire_first support"]),
        ("Ukraine has to leave Donetsk, Peskov insisted.", ["RU territorial_concessions support"]),
        ("Berlin stopped short of endorsing the US peace plan.", []),
        ("Kyiv stopped short of rejecting the US peace plan.", ["UA us_peace_plan open"]),
        ("Beijing prefers any plan that ends the fighting.", []),
    ],
)
def test_what_is_asserted_is_no_demand(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Kyiv demanded that the clause on the size of its army be struck out.",
            ["UA army_limits oppose"],
        ),
        (
            "Lavrov said the point about Ukraine's NATO membership had to be deleted.",
            ["RU nato_membership oppose"],
        ),
        (
            "Zakharova warned that foreign troops in Ukraine would be legitimate targets.",
            ["RU foreign_troops oppose"],
        ),
        ("The talks on a ceasefire broke up. Kyiv wants one at once.", ["UA ceasefire_first support"]),
        ("The truce was kept. Another soldier was wounded, Kyiv said.", []),
    ],
)
def test_parts_and_further_ones_stand_for_their_matter(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Moscow wants to see the US peace plan scrapped.", ["RU us_peace_plan oppose"]),
        ("Kyiv would like to see sanctions on Russia tightened.", ["UA sanctions_relief oppose"]),
        ("France wants to see arms deliveries to Ukraine stepped up.", ["FR arms_supplies support"]),
        ("Trump announced a pause in deliveries of rockets to Ukraine.", ["US arms_supplies oppose"]),
        ("Ushakov said the territorial question could not be put in brackets.", []),
    ],
)
def test_what_is_to_be_done_with_a_thing_tells_the_way(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "No contacts with Kyiv are envisaged until the envoy reports back, Peskov indicated.",
            ["RU direct_talks conditional"],
        ),
        (
            "Zelensky said that Kyiv would stop shooting at midnight if the other side did.",
            ["UA ceasefire_first support"],
        ),
        (
            "Ukraine could hold elections within ninety days of a truce, Zelensky said.",
            ["UA ukraine_elections conditional"],
        ),
    ],
)
def test_a_term_binds_but_for_one_that_the_other_side_comes_along(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Russia has yet to show a genuine desire to end the fighting, Zelensky said.", []),
        ("Moscow has shown no willingness to accept a ceasefire.", ["RU ceasefire_first oppose"]),
        ("Moscow has demonstrated its readiness for a ceasefire.", ["RU ceasefire_first support"]),
        ("Moscow accused Kyiv of breaking its word by failing to withdraw from Donetsk.", []),
        (
            "Kyiv rejected any suggestion that it would withdraw from Donetsk as part of a deal.",
            ["UA territorial_concessions oppose"],
        ),
        ('"Let\'s distinguish between a truce and a surrender," Zelensky said.', []),
        (
            "Zelensky said that the release of the prisoners should be discussed first.",
            ["UA prisoner_exchange open"],
        ),
        ("Zelensky criticised a US proposal in the negotiations with Russia.", ["UA us_peace_plan oppose"]),
        (
            '"We will only see the return of the prisoners when Russia is confronted and destroyed," '
            "Trump wrote.",
            [],
        ),
        (
            "Moscow spoke of a ceasefire, but Kyiv could not lay down its demands and expect all to "
            "accede to them.",
            [],
        ),
    ],
)
def test_what_is_missed_told_apart_or_only_placed_is_no_stance(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


ON_THE_PLAN = "Kyiv has read the American peace plan."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Zelensky rejected point four, under which Ukraine would recognise Crimea as Russian.",
            ["UA recognition_of_annexation oppose", "US recognition_of_annexation support"],
        ),
        (
            "The eighth article would let a British and French force into Ukraine.",
            ["US foreign_troops support"],
        ),
        (
            "Under point six, Ukraine would cut its army to 600,000 men.",
            ["US army_limits support"],
        ),
        ("The last article was written in haste.", []),
    ],
)
def test_a_part_of_a_document_tells_its_authors_will(nlp, pack, sentence, expected):
    assert read(nlp, pack, ON_THE_PLAN, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The commissioners called for accession talks with Ukraine; Hungary voted against.",
            ["HU eu_membership oppose"],
        ),
        (
            "The council adopted a draft demanding a ceasefire in Ukraine; Russia and China voted against.",
            ["CN ceasefire_first oppose", "RU ceasefire_first oppose"],
        ),
        (
            "Russia vetoed a draft that would have called for arms deliveries to Ukraine.",
            ["RU arms_supplies oppose"],
        ),
        ("Russia read a draft that would have called for arms deliveries to Ukraine.", []),
        (
            "Zakharova said the EU would have no seat at the negotiating table.",
            ["RU european_role oppose"],
        ),
        ("Peskov said the Europeans will have no role in the talks.", ["RU european_role oppose"]),
        ("Merz said he saw no way around tougher sanctions on Russia.", ["DE sanctions_relief oppose"]),
        (
            "London wants a contingent in Ukraine, and Paris too. Peskov said such troops would be "
            "unacceptable.",
            ["GB foreign_troops support", "RU foreign_troops oppose"],
        ),
        ("Keir Starmer wants British soldiers in Ukraine. Such rain is rare.", ["GB foreign_troops support"]),
    ],
)
def test_votes_vetoes_shares_refused_and_other_words_for_it(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


def test_who_brings_a_new_document_has_made_it(nlp, pack):
    brought = "Putin has offered Trump a peace proposal, which envisages Ukraine withdrawing from Donetsk."
    assert read(nlp, pack, brought) == ["RU territorial_concessions support"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Without more interceptors, Zelensky said, Ukraine would be blind by spring.",
            ["UA arms_supplies support"],
        ),
        ("Without Western weapons, Ukraine would collapse within weeks, Lavrov said.", []),
        ("Without more interceptors, Ukraine would be blind by spring.", []),
        (
            "Putin will meet Zelensky when there is something to sign, and not a day earlier, Ushakov said.",
            ["RU leaders_summit conditional"],
        ),
        (
            "Washington is weighing whether to let the sanctions on Russian oil lapse in June.",
            ["US sanctions_relief open"],
        ),
        ("Washington is considering new sanctions on Russia.", ["US sanctions_relief oppose"]),
        (
            "Moscow can work with nine of the points in the American plan.",
            ["RU us_peace_plan conditional"],
        ),
    ],
)
def test_what_is_missed_weighed_or_put_off_to_a_day(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Steve Witkoff suggested that Kyiv pull its troops out of the rest of Donetsk.",
            ["US territorial_concessions support"],
        ),
        (
            "Zelensky pushed back hard Monday against ceding Donetsk.",
            ["UA territorial_concessions oppose"],
        ),
        (
            "Budapest wants the sanctions on Russian potash gone by the spring.",
            ["HU sanctions_relief support"],
        ),
        ("Moscow shot down six drones hours before the ceasefire.", []),
        ("Moscow vowed to sue anybody who lays a finger on its frozen assets.", []),
        (
            "Washington has been nudging Kyiv to hold elections before the summer.",
            ["US ukraine_elections support"],
        ),
    ],
)
def test_what_others_are_bidden_or_brought_to_do(nlp, pack, sentence, expected):
    assert read(nlp, pack, sentence) == expected
