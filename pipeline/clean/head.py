"""The head of a page: its title, its byline with authors and agency."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.clean.classify import Judged, is_whole_stamp, opens_with_day
from pipeline.clean.lines import Line
from pipeline.clean.reference import Knowledge, Publisher, trimmed
from pipeline.clean.zones import Page, body_words

_CAPITALISED = r"(?:[A-ZÀ-ÞĀ-ŽА-Я][\w'’.-]*|al-[A-Z]\w+|[A-Z]\.)"
_PARTICLE = r"(?:de|da|del|della|der|den|di|dos|du|el|la|le|van|von|bin|bint|ibn|ter|ten|af|av|zu|y|e)"
_PARTICLE_ONLY = re.compile(_PARTICLE)
_PERSON = re.compile(rf"{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITALISED}){{1,4}}$")
_WHERE = re.compile(r"\s{1,9}(?:(?:reports?|reporting|writes)\b.*|(?:in|from|at|for)\s+[A-Z].*)$")
_WHERE_PART = re.compile(r"(?:in|at|from|for|near)\s+[A-Z]")
_UNNAMED = frozenset({"agencies", "news agencies", "wires", "wire services", "others", "staff"})
_SPLIT = re.compile(r"\s{0,9}(?:[,;|•·/&]|\s[-–—]\s|\band\b|\bwith\b)\s{0,9}", re.I)
_JOINED = re.compile(r"\band\b|&|;", re.I)
_ASIDE = re.compile(r"\([^()]*\)|@\w+|\.\s+[A-Z]\w+:.*$")
_LOOSE = " .,;:|·•-–—\t\u00a0"
_INITIAL_END = re.compile(r"\s[A-ZÀ-ÞĀ-Ž]$")
_HELPED_BY = re.compile(r",?\s(?:with )?(?:additional|further) reporting (?:by|from)\s", re.I)
_RUN_TOGETHER = re.compile(r"(?<=[a-zà-ž])and(?=[A-ZÀ-Ž][a-zà-ž])")
_PICTURES_BY = re.compile(
    r"\s{1,9}(?:photos?|photographs?|photography|pictures?|images?|illustrations?|graphics?|video)"
    r"(?:\s+by\b:?|:)\s.*$",
    re.I,
)
_TAIL_WORD = re.compile(r"\s{1,9}(?:on|in|at|for)$", re.I)
_AGENCY_IN_DATELINE = re.compile(
    r"^[^a-z]{0,3}[A-Z][^()]{1,70}?(?:\(|/)([A-Z][\w .&'’-]{1,40}?)(?:\)|/)\s*[-—–.]?"
)


_SLOGAN = re.compile(r"\s·\s|\b(?:since|est\.|established|founded)\s(?:in\s)?(?:1[6-9]|20)\d\d\.?$", re.I)
"""What slogans under the name of a site hold: a mark between their parts, the year of its beginning."""
_ALERT = re.compile(
    r"^(?:breaking(?: news)?|just in|alert|news ?flash|trending|developing|latest)\s?[:|–—-]\s", re.I
)
"""How the bar with the news of the hour begins that stands above the titles of all pages of a site."""
_TWO_SENTENCES = re.compile(r"[.!?][\"”’]?\s+[A-Z“‘\"]")
_DATED_BY = re.compile(r"^.{0,40}\b(?:19|20)\d{2}\b.{0,20}?\bby:?\s+(?=[A-Z])")
"""The date that a byline begins with ("March 4, 2025 by Jane Doe")."""
_COMMENTS = re.compile(r"\s(?:leave a (?:comment|reply)|\d+ comments?|no comments|comments off)\b.*$", re.I)
_MAX_BYLINE_WORDS = 30
_LONGEST_BYLINE = 300
_HEAD_LINES = 80
_TITLE_LIKE = 2.2
_LEAST_TITLE = 1.5
_NAMED_WORDS = 2
_TOP = 3
_LONGEST_TITLE = 32
_TRAIL_WORDS = 6
_SHORT_TITLE = 8
_OTHER_POSTS = 2
_LIST_OF_DAYS = 3
_LONG_WORDS = 3
"""Long words of a line from which on they tell whether it speaks of the text."""
_LONG_WORD = 4
"""Letters of words by which a line is compared with the text."""
_NO_TITLE = re.compile(
    r"^[•·▪◦‣]\s|^[“\"].*,[”\"]$|^[\[(]?\d{1,2}[:.h]\d{2}\b|"
    r"^[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}(?:,[A-ZÀ-Þ.'’ ,-]{2,60})?:\s.*[.?!]$"
)
"""A point of a list, what somebody said, cut off where its speaker is named, what opens with a time, and a
speaker's turn in a transcript ("MS DOE: Good morning.")."""
_ASKED = re.compile(r"\b(?:you|your|Q|A)\b|^[A-Z][A-Za-z .]{0,30}:\s(?!.*:)(?=.*\b(?:I|we)\b)")
"""What shows that a question is put to somebody."""
_LONGEST_ASKING = 20
_FOREIGN = re.compile(r"[\u0400-\u04ff\u0590-\u06ff\u0900-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}")
"""A word in another script: the languages that a site offers."""
_OF_GALLERY = re.compile(r"\d{1,3}\s?/\s?\d{1,3}$")
"""The number of a picture among others, above its caption."""
_FULL_STOP = re.compile(r"[a-z0-9)”’\"']{2}\.[”’\"']?$")
"""The end of a sentence; a title may end with an abbreviation or a question."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline names."""

    authors: tuple[str, ...]
    agency: Publisher | None
    marked: bool = False
    """Whether the line says so itself ("By ...") or names an agency."""
    said: bool = False
    """Whether it says so in words."""
    outlet: str | None = None
    """The outlet of the authors that ends the line, where no reference data know it."""


