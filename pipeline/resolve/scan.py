"""One block as the resolver reads it: known phrases, role nouns, quotation marks, the words before a noun."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.model import Block, Page
from pipeline.resolve.acronyms import otherwise_named
from pipeline.resolve.lexicon import Match
from pipeline.resolve.ranks import with_ranks
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import plain
from pipeline.words import Words, words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CAPITALS = 4  # letters of the shortest name that is read in capitals; shorter ones are abbreviations
NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "DET", "PART", "PRON", "ADV", "X"})


@dataclass(slots=True)
class NameSpan:
    """A run of capitalised words that may be a person's name: tokens [start, end) of a block."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Scan:
    """A block's parse with what the vocabulary finds in it; `names` is filled by the name index.

    `sentence` counts the sentences that have begun by each token, from 1; `elsewhere` are tokens of bodies'
    names that states share, on a page that is not about the one known by it.
    """

    block: Block
    doc: Doc
    words: Words
    tokens: list[Token]
    sentence: list[int]
    match_at: dict[int, Match]
    role_at: dict[int, RoleMatch]
    quoted: bytearray
    names: list[NameSpan] = field(default_factory=list)
    name_at: dict[int, NameSpan] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)

    def in_quote(self, token_i: int) -> bool:
        """Whether the token stands inside quotation marks."""
        return bool(self.quoted[token_i])

    def left_edge(self, start: int, limit: int = 12) -> int:
        """First token of the noun phrase whose core begins at ``start``, read over the words before it."""
        doc, i = self.tokens, start
        while i > 0 and start - i < limit and not doc[i].is_sent_start:
            previous = doc[i - 1]
            joined = (
                previous.lower_ in {"and", ","}
                and i - 1 > 0
                and i in self.match_at
                and i - 2 in self.match_at
            )
            if joined and doc[i - 2].dep_ in {"amod", "compound", "nmod", "conj"} and doc[i].i < start:
                i -= 1
                continue
            listed = previous.lower_ in {"and", ","} and i > 1 and doc[i].is_lower and doc[i - 2].is_lower
            if listed and _are_modifiers(doc[i - 2], doc[i]):
                i -= 1  # "the liberal, labour and green parties"
                continue
            told = previous.dep_ == "amod" and previous.tag_ == "VBG"  # "developing nations"
            apart = previous.pos_ not in NOMINAL and previous.tag_ != "POS" and not told
            if previous.text[0].isdigit() and ":" in previous.text:
                break  # the time before a ticker's line
            owns = previous.text in {"’", "'"} and previous.dep_ == "case"  # "the Dockers’ Union"
            if previous.is_space or (apart and not owns and previous.text not in {"-", "’s", "'s"}):
                break
            if previous.text == "-" and previous.whitespace_:
                break  # behind a dateline: "LIMA - The government"
            if previous.tag_ in {"PRP", "WP", "WDT", "EX", "RB"} and previous.dep_ != "poss":
                break
            i -= 1
            if previous.tag_ in {"DT", "PRP$", "WP$"}:
                break
        return i


def _are_modifiers(first: Token, second: Token) -> bool:
    """Whether two words that "and" or a comma joins modify one noun ("liberal and green parties")."""
    joined = {first.dep_, second.dep_} <= {"amod", "conj"} and second.dep_ == "conj"
    return joined and "ADJ" in {first.pos_, second.pos_} and {first.pos_, second.pos_} <= {"ADJ", "NOUN"}


def scan_page(page: Page, vocabulary: Vocabulary) -> dict[int, Scan]:
    """Scans of all parsed blocks by block_no, in reading order."""
    found = [
        (block, doc, _matches(doc, vocabulary))
        for block in page.blocks
        if (doc := page.parses.get(block.block_no)) is not None
    ]
    single = (
        (doc[m.start].text, m.entry) for _, doc, matches in found for m in matches if m.end == m.start + 1
    )
    others = otherwise_named(page.document.text, single, vocabulary)
    scans = {}
    for block, doc, matches in found:
        if others:
            matches = [m for m in matches if doc[m.start].text not in others]
        tokens = list(doc)
        words = words_in(doc)
        named = {i for m in matches for i in range(m.start, m.end)}
        roles = with_ranks(vocabulary.roles(words.text), tokens, named, vocabulary)
        scans[block.block_no] = Scan(
            block=block,
            doc=doc,
            words=words,
            tokens=tokens,
            sentence=list(accumulate(map(int, words.opens))),
            match_at={i: m for m in matches for i in range(m.start, m.end)},
            role_at={i: r for r in roles for i in range(r.start, r.end)},
            quoted=_quoted(words.line, tokens),
        )
    return scans


