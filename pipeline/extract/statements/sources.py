"""Chains of sources: "according to X", "citing Y", "Z quoted Y as saying", "a source cited by M"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.asides import is_reason
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import (
    FINITE,
    OBJECTS,
    SUBJECTS,
    Attribution,
    Line,
    end_of,
    subtree_span,
    trim,
)
from pipeline.extract.statements.silence import is_lacking

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class Citation:
    """A reporter who names his source: `reporter` cites `source`; either may be missing from the parse."""

    verb: Token
    reporter: Token | None
    source: Token


def find_according(line: Line, speech: Speech) -> list[Attribution]:
    """Attributions by phrase ("according to X"), outside quotation marks, in order of the text."""
    found: list[Attribution] = []
    lower = line.text.lower()
    phrases = [words for words in speech.attributing if " ".join(words) in lower]
    owned = any(noun in lower for noun in speech.attributing_nouns)
    if not phrases and not owned:
        return found
    i = 0
    doc, written = line.doc, line.words.lower
    while i < len(doc):
        words = next((w for w in phrases if _matches(written, i, w)), None)
        if words is None or line.quoted(doc[i]):
            opens = owned and written[i] in _OWN_OPENERS and not line.quoted(doc[i])
            own = _own_words(line, i, speech) if opens else None
            if own is not None:
                found.append(own)
            i += 1
            continue
        if len(words) == 1 and not _set_off(line, i):
            i += 1
            continue
        attribution = _according(line, i, len(words))
        if attribution is not None:
            found.append(attribution)
        i += len(words)
    return found


def _matches(written: list[str], i: int, words: tuple[str, ...]) -> bool:
    end = i + len(words)
    return written[i] == words[0] and end < len(written) and tuple(written[i:end]) == words


def _according(line: Line, start_i: int, width: int) -> Attribution | None:
    doc = line.doc
    sentence = line.sentence_at(start_i)
    first = start_i + width
    if first >= sentence.end_i:
        return None
    # Noun phrase after the phrase: climb from its first token while the head lies to its right.
    head = _whose_coverage(doc[first]) or doc[first]
    while (
        head.head != head
        and head.head.i > head.i
        and head.head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}
        and head.dep_ not in SUBJECTS
    ):
        head = head.head
    if head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"}:
        return None
    end = _over_day(line, _over_aside(line, _phrase_end(line, head)))
    if start_i == sentence.start_i and line.text[end:].strip() == ":":
        # "According to a senior official:" above what he said.
        span = doc[start_i].idx, end
        return Attribution(
            doc[start_i], "according to", head, [], span, "lead_in", "lead_in", opens_next=True
        )
    if doc[first - 1].lower_ == "of" and doc[first - 2].lower_ == "words":
        quote = _wording(line, doc[start_i].idx, end)
        if quote is not None:
            return Attribution(
                doc[start_i],
                "according to",
                head,
                [quote],
                (doc[start_i].idx, end),
                "according_to",
                "quoted words",
            )
    return _around(line, start_i, head, end)


def _whose_coverage(word: Token) -> Token | None:
    """ "According to reporting by Delo": the outlet, or None where the word is another."""
    if word.lower_ not in _COVERAGE:
        return None
    named = (c for p in word.rights if p.lower_ in _OF_OUTLET for c in p.children if c.dep_ == "pobj")
    return next(named, None)


_COVERAGE = frozenset({"reporting", "coverage", "reportage"})
_OF_OUTLET = frozenset({"by", "from", "in", "of"})
_SEEN = re.compile(
    r", (?:(?:which|that) (?:was|were|has been) )?"
    r"(?:seen|obtained|reviewed|read|viewed|published|released|issued|posted|leaked|cited|quoted|shared|dated)\b"
    r"[^,.;:“”\"]{0,60}(?=,)"
)
"""Who has seen a document, between commas behind it: "according to the draft, seen by Reuters, ..."."""


def _over_aside(line: Line, end: int) -> int:
    """End of the phrase with the aside that tells where its document was seen."""
    aside = _SEEN.match(line.text, end)
    return aside.end() if aside is not None else end


def _over_day(line: Line, end: int) -> int:
    """End of the phrase with the day between it and a comma: "according to the Gazette on Tuesday, ..."."""
    after = [t for t in line.doc if t.idx >= end][:_DAY_TOKENS]
    closing = next((i for i, t in enumerate(after) if t.text == ","), None)
    if not closing or not all(t.ent_type_ == "DATE" or t.lower_ in _BEFORE_DAY for t in after[:closing]):
        return end
    return end_of(after[closing - 1])


_DAY_TOKENS = 6
_BEFORE_DAY = frozenset({"on", "late", "early", "earlier"})


def _wording(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The quotation before or after "in the words of X", which is all that X said."""
    before = line.text[:start].rstrip(" ,")
    quote = line.quotes.at(len(before) - 1) if before else None
    if quote is not None and quote.end == len(before):
        return quote.start, quote.end
    after = line.text[end:].lstrip(" ,")
    at = len(line.text) - len(after)
    quote = line.quotes.at(at) if after else None
    return (quote.start, quote.end) if quote is not None and quote.start == at else None


