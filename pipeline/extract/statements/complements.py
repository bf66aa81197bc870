"""What was said, where syntax ties it to the verb: clauses, quotations, objects, phrases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.statements.asides import before_comment, before_contrast, is_reason, without_aside
from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.lines import OBJECTS, Line, end_of, subtree_span, trim
from pipeline.extract.statements.quotes import Sentence
from pipeline.extract.statements.silence import has_subject

if TYPE_CHECKING:
    from spacy.tokens import Token


_NO_MORE = frozenset({"only", "simply", "merely"})  # "said only that", which is no part of what was said


def clause_right(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[int, int] | None:
    """A finite clause to the right of the verb, without its "that"."""
    if not frames.clause and not frames.person:
        return None
    for child in verb.rights:
        if child.dep_ not in {"ccomp", "advcl"} or child.left_edge.i <= verb.i:
            continue
        mark = next(
            (c for c in child.lefts if c.dep_ == "mark" and c.lower_ in {"that", "whether", "if"}), None
        )
        if child.dep_ == "advcl" and (mark is None or mark.lower_ != "that"):
            continue
        infinitive = any(c.tag_ == "TO" for c in child.lefts)
        if infinitive and not frames.person:
            continue
        if not infinitive and not frames.clause:
            continue
        if (
            frames.weak
            and mark is None
            and not line.quotes.overlapping(*subtree_span(child))
            and not _wh(child)
        ):
            continue
        if (
            child.pos_ not in {"VERB", "AUX"}
            and not any(c.dep_ in {"cop", "aux", "nsubj"} for c in child.children)
            and not line.quotes.overlapping(*subtree_span(child))
        ):
            continue
        start_token = _whole_word(line, child.left_edge, verb)
        if start_token.lower_ in _NO_MORE and line.doc[start_token.i + 1].lower_ == "that":
            start_token = line.doc[start_token.i + 1]
        start, end = start_token.idx, _extend(line, verb, end_of(child.right_edge), speech)
        if start_token.lower_ == "that" and start_token.dep_ == "mark":
            start = line.doc[start_token.i + 1].idx
        else:
            start = _past_time(line, start_token, child).idx
        sentence = line.sentence_at(verb.i)
        end = _coordinate_clause(line, verb, end, sentence, speech)
        if line.text[end : end + 2] == ": ":
            quote = line.quotes.at(end + 2)
            if quote is not None and quote.start == end + 2:
                end = quote.end
        return trim(line, start, min(without_aside(line, start, end, speech), sentence.end))
    if not frames.clause:
        return None
    if not frames.addressee:
        return _stated_clause(line, verb, frames, speech)
    return _told_clause(line, verb, speech) or _hung_clause(line, verb, speech)


def _stated_clause(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[int, int] | None:
    """What somebody says "in a statement that ...", where the parse hangs the clause on the document."""
    for place in verb.rights if not frames.weak else ():
        noun = next((c for c in place.rights if c.dep_ == "pobj"), None)
        if noun is None or place.lower_ not in _MEANS or noun.lemma_.lower() not in speech.documents:
            continue
        clause = next((c for c in noun.rights if c.dep_ in {"acl", "relcl"}), None)
        if clause is None or clause.left_edge.lower_ != "that" or clause.left_edge.dep_ != "mark":
            continue
        if not has_subject(clause) or line.quoted(noun):
            continue
        end = min(_extend(line, verb, end_of(clause.right_edge), speech), line.sentence_at(verb.i).end)
        start = clause.left_edge.nbor(1).idx
        return trim(line, start, without_aside(line, start, end, speech))
    return None


_MEANS = frozenset({"in", "through", "via"})


def _whole_word(line: Line, first: Token, verb: Token) -> Token:
    """Where a clause begins whose first word the parse cuts at a hyphen ("Roe's 2018 re-|election")."""
    hyphen = first.i if first.text == "-" else first.i - 1
    if hyphen - 1 <= verb.i or line.doc[hyphen].text != "-" or line.doc[hyphen - 1].whitespace_:
        return first
    return line.doc[max(line.doc[hyphen - 1].left_edge.i, verb.i + 1)]


def _told_clause(line: Line, verb: Token, speech: Speech) -> tuple[int, int] | None:
    """What somebody is told, where the parse makes it a relative clause ("told delegates they had")."""
    for listener in verb.rights:
        if listener.dep_ not in OBJECTS or line.quoted(listener):
            continue
        clause = next((c for c in listener.rights if c.dep_ == "relcl"), None)
        if clause is None or clause.left_edge.i != listener.i + 1 or clause.left_edge.tag_ in {"WP", "WDT"}:
            return None
        if clause.left_edge.dep_ not in {"nsubj", "nsubjpass", "det", "compound"}:
            return None
        end = min(_extend(line, verb, end_of(clause.right_edge), speech), line.sentence_at(verb.i).end)
        return trim(line, clause.left_edge.idx, without_aside(line, clause.left_edge.idx, end, speech))
    return None


def _hung_clause(line: Line, verb: Token, speech: Speech) -> tuple[int, int] | None:
    """What somebody is told, where the parse hangs it on the noun before it ("told them in a video that he").

    "That" is no word of the clause itself, as in "a video that went round the world": it only opens it.
    """
    for place in verb.rights:
        if place.dep_ not in OBJECTS | {"prep"} or line.quoted(place):
            continue
        for noun in place.subtree:
            clause = next((c for c in noun.rights if c.dep_ == "relcl"), None)
            opens = clause is not None and clause.left_edge.lower_ == "that"
            if clause is None or not opens or clause.left_edge.dep_ != "mark" or not has_subject(clause):
                continue
            end = min(_extend(line, verb, end_of(clause.right_edge), speech), line.sentence_at(verb.i).end)
            start = clause.left_edge.nbor(1).idx
            return trim(line, start, without_aside(line, start, end, speech))
    return None


def _past_time(line: Line, first: Token, clause: Token) -> Token:
    """First token of a clause after a time of the verb before it ("said Tuesday night she had")."""
    i = first.i
    while (
        i < clause.i
        and line.doc[i].ent_type_ in {"DATE", "TIME"}
        and line.doc[i].dep_ in {"npadvmod", "compound", "nmod"}
    ):
        i += 1
    return line.doc[i] if i > first.i and line.doc[i].text != "," else first


_EXTENDING = frozenset(
    {
        "for",
        "of",
        "if",
        "as",
        "to",
        "despite",
        "over",
        "because",
        "in",
        "between",
        "with",
        "from",
        "until",
        "unless",
        "against",
        "so",
        "that",
        "when",
        "without",
        "than",
        "about",
        "by",
        "while",
        "once",
        "since",
        "provided",
        "providing",
    }
)


def _extend(line: Line, verb: Token, end: int, speech: Speech) -> int:
    """End of a complement with the adjuncts after it that the parse hangs on the verb."""
    for child in verb.rights:
        left, right = subtree_span(child)
        if left < end - 1 or child.dep_ not in {
            "prep",
            "advcl",
            "xcomp",
            "acl",
            "relcl",
            "dative",
            "ccomp",
            "conj",
        }:
            continue
        gap = line.text[end:left].strip()
        if (
            gap in {",", "”", ",”"}
            and child.dep_ == "advcl"
            and child.left_edge.lower_ in _CONCESSIVE
            and not _speaks(child, speech)
        ):
            end = right
            continue
        if gap or (line.quotes.at(left) is None and child.left_edge.lower_ not in _EXTENDING):
            break
        if child.dep_ == "conj" or (
            any(t.ent_type_ in {"DATE", "TIME"} for t in child.subtree) and child.dep_ == "prep"
        ):
            break
        end = right
    return _until_event(line, verb, end)


def _until_event(line: Line, verb: Token, end: int) -> int:
    """End of a complement with a clause of time that has yet to come true ("no truce before they leave")."""
    for child in verb.rights:
        if child.dep_ != "advcl" or not 0 <= child.left_edge.idx - end <= 1:
            continue
        future = child.tag_ in {"VB", "VBP", "VBZ"} or any(c.tag_ == "MD" for c in child.lefts)
        if child.left_edge.lower_ in {"before", "until", "till"} and future:
            return end_of(child.right_edge)
    return end


_CONCESSIVE = frozenset({"while", "although", "though", "if", "unless", "because", "since"})


def _speaks(clause: Token, speech: Speech) -> bool:
    """Whether a clause has a verb of saying of its own, and so is the reporter's."""
    return any(t.lemma_ in speech.framing_verbs for t in clause.subtree if t.pos_ == "VERB")


