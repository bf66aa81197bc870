"""The head of a page: its title, its byline with authors and agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.clean.classify import Judged, Page, is_whole_stamp
from pipeline.clean.reference import Knowledge, Publisher, trimmed

_NAME_TOKEN = r"(?:[A-ZÀ-ÞĀ-ŽА-Я][\w'’.-]*|al-[A-Z]\w+|[A-Z]\.)"
_PARTICLE = r"(?:de|da|del|della|der|den|di|dos|du|el|la|le|van|von|bin|bint|ibn|ter|ten|af|av|zu|y|e)"
_PERSON = re.compile(rf"{_NAME_TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_TOKEN}){{1,4}}$")
_BY = re.compile(
    r"^(?:by|words by|story by|text by|from|written by|author:|authors:|reporter:)\s+(?=\S)", re.I
)
_SPLIT = re.compile(r"\s*(?:,|;|\||•|·|/|&|\band\b|\bwith\b)\s*", re.I)
_TAIL_WORD = re.compile(r"\s+(?:on|in|at|for)$", re.I)
_AGENCY_IN_DATELINE = re.compile(
    r"^[^a-z]{0,3}[A-Z][^()]{1,70}?(?:\(|/)([A-Z][\w .&'’-]{1,40}?)(?:\)|/)\s*[-—–.]?"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline names."""

    authors: tuple[str, ...]
    agency: Publisher | None


def find_title(page: Page, knowledge: Knowledge, furniture_names: frozenset[str]) -> int | None:
    """Index of the page's title among the lines before its first strong prose; None if it has none.

    Args:
        page: judged lines.
        knowledge: reference data.
        furniture_names: keys of lines that name the site (they stand in the tail of the page as well).
    """
    best: tuple[float, int] | None = None
    for i in range(min(page.lead, 60)):
        j = page.lines[i]
        score = _title_score(page, i, j, knowledge, furniture_names)
        if score is not None and (best is None or score > best[0]):
            best = (score, i)
    return None if best is None else best[1]


def _title_score(
    page: Page, i: int, j: Judged, knowledge: Knowledge, furniture_names: frozenset[str]
) -> float | None:
    line = j.line
    if j.signal is not None or is_whole_stamp(line, j.stamp) or not 3 <= line.n_words <= 30:
        return None
    if line.key in furniture_names or trimmed(line.text) in knowledge.by_name:
        return None
    if parse_byline(line.text, knowledge, marked_only=True) is not None:
        return None
    score = min(line.n_words, 10) * 0.25
    score += 1.0 if line.has_verb else 0.0
    score += 0.5 if line.function_share > 0.05 else 0.0
    score -= 1.5 if line.text.endswith(".") and line.n_words > 8 else 0.0
    score -= 1.0 if line.all_caps else 0.0
    score -= max(0, line.n_words - 16) * 0.15
    for near in page.lines[i + 1 : i + 5]:
        if is_whole_stamp(near.line, near.stamp) or parse_byline(near.line.text, knowledge) is not None:
            score += 1.0
            break
    # Of two sentences the first is the title and the second its standfirst.
    return score - 0.6 * sum(
        1 for before in page.lines[:i] if before.signal is None and before.line.n_words >= 5
    )


def parse_byline(text: str, knowledge: Knowledge, marked_only: bool = False) -> Byline | None:
    """Authors and agency of a line that is nothing but a byline; None if it is not one.

    Args:
        text: the line.
        knowledge: reference data with the agencies' names.
        marked_only: accept only lines that say so ("By ...") or that name an agency.
    """
    body, n_marks = _BY.subn("", text.strip())
    marked = n_marks > 0
    body = _TAIL_WORD.sub("", body).strip(" .")
    if not body or len(body.split()) > 30 or any(c.isdigit() for c in body):
        return None
    agency, body = _cut_agency(body, knowledge)
    parts = [part for part in _SPLIT.split(body) if part]
    people: list[str] = []
    for n, part in enumerate(parts):
        if _PERSON.match(part) and len(part.split()) <= 5:
            known = knowledge.by_name.get(trimmed(part))
            if known is not None:
                agency = agency or (known if known.kind == "agency" else None)
            elif n == 0 or people:
                people.append(part)
        elif n == 0:
            return Byline((), agency) if agency is not None and not body.strip(" ,") else None
    if not people and agency is None:
        return None
    if marked_only and not marked and agency is None:
        return None
    if marked:
        people = _drop_affiliation(text, people)
    return Byline(tuple(_normal_case(name) for name in people), agency)


def _drop_affiliation(text: str, people: list[str]) -> list[str]:
    """Of "By A B, Some News, Doha" only A B is a person: names joined by a comma alone, without "and",
    are a list of people only if the line has an "and" or every one of them could be."""
    if " and " in text.casefold() or " & " in text or len(people) < 2:
        return people
    affiliation = re.compile(
        r"\b(?:news|times|post|press|agency|service|bureau|correspondent|editor|tv|radio|media)\b", re.I
    )
    for n, name in enumerate(people):
        if n > 0 and affiliation.search(name):
            return people[:n]
    return people


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