def _set_off(line: Line, i: int) -> bool:
    """Whether a comma, a dash or nothing stands before a phrase of one word ("..., per two aides")."""
    at = i - line.sentence_at(i).start_i
    known = i + 1 < len(line.doc) and line.doc[i + 1].lower_ not in {"cent", "capita", "se", "day", "year"}
    if at == 0:
        return known and _ends_before_verb(line.doc[i + 1 :])
    # "Per" is a first name: ", Per Holm, "
    return known and line.doc[i].is_lower and line.doc[i - 1].text in {",", "—", "–", "(", "-"}


def _ends_before_verb(after: Span) -> bool:
    """Whether a comma closes the phrase before its sentence has a verb: "Per two aides, the talks ..."."""
    closing = next((t for t in after if t.text in {",", ":"} or t.tag_ in FINITE), None)
    return closing is not None and closing.tag_ not in FINITE


_OWN_OPENERS = frozenset({"in", "by"})


def _own_words(line: Line, i: int, speech: Speech) -> Attribution | None:
    """ "In X's words, ..." and "..., by his own account"."""
    token = line.doc[i]
    if token.dep_ not in {"prep", "agent"}:
        return None
    noun = _child(token, {"pobj"})
    if noun is None or noun.lemma_.lower() not in speech.attributing_nouns:
        return None
    owner = _child(noun, {"poss"})
    if owner is None or any(c.dep_ in {"prep", "relcl", "acl"} for c in noun.rights):
        return None
    before = line.text[: token.idx].rstrip(" ,")
    quote = line.quotes.at(len(before) - 1) if before else None
    if quote is not None and quote.end == len(before):
        # "..., an “act of despair” in X's words": the words are those in quotation marks.
        span = (quote.start, quote.end)
        return Attribution(
            token, "according to", owner, [span], (token.idx, end_of(noun)), "according_to", "quoted words"
        )
    if owner.pos_ == "PRON" and i == line.sentence_at(i).start_i and token.lower_ == "by":
        # "By his own admission, X had not ...": the pronoun looks forward, that of "In his words, ..." back.
        owner = _child(token.head, SUBJECTS) or owner
    return _around(line, i, owner, end_of(noun))


_NAME_TOKENS = 6  # of a name and its hyphens
_LONG_OFFICE = 20  # tokens of an office behind its noun, with the name