_TAILS = frozenset({"which", "who", "while", "whose", "whereas", "when", "where"})


_NEXT_CLAUSE = 8  # tokens within which a new clause shows its subject


def _without_tail(line: Line, start: int, end: int) -> int:
    """End of a noun-like complement without what the reporter adds after a comma ("..., suggesting that")."""
    for token in line.doc.char_span(start, end, alignment_mode="expand") or ():
        if token.text != "," or line.quoted(token) or token.i + 1 >= len(line.doc):
            continue
        after = line.doc[token.i + 1]
        if after.lower_ in {"and", "but"} and any(
            t.dep_ in {"nsubj", "nsubjpass"}
            for t in line.doc[after.i : after.i + _NEXT_CLAUSE]
            if t.idx < end
        ):
            return int(token.idx)
        if (
            after.idx < end
            and not line.quoted(after)
            and (after.lower_ in _TAILS or (after.tag_ == "VBG" and after.lower_ != "including"))
        ):
            return int(token.idx)
    return end


_AND_THAT = re.compile(r"[,”\"’]{0,3} (?:and|but) that ")


def _coordinate_clause(line: Line, verb: Token, end: int, sentence: Sentence, speech: Speech) -> int:
    """End of "that ... and that ...", whose second clause the parse may hang elsewhere.

    So it may with "said it is ready, and does not mind": a present after a past cue is what was said, and so
    is "said it had begun, but would take years".
    """
    if _AND_THAT.match(line.text, end):
        return sentence.end
    second = next((c for c in verb.rights if c.dep_ == "conj" and 0 <= c.left_edge.idx - end <= 6), None)
    if second is None or verb.tag_ != "VBD" or line.quoted(second):
        return end
    finite = next((t for t in (*second.lefts, second) if t.tag_ in {"VBZ", "VBP", "MD"}), None)
    frames = speech.frames(speech.lemma(second))
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in second.lefts)
    if finite is None or (own and not _shifted_back(second)) or (frames is not None and not frames.weak):
        return end
    return min(end_of(second.right_edge), sentence.end)