_OPENS_QUOTE = re.compile(r"[“\"«„]")  # "The port has posted this:" above what it posted is no title


def find_title(page: Page, knowledge: Knowledge, furniture_names: frozenset[str]) -> int | None:
    """Index of the page's title among the lines before its first strong prose; None if it has none.

    Args:
        page: judged lines.
        knowledge: reference data.
        furniture_names: keys of lines that name the site (they stand in the tail of the page as well).
    """
    told = frozenset(body_words(page))
    topics = told - knowledge.english.function_words
    below = frozenset(j.line.key for j in page.lines[page.lead :])
    best: tuple[float, int] | None = None
    above: tuple[float, int] | None = None  # of the lines above the first post, if the page is a feed
    rivals = 0
    items = _items_of_days(page) | _led_lines(page)
    head_keys = Counter(j.line.key for j in page.lines[: min(page.lead, _HEAD_LINES)])
    for i in range(_ends_head(page)):
        score = None if i in items else _title_score(page, i, knowledge, furniture_names, told, below)
        if score is None:
            continue
        # Of two headline-like lines the first is the title and the second its standfirst.
        score -= rivals * 2.0
        line = page.lines[i].line
        if head_keys[line.key] > 1:
            head_keys[line.key] -= 1
            # The head repeats it: in a bar above, or as the caption of the page. The last one is the title.
            continue
        rivals += (
            score >= _TITLE_LIKE
            and not line.text.endswith((".", "!"))
            and not _is_slogan(line, told)
            and not _ALERT.match(line.text)
            and (line.has_verb or any(w.casefold() in topics for w in line.words))
        )
        if i > 0 and above is None and _is_post(page, i - 1):
            above = best
        if best is None or score > best[0]:
            best = (score, i)
    if above is not None and above[0] >= _LEAST_TITLE:
        best = above
    if best is None or best[0] < _LEAST_TITLE:
        unlikely = _unlikely_title(page, knowledge)
        return _asking_title(page) if unlikely is None else unlikely
    return best[1] - 1 if _is_standfirst(page, best[1], knowledge, furniture_names) else best[1]


def _ends_head(page: Page) -> int:
    """Index of the line above which a title may stand: of the first paragraph, or a feed's first post."""
    lead = min(page.lead, _HEAD_LINES)
    return next((i for i, j in enumerate(page.lines[:lead]) if j.posted is not None), lead)


def _items_of_days(page: Page) -> frozenset[int]:
    """Indices of lines that open with their day, as those of a chronology or an agenda; none if few do."""
    found = frozenset(i for i, j in enumerate(page.lines) if j.stamp is not None and opens_with_day(j.stamp))
    return found if len(found) >= _LIST_OF_DAYS else frozenset()


def _led_lines(page: Page) -> frozenset[int]:
    """Indices of lines that open with the time of a post; none if few do."""
    found = frozenset(i for i, j in enumerate(page.lines) if j.led is not None)
    return found if len(found) >= _LIST_OF_DAYS else frozenset()