def _around(line: Line, start_i: int, head: Token, phrase_end: int) -> Attribution | None:
    """The attribution of what stands before or after a phrase that names the source ``head``."""
    doc = line.doc
    sentence = line.sentence_at(start_i)
    start = doc[start_i].idx
    text = line.text
    pieces: list[tuple[int, int]] = []
    before = trim(line, sentence.start, start)
    after_at = phrase_end
    if after_at < sentence.end and text[after_at] == ",":
        after_at = _past_insertion(line, after_at, sentence.end, head)
    opened = (
        start - sentence.start <= 2
        or before is None
        or not any(c.isalpha() for c in text[sentence.start : start])
    )
    leading = opened or (
        text[sentence.start : start].rstrip().lower().endswith((",", "and", "but", "while", "yet"))
        and before is not None
        and before[1] - before[0] < 12
    )
    if leading:
        after = trim(line, after_at, sentence.end)
        if after is not None:
            pieces.append(after)
    else:
        if before is not None:
            pieces.append(before)
        rest = trim(line, after_at, sentence.end)
        if (
            rest is not None
            and text[phrase_end : phrase_end + 1] == ","
            and _finite(line, rest)
            and _open_subject(line, start_i, rest)
        ):
            pieces.append(rest)
    if not pieces:
        return None
    return Attribution(
        doc[start_i], "according to", head, pieces, (start, phrase_end), "according_to", "according"
    )


def _phrase_end(line: Line, head: Token) -> int:
    """End of the source's noun phrase: before the first comma, dash or full stop that follows its head."""
    limit = line.sentence_at(head.i).end
    end = min(end_of(head.right_edge), limit)
    for i in range(head.i + 1, head.right_edge.i + 1):
        if line.doc[i].text in {",", ";", ":", "—", "–", "."} or line.quoted(line.doc[i]):
            return line.doc[i - 1].idx + len(line.doc[i - 1])
    last = head.right_edge.i
    if head.pos_ == "NOUN" and last == head.i:
        # "According to Norway's envoy Jane Roe, ...": the parse may part the name from the office.
        while last + 1 < len(line.doc) and line.doc[last + 1].ent_type_ == "PERSON":
            last += 1
        if last + 1 < len(line.doc) and line.doc[last + 1].text == ",":
            return max(end, min(end_of(line.doc[last]), limit))
    return end


def _past_insertion(line: Line, comma: int, limit: int, source: Token) -> int:
    """Position after ", citing Y," or the source's own name that follows a leading source."""
    text = line.text
    rest = text[comma + 1 : limit].lstrip()
    person = source.pos_ == "PROPN"
    if not person:
        second = text.find(",", comma + 1, limit)
        following = line.doc[source.i + 1 : source.i + _LONG_OFFICE]
        name = [t for t in following if comma < t.idx < second]
        if (
            1 < len(name) <= _NAME_TOKENS
            and name[0].ent_type_ == "PERSON"
            and all(t.pos_ == "PROPN" or t.text == "-" for t in name)
        ):
            return second + 1  # "According to the mayor of Lund, Jane Roe, ..."
    insertions = (
        ("citing", "quoting", "which", "who", "whose", "a ", "an ", "the ")
        if person
        else ("citing", "quoting", "which", "who", "whose")
    )
    if rest.startswith(insertions):
        second = _outer_comma(text, comma + 1, limit)
        verbless = not _finite(line, (comma, second)) or not rest.startswith(("a ", "an ", "the "))
        if second > 0 and second - comma < 160 and limit - second > 12 and verbless:
            return second + 1
    return comma + 1


def _outer_comma(text: str, start: int, limit: int) -> int:
    """Position of the next comma outside brackets, or -1."""
    depth = 0
    for i in range(start, limit):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if text[i] == "," and depth == 0:
            return i
    return -1


def _finite(line: Line, span: tuple[int, int]) -> bool:
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc if span[0] <= t.idx < span[1])


def _open_subject(line: Line, start_i: int, rest: tuple[int, int]) -> bool:
    """Whether the text after an inserted source goes on with the clause before it."""
    first = next((t for t in line.doc if t.idx >= rest[0]), None)
    if first is None or first.lower_ in {
        "and",
        "but",
        "while",
        "who",
        "which",
        "citing",
        "quoting",
        "as",
        "with",
        "adding",
    }:
        return False
    before = list(line.doc[line.sentence_at(start_i).start_i : start_i])
    return not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before) or first.tag_ in {
        "VBD",
        "VBZ",
        "VBP",
        "MD",
        "TO",
    }


