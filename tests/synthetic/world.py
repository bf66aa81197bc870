"""Who takes part: real states, invented people in office, negotiations, places and cited outlets.

Everything is drawn from the seed alone, so that a page can name an envoy whom other pages know, too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class State:
    """A state as news write of it."""

    code: str
    name: str
    adjective: str
    capital: str
    region: str
    government: str | None = None
    """A building that stands for the government ("the Kremlin")."""

    @property
    def possessive(self) -> str:
        return f"{self.name}’" if self.name.endswith("s") else f"{self.name}’s"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in office; nobody real."""

    given: str
    family: str
    gender: str
    office: str
    state: State

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def party(self) -> str:
        return self.state.code

    @property
    def pronoun(self) -> str:
        return "he" if self.gender == "m" else "she"

    @property
    def possessive(self) -> str:
        return "his" if self.gender == "m" else "her"


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Two sides, those who help them, where they meet and what they argue about."""

    key: str
    sides: tuple[State, State]
    helpers: tuple[State, ...]
    cities: tuple[tuple[str, str], ...]
    towns: tuple[str, ...]
    matters: tuple[str, ...]
    has_positions: bool
    """Whether its issues are those of a domain pack, so that positions are known."""
    cast: tuple[Person, ...]

    @property
    def states(self) -> tuple[State, ...]:
        return (*self.sides, *self.helpers)

    def people_of(self, state: State) -> list[Person]:
        """The state's people, the highest office first."""
        return [person for person in self.cast if person.state == state]


STATES = {
    state.code: state
    for state in (
        State("UA", "Ukraine", "Ukrainian", "Kyiv", "slavic"),
        State("RU", "Russia", "Russian", "Moscow", "slavic", "the Kremlin"),
        State("US", "the United States", "U.S.", "Washington", "english", "the White House"),
        State("TR", "Turkey", "Turkish", "Ankara", "turkic"),
        State("GB", "Britain", "British", "London", "english"),
        State("FR", "France", "French", "Paris", "french", "the Élysée"),
        State("DE", "Germany", "German", "Berlin", "german"),
        State("AM", "Armenia", "Armenian", "Yerevan", "armenian"),
        State("AZ", "Azerbaijan", "Azerbaijani", "Baku", "turkic"),
        State("ET", "Ethiopia", "Ethiopian", "Addis Ababa", "horn"),
        State("EG", "Egypt", "Egyptian", "Cairo", "arabic"),
        State("IN", "India", "Indian", "New Delhi", "indian"),
        State("PK", "Pakistan", "Pakistani", "Islamabad", "urdu"),
        State("IR", "Iran", "Iranian", "Tehran", "persian"),
        State("OM", "Oman", "Omani", "Muscat", "arabic"),
        State("QA", "Qatar", "Qatari", "Doha", "arabic"),
        State("RS", "Serbia", "Serbian", "Belgrade", "slavic"),
        State("XK", "Kosovo", "Kosovar", "Pristina", "albanian"),
        State("VE", "Venezuela", "Venezuelan", "Caracas", "spanish"),
        State("GY", "Guyana", "Guyanese", "Georgetown", "english"),
        State("BR", "Brazil", "Brazilian", "Brasília", "spanish"),
        State("CN", "China", "Chinese", "Beijing", "chinese"),
        State("GR", "Greece", "Greek", "Athens", "greek"),
        State("KR", "South Korea", "South Korean", "Seoul", "korean"),
        State("JP", "Japan", "Japanese", "Tokyo", "japanese"),
        State("NO", "Norway", "Norwegian", "Oslo", "nordic"),
        State("FI", "Finland", "Finnish", "Helsinki", "nordic"),
        State("CH", "Switzerland", "Swiss", "Bern", "german"),
        State("KE", "Kenya", "Kenyan", "Nairobi", "horn"),
        State("SA", "Saudi Arabia", "Saudi", "Riyadh", "arabic"),
    )
}