def _matches(doc: Doc, vocabulary: Vocabulary) -> list[Match]:
    """Known phrases of a block, but those that only look like one."""
    tokens, texts = list(doc), words_in(doc).text
    matches = vocabulary.lexicon.matches([_cased(text, vocabulary) for text in texts])
    matches = [
        m
        for m in matches
        if not (_part_of_name(tokens, m) or _accented(texts, m, vocabulary) or _titled(texts, m))
        and not _lacks_article(tokens, m)
    ]
    taken = {i for m in matches for i in range(m.start, m.end)}
    return [
        m
        for m in matches
        if not (_ends_name(tokens, m, taken) or _ends_party(tokens, m, taken) or _dated(tokens, m))
    ]


def _cased(text: str, vocabulary: Vocabulary) -> str:
    """States and capitals in capitals ("IN BERLIN") as the data spells them; other words as they stand."""
    if len(text) < _CAPITALS or not text.isupper() or vocabulary.lexicon.get(text) is not None:
        return text
    entry = vocabulary.lexicon.get(text.title())
    return text.title() if entry is not None and entry.kind in {"state", "capital", "adjective"} else text


def _titled(texts: list[str], match: Match) -> bool:
    """Whether a name of one word stands behind a courtesy title and so is a surname ("Mr. Holland")."""
    if match.start == 0 or match.end - match.start > 1 or match.entry.kind == "person":
        return False
    before = match.start - 1
    if texts[before] == "." and before > 0:
        before -= 1
    return texts[before].lower() in _COURTESY


def _lacks_article(tokens: list[Token], match: Match) -> bool:
    """Whether an outlet that is always called "The" stands without, and so is a surname ("Hill said")."""
    single = match.end - match.start == 1 and match.entry.kind == "outlet" and match.entry.article
    before = tokens[match.start - 1] if match.start else None
    if not single or (before is not None and (before.lower_ == "the" or is_possessive(before))):
        return False
    return not match.entry.bare


_COURTESY = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"})


def _accented(texts: list[str], match: Match, vocabulary: Vocabulary) -> bool:
    """Whether an adjective is matched by a name that differs from it in an accent ("Germán")."""
    return match.entry.kind in {"adjective", "people"} and any(
        not text.isascii() and plain(text) != text and text not in vocabulary.accented
        for text in texts[match.start : match.end]
    )


def _part_of_name(tokens: list[Token], match: Match) -> bool:
    """Whether a name of one word only begins another: "National Federation", "Liberation Front"."""
    after = tokens[match.end] if match.end < len(tokens) else None
    if match.end - match.start > 1:
        return False
    if match.entry.kind == "outlet" and after is not None and after.text in _MOVEMENTS | _BODY_NOUNS:
        return True
    if not match.entry.article:
        return False
    return after is not None and after.pos_ == "PROPN" and after.text[0].isupper()


def _dated(tokens: list[Token], match: Match) -> bool:
    """Whether a body that is called by a number ("the 27") is matched by the day of a date."""
    token = tokens[match.start]
    return match.end - match.start == 1 and token.text.isdigit() and token.ent_type_ == "DATE"


def _ends_name(tokens: list[Token], match: Match, taken: Collection[int]) -> bool:
    """Whether a state's or party's one word only ends another's name: "Air Canada", "the Free Democrats".

    `taken` are the tokens of all known names: "Senate Democrats" are of the party that they name.
    """
    before = match.start - 1
    if match.end - match.start > 1 or before < 0 or before in taken:
        return False
    if _hyphened(tokens, match.start, taken):
        return match.entry.kind in {"state", "capital", "place"}
    token, modifier = tokens[match.start], tokens[before]
    if modifier.pos_ != "PROPN" or modifier.dep_ != "compound" or modifier.head.i != token.i:
        return False
    if match.entry.kind in {"state", "capital"}:
        return bool(token.ent_type_ == "ORG" and modifier.ent_type_ == "ORG" and token.ent_iob_ == "I")
    return match.entry.kind == "body" and token.tag_ == "NNPS" and not modifier.ent_type_


