"""What was said in a clause or a quotation that follows the verb, wherever the parse hangs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.statements.asides import without_aside
from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.lines import OBJECTS, SUBJECTS, Line, end_of, subtree_span, trim
from pipeline.extract.statements.quotes import Sentence
from pipeline.extract.statements.silence import has_subject

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


_NO_MORE = frozenset({"only", "simply", "merely"})  # "said only that", which is no part of what was said


def clause_right(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[int, int] | None:
    """A finite clause to the right of the verb, without its "that"."""
    if not frames.clause and not frames.person:
        return None
    if frames.lemma in _MADE_SO:
        return _made_so(line, verb, speech)
    for child in verb.rights:
        if _doing_first(child, verb, frames) and speech.frames(speech.lemma(child)) is None:
            end = extended(line, verb, end_of(child.right_edge), speech)
            return trim(line, child.idx, min(without_aside(line, child.idx, end, speech), end))
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
            and not any(c.dep_ in {"cop", "aux", "nsubj", "nsubjpass"} for c in child.children)
            and not line.quotes.overlapping(*subtree_span(child))
        ):
            continue
        start_token = _whole_word(line, child.left_edge, verb)
        if start_token == told_outlet(verb, frames):
            start_token = start_token.nbor()
        if mark is not None and mark.lower_ == "that" and mark.i > start_token.i:
            start_token = mark  # "said, after the vote, that it ...", "reported, citing X, that it ..."
        if start_token.lower_ in _NO_MORE and line.doc[start_token.i + 1].lower_ == "that":
            start_token = line.doc[start_token.i + 1]
        start, end = start_token.idx, extended(line, verb, _before_joint(child), speech)
        # The parse may take the conjunction for an adverb: "said earlier in the day that it welcomed".
        if start_token.lower_ == "that" and (
            start_token.dep_ in {"mark", "advmod"} or start_token.tag_ == "WDT"
        ):
            start = line.doc[start_token.i + 1].idx
        else:
            start = _past_time(line, _with_subject(line, verb, start_token, frames), child).idx
        sentence = line.sentence_at(verb.i)
        end = _coordinate_clause(line, verb, end, sentence, speech)
        if line.text[end : end + 2] == ": ":
            quote = line.quotes.at(end + 2)
            if quote is not None and quote.start == end + 2:
                end = quote.end
        end = _with_predicate(line, end, sentence)
        return trim(line, start, min(without_aside(line, start, end, speech), sentence.end))
    if not frames.clause:
        return None
    cited = _cited_clause(line, verb, speech)
    if cited is not None:
        return cited
    if not frames.addressee:
        return _stated_clause(line, verb, frames, speech) or _clause_past_time(line, verb, speech)
    told = _told_clause(line, verb, speech) or _hung_clause(line, verb, speech)
    return told or _stated_clause(line, verb, frames, speech)


def _doing_first(child: Token, verb: Token, frames: Frames) -> bool:
    """Whether a clause opens with what somebody does, of which the parse makes its verb.

    "Peru says filling the lake | will cost it water".
    """
    opens = child.dep_ == "xcomp" and child.tag_ == "VBG" and child.i == verb.i + 1
    if not opens or frames.open or frames.addressee:
        return False
    return any(
        c.dep_ == "ccomp" and any(m.tag_ in {"MD", "VBZ", "VBD"} for m in (c, *c.lefts)) for c in child.rights
    )


def _with_predicate(line: Line, end: int, sentence: Sentence) -> int:
    """End of a clause with the predicate of its last word "was", which the parse hangs elsewhere."""
    last = next((t for t in line.doc[sentence.start_i : sentence.end_i] if end_of(t) == end), None)
    if last is None or last.lemma_ != "be" or last.i + 2 >= sentence.end_i:
        return end
    if last.nbor().pos_ not in {"ADJ", "NOUN", "DET", "VERB"}:
        return end
    cut = next((t for t in line.doc[last.i + 1 : sentence.end_i] if t.text in {",", ".", ";"}), None)
    return int(cut.idx) if cut is not None else end


def _clause_from(
    line: Line, verb: Token, clause: Token, start: int, speech: Speech
) -> tuple[int, int] | None:
    """What is said in a clause that the parse hangs elsewhere, from a character on, without asides."""
    end = min(extended(line, verb, end_of(clause.right_edge), speech), line.sentence_at(verb.i).end)
    return trim(line, start, without_aside(line, start, end, speech))


def _cited_clause(line: Line, verb: Token, speech: Speech) -> tuple[int, int] | None:
    """What an outlet reports "citing X that ...", where the parse hangs the clause on the citing."""
    for citing in verb.rights:
        if citing.tag_ != "VBG" or citing.lemma_ not in speech.citing or line.quoted(citing):
            continue
        clause = next((c for c in citing.rights if c.dep_ in {"ccomp", "acl", "advcl"}), None)
        if clause is None or clause.left_edge.lower_ != "that" or not has_subject(clause):
            continue
        return _clause_from(line, verb, clause, clause.left_edge.nbor(1).idx, speech)
    return None


_MADE_SO = frozenset({"make clear", "make plain", "let be known"})
_SO = frozenset({"clear", "plain", "known"})
_SO_REACH = 5  # tokens between such a verb and its "that"


def _made_so(line: Line, verb: Token, speech: Speech) -> tuple[int, int] | None:
    """What somebody "made (it) plain (that)" or "let it be known that": the clause behind."""
    sentence = line.sentence_at(verb.i)
    near = line.doc[verb.i + 1 : min(verb.i + 1 + _SO_REACH, sentence.end_i - 1)]
    that = next((t for t in near if t.lower_ == "that" and t.tag_ == "IN" and not line.quoted(t)), None)
    if that is None:
        so = next((t for t in near if t.lower_ in _SO and _opens_subject(t.nbor())), None)
        # "Made clear she would not attend"
        return trim(line, so.nbor().idx, sentence.end) if so is not None and not line.quoted(so) else None
    start = that.nbor(1).idx
    end = end_of(that.head.right_edge) if that.dep_ == "mark" else sentence.end
    return trim(line, start, without_aside(line, start, min(end, sentence.end), speech))


def _opens_subject(word: Token) -> bool:
    """Whether the subject of a clause begins at a word."""
    return word.dep_ in SUBJECTS or (word.head.i > word.i and word.head.dep_ in SUBJECTS)


def _stated_clause(line: Line, verb: Token, frames: Frames, speech: Speech) -> tuple[int, int] | None:
    """What somebody says "in a statement that ...", where the parse hangs the clause on the document."""
    for place in verb.rights:
        noun = next((c for c in place.rights if c.dep_ == "pobj"), None)
        if noun is None or place.lower_ not in _MEANS or noun.lemma_.lower() not in speech.documents:
            continue
        clause = next((c for c in noun.rights if c.dep_ in {"acl", "relcl"}), None)
        if clause is None or clause.left_edge.lower_ != "that" or clause.left_edge.tag_ != "IN":
            continue
        if not has_subject(clause) or line.quoted(noun):
            continue
        return _clause_from(line, verb, clause, clause.left_edge.nbor(1).idx, speech)
    return None


_MEANS = frozenset({"in", "through", "via"})


def _clause_past_time(line: Line, verb: Token, speech: Speech) -> tuple[int, int] | None:
    """What somebody says "after the vote failed that ...", where the parse hangs it on the time."""
    for time in verb.rights:
        if time.dep_ != "advcl" or time.left_edge.lower_ not in _TIMES or time.left_edge.i != verb.i + 1:
            continue
        clause = next((c for c in time.rights if c.dep_ in {"advcl", "ccomp"}), None)
        if clause is None or clause.left_edge.lower_ != "that" or clause.left_edge.dep_ != "mark":
            continue
        if has_subject(clause) and not line.quoted(clause.left_edge):
            return _clause_from(line, verb, clause, clause.left_edge.nbor(1).idx, speech)
    return None


_TIMES = frozenset({"after", "before", "when", "as", "once"})


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
        if clause is None or clause.left_edge.i != listener.i + 1:
            return None
        if clause.left_edge.lower_ == "that" and any(
            c.dep_ == "nsubj" and c.i > clause.left_edge.i for c in clause.lefts
        ):  # "told the channel that he hoped"
            return _clause_from(line, verb, clause, clause.left_edge.nbor(1).idx, speech)
        if clause.left_edge.tag_ in {"WP", "WDT"}:
            return None
        if clause.left_edge.dep_ not in {"nsubj", "nsubjpass", "det", "compound"}:
            return None
        return _clause_from(line, verb, clause, clause.left_edge.idx, speech)
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
            return _clause_from(line, verb, clause, clause.left_edge.nbor(1).idx, speech)
    return None


def told_outlet(verb: Token, frames: Frames) -> Token | None:
    """The outlet that was told a clause of whose subject the parse makes it a part ("told Delo rebels left").

    Who tells has to tell somebody.
    """
    if frames.lemma != "tell" or any(c.dep_ in OBJECTS for c in verb.rights) or verb.i + 2 >= len(verb.doc):
        return None
    first = verb.nbor()
    outlet = first.dep_ == "compound" and first.ent_type_ == "ORG" and first.nbor().text[0].islower()
    return first if outlet else None


def _with_subject(line: Line, verb: Token, first: Token, frames: Frames) -> Token:
    """Where a clause begins whose subject the parse leaves outside: "said talks to end it | would resume"."""
    between = line.doc[verb.i + 1 : first.i]
    lost = first.tag_ == "MD" or (first.pos_ == "AUX" and first.tag_ in {"VBZ", "VBD", "VBP"})
    if not lost or not between or frames.addressee or any(line.quoted(t) or t.text == ":" for t in between):
        return first
    that = next((t for t in between if t.lower_ == "that" and t.tag_ == "IN"), None)
    start = that.nbor(1) if that is not None else _day_past(between)
    nominal = start.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON"} and start.i < first.i
    return start if nominal else first


def _day_past(between: Span) -> Token:
    """The first of the tokens that is of no time ("said | on Monday | talks")."""
    i = 0
    while i < len(between) - 1 and (
        between[i].ent_type_ in {"DATE", "TIME"} or between[i].lower_ in _DAY_OPENERS
    ):
        i += 1
    return between[i]


_DAY_OPENERS = frozenset({"on", "late", "earlier", "early"})


def _past_time(line: Line, first: Token, clause: Token) -> Token:
    """First token of a clause after a time of the verb before it ("said Tuesday night she had")."""
    i = first.i
    past = _day_past(line.doc[i : clause.i]) if i < clause.i else first
    timed = first.lower_ == "earlier" or any(t.ent_type_ == "DATE" for t in line.doc[i : past.i])
    if timed and first.lower_ in _DAY_OPENERS and first.dep_ != "amod" and _opens_subject(past):
        return past  # "said earlier he would", "said on May 5 it had"
    while (
        i < clause.i
        and line.doc[i].ent_type_ in {"DATE", "TIME"}
        and line.doc[i].dep_ in {"npadvmod", "compound", "nmod"}
    ):
        i += 1
    month = line.doc[i].head if line.doc[i].lower_ == "last" else None
    if month is not None and month.i == i + 1 and month.dep_ == "npadvmod" and month.i + 1 < clause.i:
        i += 2  # "told reporters last month both sides were"
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


def extended(line: Line, verb: Token, end: int, speech: Speech) -> int:
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
        if gap or (
            line.quotes.at(left) is None and child.left_edge.lower_ not in _EXTENDING and not _at_any(child)
        ):
            break
        timed = child.dep_ == "prep" and any(t.ent_type_ in {"DATE", "TIME"} for t in child.subtree)
        if child.dep_ == "conj" or (timed and child.lower_ not in _DEADLINES):
            break
        end = right
    return _until_event(line, verb, end)


_DEADLINES = frozenset({"for", "by", "until"})  # no day of saying: "a truce for the May holidays"


def _at_any(place: Token) -> bool:
    """Whether a phrase tells of occasions to come, at which nobody has spoken: "at any further session"."""
    if place.dep_ != "prep" or place.lower_ not in {"at", "on", "during"}:
        return False
    occasion = next((c for c in place.children if c.dep_ == "pobj"), None)
    return occasion is not None and any(c.lower_ in _TO_COME for c in occasion.lefts)


_TO_COME = frozenset({"any", "every", "each", "future", "further", "no", "another"})


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


def without_tail(line: Line, start: int, end: int) -> int:
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


def _before_joint(clause: Token) -> int:
    """End of a clause without the "and" that joins the next speaker's to the verb of saying."""
    last = clause.right_edge
    return end_of(last.nbor(-1) if last.dep_ == "cc" and last.i > clause.i else last)


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
    if follow >= sentence.end_i or line.doc[verb.i + 1].lower_ == "about":
        return None  # "spoke about a pact that": the clause is the noun's
    that = next(
        (
            i
            for i in range(follow, min(follow + _THAT_REACH, sentence.end_i))
            if line.doc[i].lower_ == "that"
            and (line.doc[i].tag_ == "IN" or _after_time(line.doc[i]) or _only_joins(line.doc[i], frames))
            and not line.quoted(line.doc[i])
            and (i - follow < _NEAR_THAT or line.doc[i - 1].text == ",")
        ),
        None,
    )
    if that is not None and any(_owns_clause(t, speech) or t.text == ";" for t in line.doc[follow:that]):
        return None  # the clause is the noun's: "commented on a report by X that"
    start = that + 1 if that is not None else None
    if start is None:
        own = verb.lemma_ not in speech.framing_verbs and any(c.dep_ in OBJECTS for c in verb.rights)
        if (
            own  # "concluded a visit during which he met them"
            or frames.weak
            or frames.addressee
            or line.doc[follow].pos_ not in {"PRON", "PROPN", "DET", "NOUN", "ADJ", "NUM"}
        ):
            return None
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[follow : sentence.end_i]):
            return None
        start = follow
    if start >= sentence.end_i:
        return None
    return trim(line, line.doc[start].idx, without_aside(line, line.doc[start].idx, sentence.end, speech))


def _only_joins(that: Token, frames: Frames) -> bool:
    """Whether "that" joins what was said, which the parse takes for a relative clause of the noun before it.

    "Said on Monday ahead of the vote that his party would stay": who says has to say something.
    """
    if that.tag_ != "WDT" or frames.object or frames.weak or frames.addressee:
        return False
    subject = next((c for c in that.head.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and subject.left_edge.i == that.i + 1


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
    if noun.dep_ == "pobj" and noun.head.lower_ in _MEANS and noun.lemma_.lower() in speech.documents:
        setting = noun.head.head.lemma_ in speech.framing_verbs  # "said in a statement after the vote that"
    return noun.lemma_.lower() in speech.clause_nouns and not setting


def _after_time(that: Token) -> bool:
    """Whether "that" stands after a time and is misread as its relative ("complained at the time that")."""
    before = that.nbor(-1) if that.i else that
    return before.ent_type_ in {"DATE", "TIME"} or before.lower_ in {"time", "moment"}


_THAT_REACH = 25  # tokens
_NEAR_THAT = 8
