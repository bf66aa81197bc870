"""Whose page it is: the site that published it, and the wire service whose copy it carries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.clean.classify import Judged
from pipeline.clean.decide import Head
from pipeline.clean.head import dateline_agency
from pipeline.clean.reference import Knowledge, Publisher, plain, trimmed
from pipeline.clean.zones import Page

_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)(?:\s*(?:©|\(c\)|copyright))*", re.I)
_RESERVED = re.compile(r"\ball rights reserved\b", re.I)
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b(?:\s*[-–—/]\s*(?:19|20)?\d{2}\b)?")
_HOLDER_END = re.compile(
    r"\.(?:\s|$)|\s[|·•–—]\s|[;:(]|"
    r"\b(?:via|all rights|registered|click|visit|(?:or|and) its|or (?:an )?affiliate)\b",
    re.I,
)
_ADDRESS = re.compile(r",\s+(?:P\.?\s?O\.?\s|\d)|\s\d{1,5}\s")
"""Where a postal address goes on behind the holder's name."""
_ABOUT = re.compile(r"^About\s+(?:the\s+)?(\S.{1,60})$")
_MAX_NAME_WORDS = 12
_LABEL = re.compile(r"(?<![\w@.])(?:https?://)?(?:www\.)?([a-z0-9-]{3,40})\.(?:[a-z]{2,3}\.)?[a-z]{2,8}\b")
"""The part of a domain that names the site."""
_LABEL_REACH = 300
_LONG_LABEL = 6
_SLOGAN = 3
_LONGEST_NAME = 6
_SPELLED_WORDS = 5
_ACRONYM_LETTERS = 4
_MASTHEAD = re.compile(
    r"([A-ZÀ-Ž][^|–—(,·]{2,50}?)\s?((?:\||\s[–—·-]|,\s|\().*|\s(?:logo|e-?paper|\d[\d.]*\s?(?:FM|AM|MHz))\b.*)$",
    re.I,
)
"""The name of a site with its slogan, volume, wavelength or acronym behind it."""
_FEW_WORDS = 20
_ACRONYM = 6
_ENOUGH = 1.5
_CARRIED = 2.0
_TOP = 3
"""Lines at the top of a page, where even the name of a section or an agency is the site's."""
_HEAD_LINES = 80
_COMMON_NAME_WORDS = frozenset(
    {
        "the",
        "news",
        "media",
        "group",
        "press",
        "and",
        "ltd",
        "limited",
        "company",
        "publishing",
        "international",
        "online",
    }
)
_CONNECTORS = frozenset({"of", "the", "and", "for", "de", "in", "la", "&", "on"})


@dataclass(frozen=True, slots=True)
class Source:
    """Site and wire service of a page; None where the page does not tell."""

    publisher: str | None
    agency: str | None


def site_names(page: Page) -> frozenset[str]:
    """Keys of lines above the text that name the site: without a verb, and found in other furniture too."""
    furniture = "\n".join(
        j.line.key
        for i, j in enumerate(page.lines)
        if i < page.lead or i >= page.last or j.signal is not None
    )
    names = set()
    for j in page.lines[: min(page.lead, _HEAD_LINES)]:
        if _could_name_site(j) and _count(furniture, j.line.key) >= 2:
            names.add(j.line.key)
    return frozenset(names)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Keys of the page's furniture and body, joined, to count names in."""

    furniture: str
    body: str