def _citing(line: Line, speech: Speech) -> Iterator[Token]:
    """Forms of the citing verbs, outside quotation marks; nobody is cited "without citing" anybody."""
    words = line.words
    for i, lemma in enumerate(words.lemma):
        if lemma in speech.citing and words.tag[i][:2] == "VB":
            token = line.doc[i]
            if not line.quoted(token) and not (token.dep_ == "pcomp" and is_lacking(token.head)):
                yield token


def find_citations(line: Line, speech: Speech) -> list[Citation]:
    """Each "citing Y", "cited by M" and "which cites Y" outside quotation marks."""
    found: list[Citation] = []
    for token in _citing(line, speech):
        agent = _by(token)
        if token.tag_ == "VBN" and agent is not None:
            source = token.head if token.dep_ in {"acl", "relcl"} else _child(token, {"nsubjpass"})
            if source is not None:
                found.append(Citation(token, agent, source))
            continue
        target = _child(token, OBJECTS)
        if target is not None and not is_reason(target) and not _put_forward(token, target, speech):
            found.append(Citation(token, _citer(token), target))
    return found


def _put_forward(verb: Token, target: Token, speech: Speech) -> bool:
    """Whether what is cited is cited as something, and so no source: "cited pay as a sticking point"."""
    marks = (t for t in verb.subtree if t.lower_ == "as" and t.i > target.i and t.i + 1 < len(t.doc))
    return any(speech.frames(t.nbor().lemma_.lower()) is None for t in marks)


_SPOKEN = frozenset({"comment", "remark", "interview"})  # "in comments carried by M"


def find_relays(line: Line, speech: Speech) -> list[tuple[Token, Token]]:
    """Each document that somebody passed on, with the head of who did.

    "A statement carried by M", "a memo seen by M", "a draft leaked to M".
    """
    found: list[tuple[Token, Token]] = []
    words = line.words
    for i, lemma in enumerate(words.lemma):
        if lemma not in speech.relaying or words.tag[i] != "VBN" or words.dep[i] not in {"acl", "relcl"}:
            continue
        token = line.doc[i]
        noun = token.head
        if noun.lemma_.lower() not in speech.documents | _SPOKEN or line.quoted(token):
            continue
        relay = _by(token) or next(
            (
                _child(p, {"pobj"})
                for p in token.rights
                if p.lower_ in {"to", "with"} and p.dep_ in {"prep", "dative"}
            ),
            None,
        )
        if relay is not None:
            found.append((noun, relay))
    return found


def find_as_reported(line: Line, speech: Speech) -> list[tuple[Token, Token]]:
    """Each "as reported by M" and "as cited by M" outside quotation marks: the participle, the head of M."""
    found: list[tuple[Token, Token]] = []
    words = line.words
    for i, lemma in enumerate(words.lemma):
        if words.tag[i] != "VBN" or i == 0 or words.lower[i - 1] != "as":
            continue
        if lemma in speech.citing or lemma in speech.relaying:
            token = line.doc[i]
            relay = _by(token) if not line.quoted(token) else None
            if relay is not None:
                found.append((token, relay))
    return found