# Given names of men and of women, and the parts of which family names are made.
_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "slavic": (
        ("Taras", "Gleb", "Bohdan", "Yegor", "Pavlo", "Miloš", "Arkady", "Stepan", "Ruslan", "Denys"),
        ("Oksana", "Inna", "Larysa", "Vesna", "Tamara", "Darya", "Halyna", "Zoya"),
        ("Bor", "Hrab", "Kost", "Lyt", "Mol", "Petr", "Sav", "Tkach", "Vor", "Zel", "Dub", "Chorn", "Rad"),
        ("enko", "ovsky", "chuk", "insky", "enkov", "ovich", "atov"),
    ),
    "english": (
        ("Philip", "Russell", "Grant", "Warren", "Neil", "Curtis", "Alistair", "Dwight"),
        ("Denise", "Rosalind", "Dana", "Marjorie", "Heather", "Paula", "Gwen"),
        ("Har", "Whit", "Ald", "Corr", "Kings", "Mar", "Thorn", "Pem", "Brack", "Lang"),
        ("lan", "combe", "ridge", "igan", "worth", "well", "bury", "stead"),
    ),
    "french": (
        ("Étienne", "Bastien", "Gaspard", "Thierry", "Yannick"),
        ("Solène", "Margaux", "Odile", "Clémence"),
        ("Gar", "Bois", "Mont", "Ville", "Char", "Lau"),
        ("nier", "martin", "rand", "bert", "pentier"),
    ),
    "german": (
        ("Jürgen", "Lothar", "Matthias", "Ulrich", "Reto", "Urs"),
        ("Heike", "Annegret", "Ursina", "Sabine"),
        ("Bren", "Stein", "Hof", "Wald", "Kess", "Alt"),
        ("ner", "mann", "häuser", "ler", "bacher"),
    ),
    "turkic": (
        ("Levent", "Orkhan", "Tural", "Cemal", "Rashad", "Volkan"),
        ("Aysel", "Nilufar", "Sevda", "Defne"),
        ("Ak", "Demir", "Yıl", "Gül", "Mamm", "Rza"),
        ("oğlu", "kaya", "maz", "taş", "ayev", "ev"),
    ),
    "armenian": (
        ("Vahan", "Hrant", "Tigran", "Aram"),
        ("Lusine", "Nairi", "Siranush"),
        ("Sark", "Ter", "Bagh", "Hov", "Gev"),
        ("avyan", "osyan", "dasaryan", "hannisyan", "orkian"),
    ),
    "arabic": (
        ("Walid", "Tariq", "Hany", "Rashid", "Faris", "Nabil", "Saif"),
        ("Layla", "Rania", "Dalia", "Huda"),
        ("Al-Nu", "Al-Har", "Al-Sab", "Man", "Abou", "Al-Kaw"),
        ("aimi", "thy", "ari", "sour", "zeid", "ri"),
    ),
    "persian": (
        ("Behrouz", "Kamran", "Siavash", "Farhad"),
        ("Shirin", "Mahnaz", "Parvaneh"),
        ("Tav", "Rost", "Jah", "Kav", "Mor"),
        ("akoli", "amian", "anbakhsh", "ousi", "adian"),
    ),
    "indian": (
        ("Anand", "Vikram", "Suresh", "Rohan"),
        ("Meera", "Kavita", "Sunita", "Leela"),
        ("Chan", "Bhat", "Ram", "Dev", "Nar"),
        ("drasen", "nagar", "akrish", "arajan", "endran"),
    ),
    "urdu": (
        ("Imtiaz", "Shahid", "Zubair", "Faisal"),
        ("Saima", "Nadia", "Rubina"),
        ("Qur", "Bukh", "Mir", "Chau", "Dur"),
        ("eshi", "ari", "zada", "dhry", "rani"),
    ),
    "horn": (
        ("Tesfaye", "Getachew", "Dawit", "Otieno"),
        ("Almaz", "Hirut", "Wanjiru"),
        ("Wold", "Gebre", "Tad", "Kip", "Ab"),
        ("emariam", "selassie", "esse", "rotich", "ebe"),
    ),
    "albanian": (
        ("Arben", "Dritan", "Ilir"),
        ("Vjosa", "Mimoza", "Teuta"),
        ("Kras", "Berish", "Gash", "Hox"),
        ("niqi", "aj", "olli", "allari"),
    ),
    "spanish": (
        ("Ramiro", "Otávio", "Esteban", "Joaquim"),
        ("Marisol", "Beatriz", "Graciela"),
        ("Qui", "Mont", "Alv", "Carv", "Bel"),
        ("roga", "albán", "arado", "ajal", "monte"),
    ),
    "chinese": (
        ("Weimin", "Guohua", "Zhiyuan"),
        ("Meilin", "Xiaorong", "Lihua"),
        ("Sh", "Zh", "L", "Ch"),
        ("ao", "ong", "uan", "eng"),
    ),
    "greek": (
        ("Stavros", "Lefteris", "Thanos"),
        ("Eleni", "Despina", "Ioanna"),
        ("Papa", "Kara", "Vasil", "Theo"),
        ("georgiou", "mitros", "akis", "doropoulos"),
    ),
    "korean": (
        ("Min-jae", "Sung-ho", "Dong-wook"),
        ("Ji-eun", "Soo-min", "Hye-jin"),
        ("Ba", "Cho", "Sh", "Nam"),
        ("ek", "i", "in", "gung"),
    ),
    "japanese": (
        ("Kenji", "Haruto", "Takeshi"),
        ("Yumiko", "Naoko", "Emi"),
        ("Hase", "Kuri", "Mori", "Fuku"),
        ("gawa", "bayashi", "yama", "hara"),
    ),
    "nordic": (
        ("Eirik", "Halvard", "Juhani", "Torstein"),
        ("Ingrid", "Solveig", "Aino", "Ragnhild"),
        ("Haal", "Brekk", "Nord", "Lind", "Vester"),
        ("stad", "vik", "heim", "lund", "gaard"),
    ),
}
OFFICES = (
    "president",
    "prime minister",
    "foreign minister",
    "defense minister",
    "chief negotiator",
    "national security adviser",
    "special envoy",
    "deputy foreign minister",
)
_US_OFFICES = (
    "president",
    "vice president",
    "secretary of state",
    "defense secretary",
    "chief negotiator",
    "national security adviser",
    "special envoy",
    "deputy secretary of state",
)
# key, sides, helpers, cities where they meet (city, state), towns in dispute, matters, positions known
_NEGOTIATIONS = (
    (
        "ukraine",
        ("UA", "RU"),
        ("US", "TR", "FR", "DE"),
        (("Istanbul", "TR"), ("Geneva", "CH"), ("Abu Dhabi", "AE"), ("Vienna", "AT"), ("Helsinki", "FI")),
        ("Vasylkivka", "Orlivske", "Zelenyi Hai", "Stara Mlyn"),
        ("grain ships", "minefields", "power lines", "weather stations", "the ferry timetable"),
        True,
    ),
    (
        "caucasus",
        ("AM", "AZ"),
        ("FR", "US"),
        (("Brussels", "BE"), ("Tbilisi", "GE"), ("Munich", "DE"), ("Prague", "CZ")),
        ("Karavan", "Sotk Gate", "Tigranavan", "Ashagi Dere"),
        ("the railway", "border markers", "village wells", "captured maps", "customs posts"),
        False,
    ),
    (
        "nile",
        ("ET", "EG"),
        ("KE", "US"),
        (("Khartoum", "SD"), ("Nairobi", "KE"), ("Kinshasa", "CD"), ("Cairo", "EG")),
        ("Bameza", "Guba Reach", "Sherkole"),
        ("the reservoir", "spillway tests", "drought years", "gauge readings", "turbine hours"),
        False,
    ),
    (
        "indus",
        ("IN", "PK"),
        ("SA", "GB"),
        (("Riyadh", "SA"), ("Dubai", "AE"), ("Colombo", "LK"), ("Muscat", "OM")),
        ("Kotli Bridge", "Jassar", "Uri Sector"),
        ("river flows", "overflights", "pilgrims’ visas", "cotton trucks", "shelled villages"),
        False,
    ),
    (
        "gulf",
        ("IR", "US"),
        ("OM", "QA", "GB"),
        (("Muscat", "OM"), ("Doha", "QA"), ("Vienna", "AT"), ("Rome", "IT")),
        ("Tang-e Zard", "Bandar Lamard", "Kuh-e Sefid"),
        ("cameras", "centrifuge halls", "seized tankers", "the bank transfer", "access logs"),
        False,
    ),
    (
        "balkans",
        ("RS", "XK"),
        ("DE", "FR"),
        (("Brussels", "BE"), ("Skopje", "MK"), ("Ohrid", "MK"), ("Vienna", "AT")),
        ("Zubin Most", "Jarinjski Prelaz", "Gornja Breza"),
        ("licence plates", "school books", "court archives", "the power grid", "mayors’ offices"),
        False,
    ),
    (
        "essequibo",
        ("VE", "GY"),
        ("BR", "NO"),
        (("Bridgetown", "BB"), ("Manaus", "BR"), ("Port of Spain", "TT"), ("Kingstown", "VC")),
        ("Anacoco Landing", "Puerto Tigre", "Eteringbang"),
        ("drilling blocks", "river patrols", "gold camps", "flight paths", "the old survey"),
        False,
    ),
    (
        "trade",
        ("CN", "US"),
        ("CH", "KR"),
        (("Geneva", "CH"), ("Madrid", "ES"), ("Kuala Lumpur", "MY"), ("Stockholm", "SE")),
        ("Port Callow", "Lianhu Park", "Bayview Yard"),
        ("tariff lines", "soybean quotas", "rare earths", "port fees", "chip licences"),
        False,
    ),
    (
        "aegean",
        ("GR", "TR"),
        ("DE", "NO"),
        (("Athens", "GR"), ("Izmir", "TR"), ("Valletta", "MT"), ("Berlin", "DE")),
        ("Farmakos", "Kum Burnu", "Agia Rena"),
        ("drill ships", "radar tracks", "ferry lines", "gas shares", "migrant boats"),
        False,
    ),
    (
        "fisheries",
        ("JP", "KR"),
        ("FI", "US"),
        (("Singapore", "SG"), ("Jakarta", "ID"), ("Helsinki", "FI"), ("Busan", "KR")),
        ("Hosojima Bank", "Ulsanri", "Kita Reef"),
        ("trawler quotas", "coast guard patrols", "catch records", "engine limits", "spawning grounds"),
        False,
    ),
)
OUTLETS = (
    "Reuters",
    "Axios",
    "Politico",
    "Bloomberg",
    "the Financial Times",
    "Der Spiegel",
    "Le Monde",
    "CNN",
    "the BBC",
    "The Wall Street Journal",
    "Al Jazeera",
    "The Economist",
)