def find_source(page: Page, head: Head, knowledge: Knowledge) -> Source:
    """Weigh what the page says of its publisher; its agency is the wire service named beside another."""
    votes: dict[str, float] = defaultdict(float)
    holders: list[str] = []
    agencies: list[Publisher] = [b.agency for b in head.bylines if b.agency is not None]
    furniture = [(i, j) for i, j in enumerate(page.lines) if j.kind in ("boilerplate", "byline")]
    texts = _Texts(
        "\n".join(j.line.key for _, j in furniture),
        "\n".join(j.line.key for j in page.lines if j.kind == "body"),
    )
    for i, j in enumerate(page.lines[page.lead : page.lead + 3], page.lead):
        dateline = dateline_agency(j.line.text, knowledge)
        if dateline is not None and i == page.lead:
            agencies.append(dateline)
    for i, j in furniture:
        _vote_line(i, j, page, head, texts, knowledge, votes, agencies, holders)
    whole = frozenset(p.name for p in knowledge.publishers)
    # The site's own address tells more than who owns the company behind it.
    for name in _spelled_domains(furniture, page):
        votes[name] += 2.5
    _pool(votes, holders, frozenset(plain(name) for name in head.authors), whole, knowledge)
    _settle_known(votes, knowledge)
    # A wire service that the byline or dateline names is the site only if its own furniture says so too,
    # and no other site's does.
    for carried in {a.name for a in agencies} & votes.keys():
        votes[carried] -= _CARRIED
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    publisher = ranked[0][0] if ranked and ranked[0][1] >= _ENOUGH else None
    if publisher is None:
        publisher = _self_reference(page, knowledge) or (agencies[0].name if agencies else None)
    agency = next((a.name for a in agencies if a.name != publisher), None)
    if publisher is not None and publisher not in whole:
        publisher = _own_form(publisher, page)
    if agency is None:
        agency = _foreign_outlet(head, publisher, texts)
    return Source(publisher, agency)


def _foreign_outlet(head: Head, publisher: str | None, texts: _Texts) -> str | None:
    """The outlet that a byline names behind its authors, if it shares no word with the page's own site."""
    for byline in head.bylines:
        if byline.outlet is None or publisher is None or byline.said is False:
            continue
        own = {*_distinctive(publisher), _initials(publisher)}
        words = _distinctive(byline.outlet)
        if words and not words & own:
            return byline.outlet
    return None


def _vote_line(
    i: int,
    j: Judged,
    page: Page,
    head: Head,
    texts: _Texts,
    knowledge: Knowledge,
    votes: dict[str, float],
    agencies: list[Publisher],
    holders: list[str],
) -> None:
    line = j.line
    known = knowledge.by_name.get(trimmed(line.text))
    plain_line = j.signal in (None, "publisher_furniture")
    signed = j.kind == "byline" and known is not None and known.kind == "agency"
    if known is not None and not signed and (i < page.lead or i >= page.last) and (plain_line or i < _TOP):
        votes[known.name] += 4.0 if i == 0 else 3.0
    own = knowledge.named_by_site(line.text) if line.n_words <= _FEW_WORDS else None
    if own is not None and (site := knowledge.by_name.get(trimmed(own))) is not None:
        votes[site.name] += 2.0
    elif own is not None and len(own.split()) <= _LONGEST_NAME and _name_like(own.split()):
        votes[_title_case(own)] += 0.0 if knowledge.is_section(plain(own), own.lower().split()) else 1.0
    domain = knowledge.publisher_of_domain(line.text)
    if domain is not None and j.signal != "link_card" and not _COPYRIGHT.search(line.text):
        votes[domain.name] += 2.0
    about = _ABOUT.match(line.text)
    if about is not None and j.signal == "about_text" and j.hit is None:
        named = knowledge.by_name.get(trimmed(about.group(1))) or knowledge.publisher_of_domain(
            about.group(1)
        )
        votes[named.name if named is not None else about.group(1).strip(" .:")] += 3.0
    holder = _copyright_holder(line.text, knowledge) if j.signal != "photo_credit" else None
    if holder is not None:
        owner = knowledge.by_name.get(trimmed(holder))
        if owner is not None and owner.kind == "agency":
            agencies.append(owner)
            votes[owner.name] += 1.5
        elif owner is not None:
            votes[owner.name] += 4.0
        elif (site := knowledge.publisher_of_domain(holder)) is not None:
            votes[site.name] += 2.0
        else:
            holders.append(_title_case(holder))
    masthead = _masthead(j) if i < _TOP and i != head.title else None
    if i < min(page.lead, _HEAD_LINES) and j.kind != "byline" and known is None:
        if masthead is None and not _could_name_site(j):
            return
        name = masthead or _expanded(i, page)
        if knowledge.is_section(plain(name), name.lower().split()):
            return
        if head.title is not None and _holds(page.lines[head.title].line.key, plain(name)):
            return
        # What the text itself speaks of is a topic rather than the site; the line itself is no support.
        elsewhere = _count(texts.furniture, _bare(name)) - (name == j.line.text)
        support = max(0, elsewhere - _count(texts.body, _bare(name)))
        first = 1.5 if i == 0 and j.line.n_words > 1 else 1.0 if i < _TOP else 0.0
        # Of an institution the narrower name counts: the ministry below the government.
        first += 1.5 if plain(name).startswith(knowledge.institution_openings) and i < _TOP + 3 else 0.0
        first += 1.0 if i < _TOP and knowledge.names_outlet(plain(name)) else 0.0
        votes[_title_case(name)] += (
            first + 1.2 * min(support, 3) + (0.3 * len(name.split()) if support else 0.0)
        )