def _is_standfirst(page: Page, i: int, knowledge: Knowledge, furniture_names: frozenset[str]) -> bool:
    """Whether the line that looks most like a title is a sentence under a title as short as a name."""
    if i < 2 or not _FULL_STOP.search(page.lines[i].line.text):
        return False
    above = page.lines[i - 1]
    line = above.line
    outlet = trimmed(line.text) in knowledge.by_name or _names_outlet(line, knowledge)
    section = line.key in furniture_names or knowledge.is_section(line.key, line.lowered)
    byline = parse_byline(line.text, knowledge)
    signed = byline is not None and byline.marked
    return (
        _NAMED_WORDS <= line.n_words <= _SHORT_TITLE
        and above.signal is None
        and not (above.caption or above.stamp is not None or outlet or section or signed)
        and not (line.ends_open or len(line.menu_items) > 1 or _SLOGAN.search(line.text))
        and not line.key.startswith(knowledge.institution_openings)
    )


def _unlikely_title(page: Page, knowledge: Knowledge) -> int | None:
    """The line right above the byline or date, where no line of the head looks like a title.

    It may be as short as a name ("Cold Peace"), hold the date ("Morning Digest, 12 March 2026") or begin
    like a link ("Watch: ...").
    """
    for i in range(1, _ends_head(page)):
        j, above = page.lines[i], page.lines[i - 1]
        signs = _is_byline(j, knowledge) or (is_whole_stamp(j.line, j.stamp) and i + 1 < page.lead)
        if not signs and i + 1 != page.lead:
            continue
        dated = is_whole_stamp(above.line, above.stamp)
        if dated and (above.stamp is None or above.stamp.updated or len(above.stamp.rest) < _NAMED_WORDS):
            continue
        if any(above.line.key == k.line.key for k in page.lines if k is not above):
            continue
        if _NO_TITLE.match(above.line.text):
            continue
        if (
            above.signal not in (None, "media_teaser")
            or not _NAMED_WORDS <= above.line.n_words <= _LONGEST_TITLE
        ):
            continue
        known = trimmed(above.line.text) in knowledge.by_name
        if not known and knowledge.byline_mark.match(above.line.text) is None and not above.caption:
            return None if knowledge.is_section(above.line.key, above.line.lowered) else i - 1
    return None


def _asking_title(page: Page) -> int | None:
    """The first line of the text, if it asks what the page is about: "Will they talk today?".

    Where it stands there twice, the second time. A question to somebody opens an interview.
    """
    i = page.lead
    if i >= min(len(page.lines) - 1, _HEAD_LINES):
        return None
    line, below = page.lines[i].line, page.lines[i + 1].line
    twice = line.key == below.key
    asks = line.text.endswith("?") and not line.has_quote and not _ASKED.search(line.text)
    if not (asks and _NAMED_WORDS <= line.n_words <= _LONGEST_ASKING) or _NO_TITLE.match(line.text):
        return None
    return i + 1 if twice else i


def _title_score(
    page: Page,
    i: int,
    knowledge: Knowledge,
    furniture_names: frozenset[str],
    told: frozenset[str],
    below: frozenset[str],
) -> float | None:
    """How much a line looks like the page's title; None if it cannot be.

    `told` holds the words of the text, `below` the keys of the lines from the first paragraph on.
    """
    j = page.lines[i]
    line = j.line
    if (
        j.signal is not None
        or j.caption
        or _FOREIGN.search(line.text)
        or (i > 0 and _OF_GALLERY.match(page.lines[i - 1].line.text))
        or j.posted is not None
        or is_whole_stamp(line, j.stamp)
        or (line.text.endswith(":") and _AGENCY_IN_DATELINE.match(line.text) is not None)
        or (
            line.text.endswith(":")
            and i + 1 < len(page.lines)
            and _OPENS_QUOTE.match(page.lines[i + 1].line.text)
        )
        or _NO_TITLE.match(line.text)
        or not _NAMED_WORDS <= line.n_words <= _LONGEST_TITLE
    ):
        return None
    if line.key in furniture_names or trimmed(line.text) in knowledge.by_name:
        return None
    byline = parse_byline(line.text, knowledge)
    if byline is not None and (byline.marked or line.n_words <= 3):
        return None
    score = min(line.n_words, 8) * 0.25
    score += 1.0 if line.has_verb else 0.0
    score += 0.5 if line.function_share > 0.05 else 0.0
    score -= 2.0 if line.ends_sentence and line.n_words > 12 and _TWO_SENTENCES.search(line.text) else 0.0
    score -= 2.0 if i < page.lead - 2 and _is_slogan(line, told) else 0.0
    score -= 2.0 if len(line.menu_items) > 1 and not line.has_verb and line.n_words <= _TRAIL_WORDS else 0.0
    score -= 2.5 if i < page.lead - 2 and _ALERT.match(line.text) else 0.0
    score -= 3.0 if i < _TOP and j.stamp is None and _names_outlet(line, knowledge) else 0.0
    institution = line.key.startswith(knowledge.institution_openings) and line.n_words <= 9
    score -= 4.0 if institution and (line.capital_share == 1.0 or not line.has_verb) else 0.0
    score -= 0.0 if not line.text.endswith(".") else 4.0 if line.n_words > 8 else 1.0
    score -= 2.0 if line.text.endswith("!") else 0.0
    score -= 1.0 if line.all_caps and line.n_words <= 4 else 0.0
    score -= max(0, line.n_words - 18) * 0.15
    long = [w.casefold() for w in line.words if len(w) >= _LONG_WORD]
    score += 2.0 * sum(w in told for w in long) / max(2, len(long))
    if line.n_words >= 4 and (line.key in below or line.key in {k.line.key for k in page.lines[:i]}):
        # Pull quotes and previews of the page itself repeat its title.
        score += 2.0
    if i > 0 and is_whole_stamp(page.lines[i - 1].line, page.lines[i - 1].stamp):
        score += 0.5
    for near in page.lines[i + 1 : i + 5]:
        if is_whole_stamp(near.line, near.stamp) or _is_byline(near, knowledge):
            score += 1.0
            break
    return score