def _shifted_back(clause: Token) -> bool:
    """Whether a clause has the tense that only reported speech gives it: "would", "could", "might"."""
    return any(c.tag_ == "MD" and c.lower_ in {"would", "could", "might"} for c in clause.lefts)


def _wh(clause: Token) -> bool:
    return clause.left_edge.tag_ in {"WP", "WRB", "WDT"}


def quote_right(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """A quotation that follows the verb after a colon, a comma, "that" or nothing."""
    if not frames.clause:
        return None
    sentence = line.sentence_at(verb.i)
    for quote in line.quotes.overlapping(end_of(verb), sentence.end):
        if quote.start < end_of(verb):
            continue
        if quote.start >= sentence.end:
            return None
        between = line.text[end_of(verb) : quote.start].strip()
        if frames.weak and not between.endswith((":", ",", "that")):
            return None
        if not between or between[-1] in ":," or between.split()[-1] == "that":
            return quote.start, min(quote.end, sentence.end)
        return None
    return None


def loose_clause(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[int, int] | None:
    """What follows "said (that)" where the parse attaches it elsewhere."""
    if not frames.clause:
        return None
    sentence = line.sentence_at(verb.i)
    follow = _past_day(line, verb.i + 1, sentence)
    if follow >= sentence.end_i:
        return None
    that = next(
        (
            i
            for i in range(follow, min(follow + _THAT_REACH, sentence.end_i))
            if line.doc[i].lower_ == "that"
            and (line.doc[i].tag_ == "IN" or _after_time(line.doc[i]))
            and not line.quoted(line.doc[i])
            and (i - follow < _NEAR_THAT or line.doc[i - 1].text == ",")
        ),
        None,
    )
    if that is not None and any(_owns_clause(t, speech) or t.text == ";" for t in line.doc[follow:that]):
        return None  # the clause is the noun's: "commented on a report by X that"
    start = that + 1 if that is not None else None
    if start is None:
        if (
            frames.weak
            or frames.addressee
            or line.doc[follow].pos_ not in {"PRON", "PROPN", "DET", "NOUN", "ADJ", "NUM"}
        ):
            return None
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[follow : sentence.end_i]):
            return None
        start = follow
    if start >= sentence.end_i:
        return None
    return trim(line, line.doc[start].idx, sentence.end)


def _past_day(line: Line, i: int, sentence: Sentence) -> int:
    """The first token after the day behind a verb ("said on Sunday", "said late Sunday"), else ``i``."""
    day = i
    while day < sentence.end_i and line.doc[day].lower_ in {"on", "late", "early", "earlier"}:
        day += 1
    after = day
    while after < sentence.end_i and line.doc[after].ent_type_ in {"DATE", "TIME"}:
        after += 1
    return after if after > day else i


def _owns_clause(noun: Token, speech: Speech) -> bool:
    """Whether a clause after a noun is the noun's, which it is not after a setting ("on a call that")."""
    setting = (
        noun.dep_ == "pobj" and noun.lemma_.lower() == "call" and noun.head.lower_ in {"on", "in", "during"}
    )
    return noun.lemma_.lower() in speech.clause_nouns and not setting


def _after_time(that: Token) -> bool:
    """Whether "that" stands after a time and is misread as its relative ("complained at the time that")."""
    before = that.nbor(-1) if that.i else that
    return before.ent_type_ in {"DATE", "TIME"} or before.lower_ in {"time", "moment"}


_THAT_REACH = 25  # tokens


_NEAR_THAT = 8


def frame_content(
    line: Line, verb: Token, frames: Frames, speech: Speech
) -> tuple[tuple[int, int], str] | None:
    """Content of object, predicate, prepositional and open-complement frames, with the rule's name."""
    sentence = line.sentence_at(verb.i)
    objects = [c for c in verb.rights if c.dep_ in OBJECTS]
    if len(objects) > 1 and objects[0].i == verb.i + 1 and objects[0].lower_ == "that":
        objects = objects[1:]  # "proposed that leaders meet": the conjunction misread
    obj = objects[0] if objects else None
    if obj is not None and frames.lemma in speech.citing and is_reason(obj):
        return None
    if (
        obj is not None
        and obj.left_edge.i == verb.i + 2
        and verb.nbor(1).text == ","
        and not line.quoted(obj)
    ):
        obj = None  # "..., officials confirmed, a reversal of his refusal": set beside what they confirmed
    rights = [c for c in verb.rights if c.i < sentence.end_i]
    opens = [
        c
        for c in rights
        if c.dep_ in {"xcomp", "ccomp", "advcl"}
        and (any(g.tag_ == "TO" or g.lower_ == "having" for g in c.lefts) or c.tag_ == "VBG")
        and not (c.dep_ == "advcl" and c.tag_ == "VBG")
    ]
    preps = [c for c in rights if c.dep_ in {"prep", "dative"}]
    end_cap = sentence.end

    def span(start: int, end: int, rule: str) -> tuple[tuple[int, int], str] | None:
        end = before_comment(line, start, min(_extend(line, verb, end, speech), end_cap), speech)
        end = before_contrast(line, start, end, speech)
        trimmed = trim(line, start, _without_tail(line, start, end))
        return (trimmed, rule) if trimmed is not None else None

    if frames.predicate:
        marker = next((p for p in preps if p.lower_ in frames.predicate_prepositions), None)
        if marker is None and obj is not None:
            marker = next(
                (p for p in obj.rights if p.dep_ == "prep" and p.lower_ in frames.predicate_prepositions),
                None,
            )
        if (
            marker is None
            and frames.predicate_prepositions
            and (not frames.object or frames.lemma == "describe")
        ):
            marker = _as(line, verb, sentence)
        if marker is not None:
            start = obj.left_edge.idx if obj is not None else _phrase_start(line, verb, marker)
            end = end_of(marker.right_edge)
            quote = next((q for q in line.quotes.overlapping(end_of(marker), sentence.end)), None)
            if quote is not None and quote.start <= end_of(marker) + 1:
                end = max(end, quote.end)
            if marker.i == verb.i + 1:
                start = line.doc[marker.i + 1].idx if marker.i + 1 < len(line.doc) else start
            return span(start, end, "described_as")
        called_on = frames.lemma == "call" and any(p.lower_ in frames.prepositions for p in preps)
        if not called_on and (
            not frames.predicate_prepositions
            or frames.lemma
            in {
                "call",
                "dub",
                "declare",
                "brand",
                "label",
                "term",
                "deem",
                "bill",
            }
        ):
            predicate = next(
                (
                    c
                    for c in rights
                    if c.dep_ in {"oprd", "xcomp", "ccomp"}
                    and not any(g.tag_ == "TO" for g in c.lefts)
                    and (c.pos_ in {"NOUN", "ADJ", "PROPN"} or line.quoted(c))
                ),
                None,
            )
            if predicate is not None:
                start = min(
                    obj.left_edge.idx if obj is not None else predicate.left_edge.idx, predicate.left_edge.idx
                )
                return span(start, end_of(predicate.right_edge), "called")
            if obj is not None and frames.lemma in {"call", "dub", "brand", "label", "term", "deem"}:
                quote = next(
                    (q for q in line.quotes.overlapping(end_of(verb), sentence.end) if q.start > verb.idx),
                    None,
                )
                if quote is not None and quote.start - end_of(verb) < _NEAR:
                    return span(line.doc[verb.i + 1].idx, max(quote.end, end_of(obj.right_edge)), "called")
    if frames.object_prepositions and obj is not None:
        holder = next(
            (
                p
                for p in [*preps, *[c for c in obj.rights if c.dep_ == "prep"]]
                if p.lower_ in frames.object_prepositions
            ),
            None,
        )
        if holder is not None:
            return span(
                obj.left_edge.idx,
                max(end_of(holder.right_edge), end_of(obj.right_edge)),
                "object_preposition",
            )
    if frames.object_prepositions and obj is None and verb.dep_ == "relcl":
        holder = next((p for p in preps if p.lower_ in frames.object_prepositions), None)
        if holder is not None:
            return span(holder.idx, end_of(holder.right_edge), "object_preposition")
    if frames.person and opens:
        target = opens[0]
        if target.lemma_.lower() in speech.empty_complements:
            return None
        subject = next((c for c in target.lefts if c.dep_ == "nsubj"), None)
        start = obj.left_edge.idx if obj is not None else (subject or target).left_edge.idx
        if obj is None and subject is None:
            start = target.left_edge.idx
            called = next((p for p in preps if p.lower_ in {"on", "upon", "to"} and p.i < target.i), None)
            if called is not None and called.i + 1 < sentence.end_i:
                start = line.doc[called.i + 1].idx
        return span(start, end_of(target.right_edge), "urged")
    if frames.person and not opens and obj is not None:
        marker = next(
            (t for t in line.doc[obj.i + 1 : min(obj.i + _TO_REACH, sentence.end_i)] if t.tag_ == "TO"), None
        )
        if (
            marker is None
            and any(t.tag_ == "TO" for t in obj.subtree if t.i > obj.i)
            and not _thing(obj, speech)
        ):
            return span(*subtree_span(obj), "urged")  # "urged all who meet in Oslo to show good will"
        if marker is not None and not any(t.text == "," for t in line.doc[obj.i : marker.i]):
            comma = next(
                (t.idx for t in line.doc[marker.i : sentence.end_i] if t.text == "," and not line.quoted(t)),
                sentence.end,
            )
            return span(obj.left_edge.idx, comma, "urged")
    goal = next((p for p in preps if p.lower_ == "to" and "to" in frames.prepositions), None)
    if goal is not None and opens and not goal.i < opens[0].i:
        goal = None
    if frames.open and opens and goal is None:  # not of "committed to a cut to prop up prices"
        target = opens[0]
        if target.lemma_.lower() in speech.empty_complements - {"be"}:
            return None
        return span(target.left_edge.idx, end_of(target.right_edge), "open_complement")
    clause_for = next(
        (
            c
            for c in rights
            if c.dep_ in {"advcl", "xcomp", "ccomp"}
            and any(g.lower_ == "for" and g.dep_ in {"mark", "prep"} for g in c.lefts)
        ),
        None,
    )
    if clause_for is not None and "for" in frames.prepositions and clause_for.left_edge.lower_ == "for":
        return span(line.doc[clause_for.left_edge.i + 1].idx, end_of(clause_for.right_edge), "preposition")
    phrase = next((p for p in preps if p.lower_ in frames.prepositions), None)
    if phrase is not None and frames.lemma == "call" and phrase.lower_ in {"on", "upon"} and not opens:
        return None  # who calls on somebody for nothing pays a visit
    if (
        phrase is not None
        and phrase.i + 1 < sentence.end_i
        and any(c.dep_ in {"pobj", "pcomp"} for c in phrase.children)
    ):
        end = end_of(phrase.right_edge)
        if opens and opens[0].i > phrase.i:
            end = max(end, end_of(opens[0].right_edge))
        return span(line.doc[phrase.i + 1].idx, end, "preposition")
    if obj is not None and (not frames.person or _thing(obj, speech)) and _telling(obj, frames, speech):
        start, end = subtree_span(obj)
        if frames.light and not frames.object:
            clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "acl"} and c.i > obj.i), None)
            end = max(end, end_of(clause.right_edge)) if clause is not None else end
        return span(start, end, "object")
    return None