def _masthead(j: Judged) -> str | None:
    """The name that opens a line of the top before its slogan ("Example Weekly | News for the north")."""
    match = _MASTHEAD.match(j.line.text)
    if (
        match is None
        or j.stamp is not None
        or (j.signal is not None and not match[2].startswith("|"))
        or j.line.ends_sentence
    ):
        return None
    words = match[1].split()
    sections = match[2].startswith("|") and len(match[2].split()) <= _SLOGAN
    return match[1] if 2 <= len(words) <= _LONGEST_NAME and _name_like(words) and not sections else None


def _spelled_domains(furniture: Sequence[tuple[int, Judged]], page: Page) -> set[str]:
    """Names that a domain in the furniture spells: "Example Herald" by exampleherald.com.

    The text may be what holds the name ("she told the Example Herald").
    """
    labels = {
        label.replace("-", "")
        for _, j in furniture
        if j.signal != "link_card"
        for label in _LABEL.findall(j.line.text[:_LABEL_REACH].lower())
        if len(label) >= _LONG_LABEL
    }
    labels |= {label.replace("and", "", 1) for label in labels}
    found: dict[str, str] = {}
    for _, j in furniture if labels else ():
        for joined, name in _spelled(j.line.text, j.line.words[:_FEW_WORDS], labels):
            found.setdefault(joined, name)
    if labels and not found:
        bodies = (j.line for j in page.lines if j.kind == "body")
        for line in bodies:
            for joined, name in _spelled(line.text, line.words, labels):
                article = f"the {name}" in line.text or f"The {name}" in line.text
                found.setdefault(joined, f"The {name}" if article else name)
    return {name for name in found.values() if _name_like(name.split())}


def _spelled(text: str, words: Sequence[str], labels: set[str]) -> Iterator[tuple[str, str]]:
    """Two to five words in a row that, joined, are one of `labels`: the label, and the words as written."""
    for a in range(len(words)):
        joined = ""
        for b in range(a, min(a + _SPELLED_WORDS, len(words))):
            joined += "".join(c for c in words[b].lower() if c.isalnum())
            if b > a and joined in labels:
                at = text.find(words[a])
                yield joined, _title_case(text[at : text.find(words[b], at) + len(words[b])])


def _own_form(publisher: str, page: Page) -> str:
    """The publisher's name in small letters where only the top of the page has it in capitals."""
    if publisher.isupper() and " " not in publisher and len(publisher) > _ACRONYM_LETTERS:
        written = publisher.capitalize()
        if any(_holds(j.line.text, written) for j in page.lines if j.kind != "body"):
            return written
    return publisher