def _hyphened(tokens: list[Token], i: int, taken: Collection[int]) -> bool:
    """Whether a hyphen joins the token to another name that is no known one: "Jane Roe-Holland"."""
    hyphen = tokens[i - 1]
    if i < 2 or hyphen.text not in {"-", "‑"} or hyphen.whitespace_ or tokens[i - 2].whitespace_:
        return False
    first = tokens[i - 2]
    if i - 2 in taken or not first.is_alpha or not first.is_title or first.lower_ in _PREFIXES:
        return False
    return first.pos_ == "PROPN" and first.ent_type_ != "NORP"


_PREFIXES = frozenset(
    {"pro", "anti", "non", "post", "pre", "franco", "anglo", "sino", "russo", "indo", "trans"}
)


def _ends_party(tokens: list[Token], match: Match, taken: Collection[int]) -> bool:
    """Whether a party's or movement's name only ends another's: "the Social | Democratic Party"."""
    before, last = match.start - 1, tokens[match.end - 1]
    if match.entry.kind != "body" or before < 0 or before in taken or last.text not in _MOVEMENTS:
        return False
    modifier = tokens[before]
    joined = modifier.pos_ in {"PROPN", "ADJ"} and modifier.text[0].isupper() and not modifier.is_sent_start
    return joined and match.start <= modifier.head.i < match.end


_MOVEMENTS = frozenset({"Party", "Front", "Movement", "Army", "Alliance"})


_BODY_NOUNS = frozenset({"Organization", "Organisation", "Council", "Forces"})


def _quoted(text: str, tokens: list[Token]) -> bytearray:
    """1 for each token inside quotation marks; an unclosed double mark runs to the block's end."""
    mask = bytearray(len(tokens))
    spans = _quote_spans(text)
    if not spans:
        return mask
    current = 0
    for token in tokens:
        while current < len(spans) and spans[current][1] <= token.idx:
            current += 1
        if current < len(spans) and spans[current][0] < token.idx:
            mask[token.i] = 1
    return mask


_QUOTE_MARK = re.compile("[“”\"„«»‘'’]")


def _quote_spans(text: str) -> list[tuple[int, int]]:
    """Character spans between quotation marks; single marks count only outside double ones and if closed."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    mark = ""
    single: int | None = None
    for found in _QUOTE_MARK.finditer(text):
        i, char = found.start(), found.group()
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        if char in '“”"„«»':
            if opened is None and char not in "”»":
                opened, mark, single = i, char, None
            elif opened is not None and (char in "”»" or char == mark == '"'):
                spans.append((opened, i))
                opened = None
        elif opened is None and char in "‘'’":
            if single is None:
                if (char == "‘" or (char == "'" and before in " (—\t")) and not after.isspace():
                    single = i
            elif char != "‘" and not after.isalnum() and not before.isspace():
                spans.append((single, i))
                single = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def is_place(scan: Scan, i: int, vocabulary: Vocabulary) -> bool:
    """Whether the state or capital named at token ``i`` is where something happens: "talks in Quito"."""
    match = scan.match_at.get(i)
    if match is None or match.entry.kind not in {"state", "capital"}:
        return False
    return stands_as_place(scan.doc[match.start : match.end].root, vocabulary)


def is_venue(scan: Scan, i: int, vocabulary: Vocabulary) -> bool:
    """Whether the organisation named at token ``i`` only tells where: "on the sidelines of the AU summit"."""
    match = scan.match_at.get(i)
    if match is None or match.entry.kind != "body":
        return False
    token = scan.doc[match.start : match.end].root
    while token.dep_ in {"compound", "nmod", "poss", "pobj"} and token.head.i != token.i:
        if token.dep_ == "pobj" and token.head.lower_ != "of":
            return token.head.lower_ in vocabulary.locative | {"on"}
        token = token.head.head if token.dep_ == "pobj" else token.head
    return False


def stands_as_place(head: Token, vocabulary: Vocabulary) -> bool:
    """Whether a state's or capital's name is the place: object of a preposition of place or motion."""
    if head.dep_ == "conj":
        return stands_as_place(head.head, vocabulary) if head.head.i < head.i else False
    if head.dep_ != "pobj":
        return head.dep_ == "dobj" and head.head.lemma_ in {"visit", "leave", "reach"}
    preposition = head.head.lower_
    return preposition in vocabulary.locative or (
        preposition == "to" and head.head.head.lemma_.lower() in vocabulary.motion
    )


def is_possessive(token: Token) -> bool:
    """Whether the token is a possessive ending."""
    return token.tag_ == "POS" or token.text in {"’s", "'s", "’", "'"}