def _as(line: Line, verb: Token, sentence: Sentence) -> Token | None:
    """The "as" of "described X as Y" where the parse hangs it elsewhere."""
    for token in line.doc[verb.i + 1 : min(sentence.end_i - 1, verb.i + _AS_REACH)]:
        if token.lower_ == "as" and token.tag_ == "IN" and not line.quoted(token):
            return token
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ in {"ROOT", "conj"}:
            return None
    return None


_TO_REACH = 5  # tokens


_AS_REACH = 25  # tokens


_NEAR = 60  # characters between "called" and the quotation that it introduces


_GREETING = frozenset({"welcome", "salute", "hail", "cheer"})
_GUESTS = frozenset(
    {"counterpart", "guest", "delegation", "leader", "minister", "president", "envoy", "ambassador"}
)
_DENYING = frozenset({"reject", "deny", "dispute", "refute", "rebut", "confirm", "dismiss"})


def _telling(obj: Token, frames: Frames, speech: Speech) -> bool:
    """Whether a direct object can be what was said."""
    lemma = obj.lemma_.lower()
    if frames.lemma in _GREETING and (obj.ent_type_ == "PERSON" or lemma in _GUESTS):
        return False  # who welcomes a guest says nothing
    if frames.lemma in _DENYING and obj.lower_ in {"this", "that"}:
        return True
    if obj.pos_ == "PRON" or (obj.tag_ == "CD" and obj.is_alpha) or lemma in speech.empty_objects:
        return False
    if frames.light and not frames.object:
        empty = any(c.lower_ in _POINTING for c in obj.lefts) and not any(
            c.dep_ in {"prep", "acl", "relcl"} and c.lower_ not in {"in", "at", "on", "during"}
            for c in obj.rights
        )
        return not empty and (lemma in speech.said_nouns or obj.lower_ in speech.said_nouns)
    return frames.object


_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "similar"})


def _thing(obj: Token, speech: Speech) -> bool:
    """Whether an object is what is urged, and not who is urged."""
    return (
        obj.pos_ == "NOUN"
        and not obj.ent_type_
        and obj.lemma_.lower() not in speech.audiences
        and obj.tag_ == "NN"
    )


def _phrase_start(line: Line, verb: Token, marker: Token) -> int:
    """Start of what stands between the verb and "as": an object, or the object of "refer to"."""
    start = verb.i + 1
    if line.doc[start].lower_ == "to" and start + 1 < marker.i:
        start += 1
    return int(line.doc[start].idx)