def capitalised(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def _invented(chance: random.Random, state: State, office: str, taken: set[str]) -> Person:
    men, women, starts, ends = _NAMES[state.region]
    gender = "m" if chance.random() < 0.62 else "f"
    while True:
        family = chance.choice(starts) + chance.choice(ends)
        if family not in taken:
            taken.add(family)
            return Person(chance.choice(men if gender == "m" else women), family, gender, office, state)
        if len(taken) > 4_000:
            raise ValueError("no family names are left")


@lru_cache(maxsize=4)
def negotiations(seed: int) -> tuple[Negotiation, ...]:
    """The negotiations with the people who lead them; equal seeds give equal people."""
    made = []
    for key, sides, helpers, cities, towns, matters, has_positions in _NEGOTIATIONS:
        chance = random.Random(f"{seed}/cast/{key}")
        taken: set[str] = set()
        cast = []
        for n, code in enumerate((*sides, *helpers)):
            offices = _US_OFFICES if code == "US" else OFFICES
            # States without such an office in the ordinary sense have no president here.
            offices = offices[1:] if code in ("GB", "IN", "JP", "NO", "CH") else offices
            for office in offices if n < 2 else offices[:4]:
                cast.append(_invented(chance, STATES[code], office, taken))
        made.append(
            Negotiation(
                key,
                (STATES[sides[0]], STATES[sides[1]]),
                tuple(STATES[code] for code in helpers),
                cities,
                towns,
                matters,
                has_positions,
                tuple(cast),
            )
        )
    return tuple(made)
