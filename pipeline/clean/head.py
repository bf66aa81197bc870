"""The head of a page: its title, its byline with authors and agency."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.clean.classify import Judged, is_whole_stamp
from pipeline.clean.reference import Knowledge, Publisher, trimmed
from pipeline.clean.zones import Page, body_words

_CAPITALISED = r"(?:[A-ZÀ-ÞĀ-ŽА-Я][\w'’.-]*|al-[A-Z]\w+|[A-Z]\.)"
_PARTICLE = r"(?:de|da|del|della|der|den|di|dos|du|el|la|le|van|von|bin|bint|ibn|ter|ten|af|av|zu|y|e)"
_PERSON = re.compile(rf"{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITALISED}){{1,4}}$")
_WHERE = re.compile(r"\s+(?:(?:reports?|reporting|writes)\b.*|(?:in|from|at|for)\s+[A-Z].*)$")
_WHERE_PART = re.compile(r"(?:in|at|from|for|near)\s+[A-Z]")
_UNNAMED = frozenset({"agencies", "news agencies", "wires", "wire services", "others", "staff"})
_SPLIT = re.compile(r"\s*(?:[,;|•·/&]|\s[-–—]\s|\band\b|\bwith\b)\s*", re.I)
_JOINED = re.compile(r"\band\b|&|;", re.I)
_ASIDE = re.compile(r"\([^()]*\)|@\w+|\.\s+[A-Z]\w+:.*$")
_LOOSE = " .,;:|·•-–—\t\u00a0"
_TAIL_WORD = re.compile(r"\s+(?:on|in|at|for)$", re.I)
_AGENCY_IN_DATELINE = re.compile(
    r"^[^a-z]{0,3}[A-Z][^()]{1,70}?(?:\(|/)([A-Z][\w .&'’-]{1,40}?)(?:\)|/)\s*[-—–.]?"
)


_MAX_BYLINE_WORDS = 30
_LONGEST_BYLINE = 300
_HEAD_LINES = 80
_TITLE_LIKE = 2.2
_LEAST_TITLE = 1.5


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline names."""

    authors: tuple[str, ...]
    agency: Publisher | None
    marked: bool = False
    """Whether the line says so itself ("By ...") or names an agency."""


def find_title(page: Page, knowledge: Knowledge, furniture_names: frozenset[str]) -> int | None:
    """Index of the page's title among the lines before its first strong prose; None if it has none.

    Args:
        page: judged lines.
        knowledge: reference data.
        furniture_names: keys of lines that name the site (they stand in the tail of the page as well).
    """
    told = frozenset(body_words(page))
    below = frozenset(j.line.key for j in page.lines[page.lead :])
    best: tuple[float, int] | None = None
    rivals = 0
    head_keys = Counter(j.line.key for j in page.lines[: min(page.lead, _HEAD_LINES)])
    for i in range(min(page.lead, _HEAD_LINES)):
        score = _title_score(page, i, knowledge, furniture_names, told, below)
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
            and not line.text.endswith(".")
            and (line.has_verb or any(w.casefold() in told for w in line.words))
        )
        if best is None or score > best[0]:
            best = (score, i)
    return None if best is None or best[0] < _LEAST_TITLE else best[1]


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
    if j.signal is not None or j.caption or is_whole_stamp(line, j.stamp) or not 2 <= line.n_words <= 32:
        return None
    if line.key in furniture_names or trimmed(line.text) in knowledge.by_name:
        return None
    byline = parse_byline(line.text, knowledge)
    if byline is not None and (byline.marked or line.n_words <= 3):
        return None
    score = min(line.n_words, 8) * 0.25
    score += 1.0 if line.has_verb else 0.0
    score += 0.5 if line.function_share > 0.05 else 0.0
    score -= 0.0 if not line.text.endswith(".") else 4.0 if line.n_words > 8 else 2.0
    score -= 1.0 if line.all_caps and line.n_words <= 4 else 0.0
    score -= max(0, line.n_words - 18) * 0.15
    long = [w.casefold() for w in line.words if len(w) >= 4]
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
    body, n_marks = knowledge.byline_mark.subn("", text.strip())
    body = _TAIL_WORD.sub("", _without_date(_ASIDE.sub(" ", body), knowledge)).strip(_LOOSE)
    if not body or len(body.split()) > _MAX_BYLINE_WORDS:
        return None
    agency, body = _cut_agency(body, knowledge)
    marked = n_marks > 0 or agency is not None
    parts = [part.strip(_LOOSE) for part in _SPLIT.split(body) if part and part.strip(_LOOSE)]
    listed = _JOINED.search(body) is not None
    people: list[str] = []
    for n, whole in enumerate(parts):
        if n > 0 and (_WHERE_PART.match(whole) or whole.casefold() in _UNNAMED):
            continue
        part = _WHERE.sub("", whole)
        known = knowledge.by_name.get(trimmed(part))
        if known is not None:
            agency = agency or (known if known.kind == "agency" else None)
        elif _is_person(part, knowledge):
            people.append(part)
        elif n == 0 and n_marks and all(w[0].isupper() for w in part.split()):
            # "By Staff Writer", "By Our Correspondents": a byline that names nobody.
            return Byline((), agency, True)
        elif n == 0 or (n_marks == 0 and part[0].islower() and not _has_role(part, knowledge)):
            # The line begins with something else than a name, or goes on like a sentence.
            return None
        elif not listed:
            break
    if not people and agency is None:
        return None
    if text.endswith(":") and n_marks == 0:
        # A name with a colon announces what its bearer says.
        return None
    if marked_only and not marked:
        return None
    return Byline(tuple(_normal_case(name) for name in people), agency, marked)


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