def _is_slogan(line: Line, told: frozenset[str]) -> bool:
    """Whether a line reads like a slogan; one with a year has no colon, and few words of the text."""
    if not _SLOGAN.search(line.text):
        return False
    if "·" in line.text:
        return True
    if ":" in line.text:
        return False
    long = [w.casefold() for w in line.words if len(w) >= _LONG_WORD]
    return len(long) < _LONG_WORDS or 2 * sum(w in told for w in long) < len(long)


def _is_post(page: Page, i: int) -> bool:
    """Whether a line is the stamp of a feed's first post: times stand alone further down, too."""
    alone = [
        k
        for k, j in enumerate(page.lines[: page.last])
        if k >= i
        and j.stamp is not None
        and (j.stamp.time is not None or j.stamp.relative)
        and is_whole_stamp(j.line, j.stamp)
    ]
    return len(alone) > _OTHER_POSTS and alone[0] == i


def _names_outlet(line: Line, knowledge: Knowledge) -> bool:
    """Whether a line has the shape of an outlet's name: capitals, one of its words, no verb and no number."""
    capitals = line.capital_share == 1.0 and not any(c.isdigit() or c in ":?–—" for c in line.text)
    return capitals and not line.has_verb and line.n_words <= 5 and knowledge.names_outlet(line.key)


def _is_byline(j: Judged, knowledge: Knowledge) -> bool:
    found = parse_byline(j.line.text, knowledge)
    return found is not None and (found.marked or j.line.n_words <= 4)


def parse_byline(text: str, knowledge: Knowledge, marked_only: bool = False) -> Byline | None:
    """Authors and agency of a line that is nothing but a byline; None if it is not one.

    Args:
        text: the line.
        knowledge: reference data with the agencies' names.
        marked_only: accept only lines that say so ("By ...") or that name an agency.
    """
    if len(text) > _LONGEST_BYLINE:
        return None
    text = _COMMENTS.sub("", text.strip())
    dated, n_dated = _DATED_BY.subn("", text)
    body, n_marks = knowledge.byline_mark.subn("", dated)
    n_marks += n_dated
    body = _HELPED_BY.sub(" and ", body)
    body = _RUN_TOGETHER.sub(" and ", _PICTURES_BY.sub("", body))
    body = _TAIL_WORD.sub("", _without_date(_ASIDE.sub(" ", body), knowledge)).strip(_LOOSE)
    if not body or len(body.split()) > _MAX_BYLINE_WORDS:
        return None
    agency, body = _cut_agency(body, knowledge)
    marked = n_marks > 0 or agency is not None
    parts = [part.strip(_LOOSE) for part in _SPLIT.split(body) if part and part.strip(_LOOSE)]
    listed = _JOINED.search(body) is not None
    people: list[str] = []
    outlet: str | None = None
    for n, whole in enumerate(parts):
        if n > 0 and (_WHERE_PART.match(whole) or whole.casefold() in _UNNAMED):
            continue
        part = _without_office(_WHERE.sub("", whole), knowledge)
        if _INITIAL_END.search(part) and f"{part}." in text:
            # "Reporter: Jane D.": the full stop belongs to the name.
            part += "."
        if n > 0 and people and _is_outlet(part, knowledge):
            outlet = part
            continue
        known = knowledge.by_name.get(trimmed(part))
        if len(words := part.split()) >= 3 and knowledge.is_place(words[-1]):
            # "Jane Doe London"; a name of two words may end in Paris.
            part = " ".join(words[:-1])
        if known is not None:
            agency = agency or (known if known.kind == "agency" else None)
        elif _is_person(part, knowledge):
            people.append(part)
        elif n == 0 and n_marks and all(w[0].isupper() for w in part.split()):
            # "By Staff Writer", "By Our Correspondents": a byline that names nobody.
            return Byline((), agency, True, True)
        elif n == 0 or (n_marks == 0 and part[0].islower() and not _has_role(part, knowledge)):
            # The line begins with something else than a name, or goes on like a sentence.
            return None
        elif not listed:
            break
        elif n_marks == 0 and _tells(part):
            # "Ada Ngo, Bo Li and Jane Doe pose for the cameras"
            return None
    if not people and agency is None:
        return None
    if text.endswith(":") and n_marks == 0:
        # A name with a colon announces what its bearer says.
        return None
    if marked_only and not marked:
        return None
    return Byline(tuple(_normal_case(name) for name in people), agency, marked, n_marks > 0, outlet)