def find_quoted_as_saying(line: Line, speech: Speech) -> list[tuple[Attribution, Token | None]]:
    """ "M cited Y as saying Z" and "Y was quoted by M as saying Z": attributions to Y, with the head of M."""
    found: list[tuple[Attribution, Token | None]] = []
    for token in _citing(line, speech):
        saying = next(
            (
                t
                for t in line.doc[token.i + 1 : token.i + 25]
                if t.tag_ == "VBG"
                and speech.frames(t.lemma_.lower())
                and t.i > 0
                and any(p.lower_ == "as" for p in line.doc[token.i + 1 : t.i])
            ),
            None,
        )
        if saying is None or line.sentence_no(saying.i) != line.sentence_no(token.i):
            continue
        passive = (
            token.tag_ == "VBN" and any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
        ) or (token.tag_ == "VBN" and token.dep_ in {"acl", "relcl", "amod"})
        if passive:
            named = [
                c for c in token.lefts if c.dep_ == "nsubjpass"
            ]  # office and name, where the parse parts them
            source = (named[-1] if named else None) or (
                token.head if token.dep_ in {"acl", "relcl"} else None
            )
            reporter = _by(token) or _by(saying)
        else:
            source, reporter = _child(token, OBJECTS), _citer(token)
        if source is None:
            continue
        sentence = line.sentence_at(token.i)
        start = min(
            subtree_span(source)[0] if passive and source.i < token.i else token.idx,
            reporter.left_edge.idx if reporter is not None and reporter.i < token.i else token.idx,
        )
        pieces = _said_as(line, saying, start, sentence.start, sentence.end)
        if pieces:
            found.append(
                (
                    Attribution(
                        token,
                        token.lemma_.lower(),
                        source,
                        pieces,
                        (start, end_of(saying)),
                        "quoted_as_saying",
                        "quoted",
                    ),
                    reporter,
                )
            )
    return found


def _said_as(line: Line, saying: Token, segment_start: int, low: int, high: int) -> list[tuple[int, int]]:
    clause = next(
        (c for c in saying.rights if c.dep_ in {"ccomp", "dobj", "xcomp"} and c.dep_ != "agent"), None
    )
    if clause is not None and end_of(clause.right_edge) - clause.left_edge.idx > 12:
        start = clause.left_edge
        position = (
            line.doc[start.i + 1].idx if start.lower_ == "that" and start.i + 1 < len(line.doc) else start.idx
        )
        span = trim(line, position, min(end_of(clause.right_edge), high))
        return [span] if span is not None else []
    quote = next((q for q in line.quotes.overlapping(end_of(saying), high) if q.start >= saying.idx), None)
    if quote is not None:
        return [(quote.start, min(quote.end, high))]
    left = trim(line, low, segment_start)
    if left is not None and left[1] - left[0] > 12:
        return [left]
    right = trim(line, end_of(saying), high)
    return [right] if right is not None and right[1] - right[0] > 12 else []


def _by(verb: Token) -> Token | None:
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
            return _child(child, {"pobj"})
    return None


def _citer(verb: Token) -> Token | None:
    """Who cites: the verb's subject, or that of the verb whose participle it is."""
    own = _child(verb, SUBJECTS)
    if own is not None:
        return verb.head if own.lower_ in {"which", "who", "that"} and verb.dep_ == "relcl" else own
    current = verb
    for _ in range(4):
        if current.dep_ in {"acl", "relcl"} and current.head.pos_ in {"NOUN", "PROPN"}:
            return current.head
        if current.dep_ in {"advcl", "conj", "xcomp", "prep", "pcomp"}:
            current = current.head
            own = _child(current, SUBJECTS)
            if own is not None:
                return own
            continue
        return None
    return None


def _child(token: Token, labels: frozenset[str] | set[str]) -> Token | None:
    return next((c for c in token.children if c.dep_ in labels), None)


def end_before_sources(found: list[Attribution], line: Line) -> None:
    """Cut what others say where a closing ", according to X" begins."""
    for source in found:
        if source.frame != "according" or line.text[: source.segment[0]].rstrip()[-1:] not in {
            ",",
            "”",
            '"',
            "’",
        }:
            continue
        for other in found:
            if other is not source:
                cut = [
                    trim(line, s, source.segment[0]) if s < source.segment[0] < e else (s, e)
                    for s, e in other.pieces
                ]
                other.pieces = [piece for piece in cut if piece is not None]