def _settle_known(votes: dict[str, float], knowledge: Knowledge) -> None:
    """Join an acronym with the name that it stands for, and "Example English" with a known "Example"."""
    for name in list(votes):
        words = plain(name).split()
        rest = [w for w in words if w not in knowledge.section_words]
        known = knowledge.by_name.get(" ".join(rest)) if 0 < len(rest) < len(words) else None
        if known is not None and known.name != name and plain(name) not in knowledge.by_name:
            votes[known.name] += votes.pop(name)
    for name in [n for n in votes if n.isupper() and " " not in n and 2 <= len(n) <= _ACRONYM]:
        full = [n for n in votes if n != name and _initials(n) == name.lower()]
        if full:
            votes[max(full, key=lambda n: (votes[n], n))] += votes.pop(name)


def _initials(name: str) -> str:
    return "".join(w[0] for w in plain(name).split() if w not in _CONNECTORS)


def _pool(
    votes: dict[str, float],
    holders: Sequence[str],
    authors: frozenset[str],
    known: frozenset[str],
    knowledge: Knowledge,
) -> None:
    """Join the votes of names for the same publisher.

    The owner in the copyright line counts for the site whose name it shares a word with, else for itself
    (unless it is the author); of two names of which one holds the other, the longer is the full one.
    """
    for holder in holders:
        if plain(holder) in authors:
            continue
        site = _owned(holder, votes, knowledge)
        if site is not None:
            votes[site] += 2.0
            continue
        own = _distinctive(holder)
        kin = [n for n in votes if _distinctive(n) & own and not _holds(plain(holder), plain(n))]
        if kin:
            votes[max(kin, key=lambda n: (votes[n], n))] += 2.0
        else:
            votes[holder] += 2.0
    # A known publisher's name is whole as it is ("Axios" beside "Axios Homepage").
    for name in sorted(votes.keys() - known, key=len):
        longer = [n for n in votes if n != name and _holds(plain(n), plain(name))]
        if longer:
            votes[max(longer, key=lambda n: (votes[n], n))] += votes.pop(name)


def _owned(holder: str, votes: Mapping[str, float], knowledge: Knowledge) -> str | None:
    """The site whose name the holder of the copyright bears, with words of companies behind it."""
    label = _LABEL.match(holder.lower())
    if label is not None:
        for name in votes:
            if "".join(c for c in plain(name) if c.isalnum()) == label[1].replace("-", ""):
                return name
    words = _bare(holder).split()
    for name in votes:
        if _bare(name) == _bare(holder):
            return name
    while words and words[-1].strip(".,") in knowledge.generic_owner_words:
        words.pop()
        for name in votes:
            if _bare(name) == " ".join(words):
                return name
    return None


def _bare(name: str) -> str:
    return plain(name).removeprefix("the ")


def _distinctive(name: str) -> set[str]:
    return {w for w in plain(name).split() if len(w) > 2} - _COMMON_NAME_WORDS


def _could_name_site(j: Judged) -> bool:
    """Whether a line has the shape of a site's or institution's name."""
    line = j.line
    if (
        not 1 <= line.n_words <= _MAX_NAME_WORDS
        or line.ends_open
        or len(line.menu_items) > 1
        or line.is_address
    ):
        return False
    if j.signal is not None or j.stamp is not None:
        return False
    # "Channel 9 News" is a name, "Media Release No. 47/2026" is none.
    numbers = [w for w in line.words if any(c.isdigit() for c in w)]
    if numbers and (
        len(numbers) > 1 or not numbers[0].isdecimal() or len(numbers[0]) > 2 or "." in line.text
    ):
        return False
    return _name_like(line.words)


def _name_like(words: Sequence[str]) -> bool:
    """Whether all words but small connecting ones begin with a capital."""
    return words[0][0].isupper() and all(
        w[0].isupper() or not w[0].isalpha() or w.lower() in _CONNECTORS for w in words
    )