def _tells(part: str) -> bool:
    """Whether a part of a byline runs on in small letters behind a name, as a sentence does."""
    small = [w for w in part.split()[1:] if w[0].islower() and not _PARTICLE_ONLY.fullmatch(w)]
    return part[0].isupper() and len(small) >= _NAMED_WORDS


def _without_office(part: str, knowledge: Knowledge) -> str:
    """A name without the office that follows it ("Jane Doe Diplomatic editor")."""
    words = part.split()
    for k, word in enumerate(words[2:], 2):
        office = word.casefold() in knowledge.office_adjectives and _has_role(" ".join(words[k:]), knowledge)
        if office or word.casefold() in knowledge.role_words:
            name = " ".join(words[:k])
            return part if trimmed(name) in knowledge.by_name else name
    return part


def _is_outlet(part: str, knowledge: Knowledge) -> bool:
    """Whether a part of a byline has the shape of an outlet's name ("Example Wire", "XYZ News")."""
    words = part.split()
    return (
        2 <= len(words) <= 5
        and all(w[0].isupper() for w in words)
        and words[-1].casefold() in knowledge.outlet_words
        and trimmed(part) not in knowledge.by_name
    )


def _has_role(part: str, knowledge: Knowledge) -> bool:
    return any(w.casefold() in knowledge.role_words for w in part.split())


def _is_person(part: str, knowledge: Knowledge) -> bool:
    """Whether a part of a byline has the shape of a person's name and none of the words of other names."""
    words = part.split()
    if not 2 <= len(words) <= 5 or _PERSON.fullmatch(part) is None:
        return False
    return not any(w.casefold().strip(".") in knowledge.not_names for w in words)


def _without_date(text: str, knowledge: Knowledge) -> str:
    """The line up to its first date or other number."""
    for match in re.finditer(r"[^\W_]+", text):
        word = match.group()
        following = text[match.end() : match.end() + 4]
        in_date = word.casefold() in knowledge.months and any(c.isdigit() for c in following)
        if any(c.isdigit() for c in word) or in_date:
            return text[: match.start()]
    return text


def _cut_agency(body: str, knowledge: Knowledge) -> tuple[Publisher | None, str]:
    """The agency that ends the byline, and the byline without it."""
    for agency in knowledge.agencies:
        for name in (agency.name, *agency.aliases):
            if body == name:
                return agency, ""
            if body.endswith(name) and not body[: -len(name)][-1:].isalnum():
                return agency, body[: -len(name)].rstrip(" ,|/-–—(")
    return None, body


def _normal_case(name: str) -> str:
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+(?:'(?=[a-z]))?", lambda m: m.group()[0] + m.group()[1:].lower(), name)


def dateline_agency(text: str, knowledge: Knowledge) -> Publisher | None:
    """The agency that a paragraph's dateline names: "KYIV, March 12 (Reuters) -"."""
    match = _AGENCY_IN_DATELINE.match(text[:120])
    if match is None:
        return None
    known = knowledge.by_name.get(trimmed(match.group(1)))
    return known if known is not None and known.kind == "agency" else None