def _expanded(i: int, page: Page) -> str:
    """The name in full if the line is an acronym and its neighbour spells it out."""
    text = page.lines[i].line.text
    if not (text.isupper() and len(text) <= 6 and " " not in text):
        return text
    for k in (i + 1, i - 1):
        if 0 <= k < page.lead:
            initials = "".join(w[0] for w in page.lines[k].line.words if w.lower() not in _CONNECTORS)
            if initials.upper() == text.upper():
                return page.lines[k].line.text
    return text


def _title_case(name: str) -> str:
    if not name.isupper() or " " not in name:
        return name
    words = [w if w.lower() not in _CONNECTORS or n == 0 else w.lower() for n, w in enumerate(name.split())]
    return " ".join(w if w.islower() else w.capitalize() for w in words)


def _holds(text: str, phrase: str) -> bool:
    """Whether `phrase` stands in `text` between word boundaries."""
    return _count(text, phrase, most=1) > 0


def _count(text: str, phrase: str, most: int = 10) -> int:
    """How often `phrase` stands in `text` between word boundaries, up to `most`."""
    found = 0
    at = text.find(phrase) if phrase else -1
    while at >= 0 and found < most:
        end = at + len(phrase)
        if (at == 0 or not text[at - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
            found += 1
        at = text.find(phrase, at + 1)
    return found


def _copyright_holder(text: str, knowledge: Knowledge) -> str | None:
    """The name in a copyright line, without years and company endings."""
    match = _COPYRIGHT.search(text)
    if match is not None:
        before, after = text[: match.start()], text[match.end() :]
    elif (reserved := _RESERVED.search(text)) is not None:
        before, after = _YEARS.sub("", text[: reserved.start()]), ""
    else:
        return None
    rest = _COPYRIGHT.sub(" ", after).strip(" ,.-–—")
    years = _YEARS.match(rest)
    rest = rest[years.end() :].strip(" ,.-–—") if years is not None else rest
    rest = _YEARS.split(rest)[0].strip(" ,.-–—")
    end = _HOLDER_END.search(rest)
    rest = rest[: end.start()] if end is not None else rest
    if trimmed(rest) not in knowledge.by_name and (address := _ADDRESS.search(rest)) is not None:
        rest = rest[: address.start()]
    *signed, last = rest.split(", ")
    carried = knowledge.by_name.get(trimmed(last)) if signed else None
    if "/" in rest or (carried is not None and carried.kind == "agency"):
        # "© Agency/Name" and "© Name, Agency" are credits of pictures.
        return None
    name = _without_company(rest.replace(",", " "), knowledge)
    if not name:
        name = _without_company(before.strip(" .,-–—|").split(",")[0].split(". ")[-1], knowledge)
    if not name or len(name.split()) > _MAX_NAME_WORDS:
        return None
    if trimmed(name) not in knowledge.by_name and not _name_like(name.split()):
        return None
    return name


def _without_company(name: str, knowledge: Knowledge) -> str:
    words = name.split()
    while words and words[-1].strip(".()").casefold() in knowledge.company_words:
        words.pop()
    return " ".join(words).strip(" .,-–—|")


def _self_reference(page: Page, knowledge: Knowledge) -> str | None:
    """The outlet of which the text speaks as its own, in at least two different ways."""
    text = "\n".join(j.line.text for j in page.lines if j.kind in ("body", "heading")).replace("’", "'")
    ways: dict[str, set[int]] = defaultdict(set)
    for name, way in knowledge.self_references(text):
        ways[name].add(way)
    ranked = sorted(ways.items(), key=lambda item: (-len(item[1]), item[0]))
    if not ranked or len(ranked[0][1]) < 2 or (len(ranked) > 1 and len(ranked[1][1]) == len(ranked[0][1])):
        return None
    known = knowledge.by_name.get(trimmed(ranked[0][0]))
    return known.name if known is not None else ranked[0][0]
