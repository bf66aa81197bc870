"""Which place and which date belong to which meeting word of a sentence: by climbing the parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday, width
from pipeline.dates.expressions import DateExpression
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingFile, is_tagged_verb
from pipeline.extract.meetings.frames import is_passive, pair_of, prep_objects, tokens_of
from pipeline.extract.meetings.modality import auxiliaries_of
from pipeline.extract.meetings.other_days import (
    in_dateline,
    names_text,
    of_deed,
    of_opening,
    of_parting,
    of_thing,
    of_what_follows,
    of_what_was_before,
    since_deed,
    since_first,
)
from pipeline.extract.meetings.places import TOWNS, Spot, World
from pipeline.extract.meetings.plans import CLIMB, arranged_then, calls_off, clauses_on, foretold
from pipeline.model import Links

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PLACE_PREPS = frozenset({"in", "at", "to", "into", "near", "outside", "inside"})
_SITE_PREPS = _PLACE_PREPS | {"on"}
SPEECH = frozenset(
    [
        "say",
        "tell",
        "write",
        "post",
        "add",
        "report",
        "claim",
        "note",
        "stress",
        "explain",
        "announce",
        "state",
        "declare",
        "insist",
        "argue",
        "suggest",
        "warn",
        "confirm",
        "reveal",
        "comment",
        "reply",
        "answer",
        "reiterate",
        "remark",
    ]
)
# What is thought of it is told elsewhere, and later: "Officials in Rome described the talks as tense".
_JUDGING = frozenset(
    {"describe", "characterise", "characterize", "criticise", "criticize", "praise", "condemn", "denounce"}
)
_PLACES = frozenset({"GPE", "LOC", "EVENT"})
_PARTING = frozenset({"leave", "depart"})
_COMING_BACK = frozenset({"return", "depart", "fly", "come"})
_FROM = frozenset({"from"})
_CONCLUDING = frozenset({"sign", "seal", "conclude", "clinch", "initial", "agree"})
_SIDES = frozenset({"side", "outskirts", "edge"})
_ISLANDS = frozenset({"island", "isle", "peninsula", "coast", "shore", "bank"})
_POSTS = frozenset({"ambassador", "envoy", "representative", "emissary", "commissioner", "coordinator"})
_CHIEFS = frozenset({"chief", "leader", "head", "commander", "governor", "director", "coordinator"})
_BACK_TO_PLACE = 8  # tokens from "where" back to the place that it stands for
_WHEN_AFTER = 3  # tokens from a day to the "when" that stands for it
_RIGHT_AFTER = 1  # days more that the time of what followed a meeting may take
_AHEAD = ("next ", "tomorrow", "the coming ", "the following ")
_NO_PLACES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "spring", "summer", "autumn", "winter", "ramadan", "lent",
    "easter", "congress", "parliament", "english", "french", "russian", "arabic", "chinese", "spanish",
    "german", "turkish", "hebrew", "farsi", "euros", "dollars",
})  # fmt: skip


_APART = frozenset({"after", "before", "following", "since", "about", "on", "from", "despite", "of"})
_PREPARING = frozenset({"plan", "prepare", "ready", "rehearse"})


def _apart(candidate: Candidate) -> bool:
    """Whether the meeting lies before or after what its verb tells: the verb's place is not its place."""
    event, verb = candidate.top or candidate.event, candidate.governor
    prior = event.head.lower_ == "to" and event.head.head.lower_ == "prior"
    if event.dep_ == "pobj" and event.head.lower_ == "for" and verb is not None:
        return verb.lemma_.lower() in _PREPARING  # "are in Lima this weekend to prepare for the summit"
    return event.dep_ in {"pobj", "pcomp"} and (prior or event.head.lower_ in _APART)


def _chain(candidate: Candidate, data: MeetingFile) -> list[Token]:
    """Tokens whose adjuncts are the meeting's too: the event, its verb, and the verbs that open to it."""
    chain = [candidate.event, *clauses_on(candidate.event, data.timed_by)]
    if candidate.top is not None and candidate.top != candidate.event:
        chain.extend([candidate.top, *clauses_on(candidate.top, data.timed_by)])
    current = candidate.event
    if candidate.governor is not None and candidate.governor != candidate.event:
        lemma = candidate.governor.lemma_.lower()
        if candidate.rule != "noun_absence" and (
            lemma in SPEECH or calls_off(candidate.governor) or _apart(candidate)
        ):
            return chain
        if lemma in data.status.weighing and is_passive(candidate.governor):
            return chain  # "was seen in Moscow as a first step": where they thought so
        if lemma in _JUDGING:
            return [*chain, candidate.governor]
        current = candidate.governor
        chain.append(current)
        chain.extend(auxiliaries_of(current))  # "had on Sunday hosted"
        chain.extend(foretold(candidate))
    for _ in range(6):
        above = current.head
        if above == current or above.pos_ not in {"VERB", "AUX", "ADJ"} or above.lemma_.lower() in SPEECH:
            break
        due = current.dep_ == "acomp" and current.pos_ == "ADJ"  # "On Friday X is due to meet Y"
        if due or current.dep_ == "xcomp" or (current.dep_ == "advcl" and current.tag_ == "VB"):
            chain.append(above)
            current = above
            continue
        break
    return chain


def _owner(token: Token, chains: list[tuple[Candidate, list[Token]]]) -> list[Candidate]:
    """Candidates whose chain the climb from the token meets first."""
    told = _told_before(token)
    if told is not None and (of := [c for c, chain in chains if told in chain]):
        return of
    current = token
    for _ in range(CLIMB):
        above = current.head
        if above == current:
            return []
        hits = [
            (chain.index(above), abs(candidate.event.i - token.i), candidate)
            for candidate, chain in chains
            if above in chain and not _judged_there(token, above, candidate)
        ]
        if hits:
            best = min(h[0] for h in hits)
            near = min(h[1] for h in hits if h[0] == best)
            return [c for rank, away, c in hits if rank == best and (away == near or rank > 0)]
        if above.pos_ in {"VERB", "AUX"} and current.dep_ not in {"conj"} and not _misread_noun(above):
            return []
        current = above
    return []


def _told_before(token: Token) -> Token | None:
    """ "Will be held next Saturday, Oman announced": the verb told, whose day hangs on the other."""
    verb = token.head
    if token.dep_ != "npadvmod" or verb.pos_ != "VERB":
        return None
    speaker = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    told = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    if speaker is None or told is None or not told.i < token.i < speaker.left_edge.i:
        return None
    return told


def _misread_noun(token: Token) -> bool:
    """ "on the sidelines of the ministers meeting in Lima": a noun that the parser takes for a verb."""
    return token.tag_ == "VBG" and token.dep_ == "pobj" and any(c.dep_ == "det" for c in token.lefts)


def _judged_there(token: Token, verb: Token, candidate: Candidate) -> bool:
    """ "Officials in Rome described the talks"; but "praised the talks in Rome", wherever that hangs."""
    return verb.lemma_.lower() in _JUDGING and verb == candidate.governor and token.i < candidate.event.i


def _of_topic(token: Token, chains: list[tuple[Candidate, list[Token]]], situated: frozenset[str]) -> bool:
    """ "talks on a truce in Gaza", "agreed a ceasefire in Gaza": the place is not the talks'."""
    heads = {t.i for _, chain in chains for t in chain}
    current = token
    for _ in range(CLIMB):
        above = current.head
        if above == current or above.i in heads:
            return False
        if above.pos_ == "NOUN" and above.lemma_.lower() in situated:
            if any(c.dep_ == "compound" and c.ent_type_ in _PLACES for c in above.lefts):
                return False  # "talks on the Gaza war in Doha": where the war is, the word before it says
            # "on a truce in Gaza in Doha": of two places on the noun the first is its own
            return not any(
                c.lower_ in _PLACE_PREPS and above.i < c.i < current.i and c.dep_ == "prep"
                for c in above.children
            )
        current = above
    return False


def _thereafter(token: Token) -> bool:
    """ "will meet beside the summit and then in Luanda": the second place is of another meeting."""
    prep = token.head
    return token.dep_ == "pobj" and prep.dep_ == "conj" and any(c.lower_ == "then" for c in prep.lefts)


def _backdrop(token: Token, chains: list[tuple[Candidate, list[Token]]]) -> bool:
    """ "After the failure in Jeddah, they will meet": the place of what was before is not the meeting's."""
    heads = {t.i for _, chain in chains for t in chain}
    current = token
    for _ in range(CLIMB):
        above = current.head
        if above == current or above.i in heads:
            return False
        noun = current.dep_ in {"pobj", "pcomp"} and current != token
        if noun and above.lower_ in {"after", "following", "before", "since"} and above.head.i in heads:
            return True
        current = above
    return False


def attach(
    doc: Doc,
    sentence: Span,
    candidates: Sequence[Candidate],
    dates: Sequence[DateExpression],
    links: Links,
    world: World,
    data: MeetingFile,
) -> None:
    """Give each candidate of the sentence its date expression and place, in place.

    `dates` carry offsets of the block. A candidate keeps the nearest of several.
    """
    chains = [(c, _chain(c, data)) for c in candidates]
    owned: dict[int, bool] = {}  # whether the day that a candidate has so far hangs on its own word
    for expression in dates:
        if not sentence.start_char <= expression.char_start < sentence.end_char:
            continue
        span = tokens_of(expression, doc)
        if span is None:
            continue
        token = span.root
        if since_first(token) or in_dateline(span) or names_text(span) or of_deed(token, data):
            continue
        if of_thing(span, candidates):
            continue
        later = of_what_follows(expression, span)
        events = [c for c in candidates if c.event.i in range(span.start, span.end)]
        for candidate in (
            events
            or _last_then(token, candidates)
            or _right_before(token, candidates)
            or _then_when(token, candidates)
            or of_opening(token, candidates)
            or of_parting(token, candidates)
            or _owner(token, chains)
            or _of_purpose(token, candidates, data)
            or _told_after(token, expression, candidates)
            or _announced(token, expression, candidates)
        ):
            if (later and candidate.event.i < span.start) or arranged_then(token, candidate):
                continue
            if of_what_was_before(token, candidate) or since_deed(token, candidate):
                continue
            hangs = candidate.event.is_ancestor(token)
            last = owned.get(id(candidate))
            if candidate.expression is not None and last is not None and hangs != last:
                better = hangs  # "agreed on Monday to meet on April 29": what hangs on the event itself
            else:
                better = candidate.expression is None or _nearer(candidate, expression, candidate.expression)
            if better:
                candidate.expression, owned[id(candidate)] = expression, hangs
    _give_main_clause_day(doc, candidates, dates)
    block_no = candidates[0].block.block_no
    taken: set[int] = set()
    nearby: set[Spot] = set()
    for token in sentence:
        if token.i in taken or token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
            continue
        spot = world.at(links, block_no, token) or _unlisted(token, links, block_no, world)
        if spot is None:
            _give_state(token, candidates, world)
            wide = _wide_region(token, data.wide_regions)
            for candidate in _owner(token, chains) if wide is not None else ():
                candidate.wide = candidate.wide or wide
            continue
        mention = links.at(block_no, token.i)
        words = mention.words if mention is not None else token.text
        if mention is not None:
            taken.update(range(mention.start_i, mention.end_i))
            token = doc[mention.head_i]
        for candidate in candidates:
            if candidate.spot == spot and candidate.written is None:
                candidate.written = world.written(spot, words)
        if not (_locative(token) or _in_site(token, data.site_nouns) or _planned_for(token, spot, data)):
            other = pair_of(token)  # "the Kigali-Kinshasa talks", but not "the Crans-Montana talks"
            paired = other is not None and world.at(links, block_no, other) is not None
            if token.dep_ in {"compound", "amod", "nmod", "poss"} and not spot.is_country and not paired:
                _give_noun_place(token, spot, world.written(spot, words), candidates)
            continue
        if _of_topic(token, chains, data.situated_nouns) or _backdrop(token, chains) or _thereafter(token):
            continue
        if token.dep_ == "pobj" and token.head.lower_ == "near":
            nearby.add(spot)  # "in the town of X near New York": only if nothing nearer is told
        for candidate in _owner(token, chains):
            # "The invitation to Oslo was handed over on a trip to Lima": where the trip itself went
            went = candidate.travel and token.dep_ == "pobj" and token.head.head == candidate.event
            candidate.places.insert(0 if went else len(candidate.places), (spot, world.written(spot, words)))
    for candidate in candidates:
        if candidate.places and (
            candidate.spot is None or candidate.spot in [p for p, _ in candidate.places]
        ):
            own = [p for p in candidate.places if p[0] not in nearby] or candidate.places
            known = [p for p in own if p[0].country is not None] or own
            cities = [p for p in known if not p[0].is_country]
            best = (cities or known)[0]
            if candidate.spot is None or candidate.spot == best[0]:
                candidate.spot, candidate.written = best
        candidate.linked = _where(candidate, block_no, links, world)
        if candidate.expression is None and candidate.linked is not None:
            candidate.expression = _day_before_where(candidate, doc, dates)
        if candidate.spot is None:
            candidate.spot = candidate.linked or _concluded_there(candidate, sentence, links, world)


def _give_main_clause_day(doc: Doc, candidates: Sequence[Candidate], dates: Sequence[DateExpression]) -> None:
    """ "On Monday X stepped in, calling Y": what goes with a deed is of its day."""
    for candidate in candidates:
        verb = candidate.event
        above = verb.head
        with_it = verb.tag_ == "VBG" and verb.dep_ == "advcl" and above.tag_ == "VBD" and above.i < verb.i
        if candidate.expression is not None or not with_it or any(c.dep_ == "mark" for c in verb.children):
            continue
        for expression in dates:
            span = tokens_of(expression, doc)
            day = None if span is None else span.root
            if day is not None and day.i < verb.i and above in {day.head, day.head.head}:
                candidate.expression = expression


def _unlisted(token: Token, links: Links, block_no: int, world: World) -> Spot | None:
    """A name after "in" that is neither a date nor anybody: a place that the gazetteer does not know."""
    town = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in TOWNS
    if (
        token.pos_ != "PROPN"
        or token.dep_ != "pobj"
        or not (town or token.head.lower_ in {"in", "at"})
        or links.at(block_no, token.i) is not None
        or not token.text[:1].isupper()
        or token.text.isupper()
        or any(t.dep_ == "det" for t in token.children)
        or token.lower_ in _NO_PLACES
    ):
        return None
    spot = world.unlisted(token)
    named = (town or token.head.lower_ == "in") and token.ent_type_ in {"", "LOC", "GPE", "FAC"}
    # "In Bad Ragaz, Switzerland": what has its state behind it is a place, whatever the model takes it for.
    return spot if named or (spot.country is not None and token.ent_type_ not in _TIMES) else None


_TIMES = frozenset({"DATE", "TIME", "EVENT"})


def _wide_region(token: Token, regions: frozenset[str]) -> str | None:
    """ "in the Middle East": a region wider than any state, as written."""
    if token.pos_ != "PROPN" or token.dep_ != "pobj" or token.head.lower_ not in {"in", "across"}:
        return None
    if token.head.head.pos_ == "PROPN":
        return None  # "the Organization for Cooperation in Europe"
    left = [t for t in token.lefts if t.dep_ in {"compound", "amod"}]
    name = " ".join(t.text for t in [*left, token])
    return name if name.lower() in regions else None


def _concluded_there(candidate: Candidate, sentence: Span, links: Links, world: World) -> Spot | None:
    """ "In Madrid on Monday the presidents signed a treaty after three hours of talks": where they talked."""
    event = candidate.top or candidate.event
    verb = event.head.head
    if event.dep_ not in {"pobj", "pcomp"} or event.head.lower_ not in {"after", "following"}:
        return None
    left = [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in _PARTING else []
    left += prep_objects(verb, _FROM) if verb.lemma_ in _COMING_BACK else []
    spots = (world.at(links, candidate.block.block_no, t) for t in left)
    spot = next((s for s in spots if s is not None and not s.is_country), None)
    if spot is not None or verb.lemma_.lower() not in _CONCLUDING:
        return spot  # "left Cairo after talks with X"
    for token in sentence:
        if token.dep_ == "pobj" and token.head.lower_ == "in" and token.head.head == verb:
            spot = world.at(links, candidate.block.block_no, token)
            if spot is not None and not spot.is_country:
                return spot
    return None


def _day_before_where(
    candidate: Candidate, doc: Doc, dates: Sequence[DateExpression]
) -> DateExpression | None:
    """ "was agreed on 16 May in Doha, where they talked": the day right before the place; of what is past."""
    verb = candidate.verb
    where = next((t for t in verb.sent if t.lower_ == "where" and t.i < candidate.event.i), None)
    if where is None or verb.tag_ != "VBD":
        return None
    for expression in dates:
        span = tokens_of(expression, doc)
        if span is not None and 0 < where.i - span.end <= _WHEN_AFTER + 1 and span.start >= verb.sent.start:
            return expression
    return None


def _where(candidate: Candidate, block_no: int, links: Links, world: World) -> Spot | None:
    """ "to Budapest, where Halmos will receive them": the place that the clause's "where" stands for."""
    current = candidate.event
    for _ in range(CLIMB):
        above = current.head
        if above == current:
            return None
        where = next((c for c in current.children if c.lower_ == "where" and c.i < candidate.event.i), None)
        if where is not None:
            if current.dep_ not in {"relcl", "advcl", "acl"}:
                return None
            if above.ent_type_ != "DATE" and not is_weekday(above.lower_):
                return world.at(links, block_no, above)
            # "on 16 May in Doha, where they met", "in Doha on Monday, where": the parser hangs it on the day
            before = where.doc[max(where.i - _BACK_TO_PLACE, where.sent.start) : where.i]
            told = (world.at(links, block_no, t) for t in reversed(before) if t.pos_ == "PROPN")
            return next((spot for spot in told if spot is not None), None)
        current = above
    return None


def _right_before(token: Token, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "... to meetings in Paris last week": the noun just before, with nothing but its place in between."""
    best: Candidate | None = None
    for candidate in candidates:
        event = candidate.event
        if event.pos_ in {"VERB", "AUX"} or not 0 < token.i - event.i <= 7:
            continue
        between = list(event.doc[event.i + 1 : token.i])
        if all(
            t.pos_ in {"ADP", "DET", "PROPN", "ADJ", "NUM", "PART"} or t.ent_type_ == "DATE" for t in between
        ):
            best = candidate if best is None or event.i > best.event.i else best
    return [best] if best is not None else []


def _give_state(token: Token, candidates: Sequence[Candidate], world: World) -> None:
    """ "the Saudi talks": where nobody is named, a state's adjective tells the place."""
    if token.dep_ not in {"amod", "compound"}:
        return
    for candidate in candidates:
        if (
            candidate.event == token.head
            and not candidate.sides
            and not candidate.travel
            and candidate.definite
        ):
            spot = world.adjective_spot(token.text)
            if spot is not None:
                candidate.places.append((spot, None))


def _then_when(token: Token, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "will sign on Friday, when X travels to Bern": the day that the clause's "when" stands for."""
    for candidate in candidates:
        for verb in (candidate.governor, candidate.event):
            if verb is None or verb.head not in {token, token.head.head}:
                continue
            when = next((c for c in verb.children if c.lower_ == "when"), None)
            if when is not None and token.i < when.i <= token.i + _WHEN_AFTER:
                return [candidate]
    return []


def _last_then(token: Token, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "When they last met, in May, the sides agreed": the parser hangs the day on what they agreed."""
    first = token.left_edge.i if token.dep_ != "pobj" else token.head.i
    before = token.doc[max(first - 2, 0) : first]
    if len(before) < 2 or before[1].text != ",":
        return []
    return [
        c for c in candidates if c.event == before[0] and any(a.lower_ == "last" for a in c.event.lefts)
    ]  # fmt: skip


def _of_purpose(token: Token, candidates: Sequence[Candidate], data: MeetingFile) -> list[Candidate]:
    """ "is to host a call to discuss Gaza on Friday": the parser hangs the day on what it is for."""
    verb = token
    for _ in range(3):
        verb = verb.head
        if verb.pos_ == "VERB":
            break
    if (
        verb.tag_ != "VB"
        or verb.dep_ not in {"advcl", "xcomp", "acl"}
        or verb.lemma_.lower() not in data.work_verbs
    ):
        return []
    return [
        c for c in candidates
        if verb.head in {c.event, c.governor} and c.event.i < verb.i
        and all(t.dep_ != "nsubj" for t in verb.lefts)
    ]  # fmt: skip


def _told_after(token: Token, expression: DateExpression, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "Zelensky said on Monday after a call": what is told on a day right after a meeting dates it too.

    What came about "in late July" or "this year" may have followed long after.
    """
    if expression.days is None or width(expression.days) > _RIGHT_AFTER:
        return []
    verb = token
    for _ in range(4):
        verb = verb.head
        if verb.pos_ in {"VERB", "AUX"}:
            break
    found = []
    for candidate in candidates:
        event = candidate.top or candidate.event
        prep = event.head
        if event.dep_ in {"pobj", "pcomp"} and prep.lower_ in {"after", "following"} and prep.head == verb:
            found.append(candidate)
        if event.dep_ == "pcomp" and event.pos_ == "VERB" and prep.lower_ == "after" and prep.head == verb:
            found.append(candidate)
    return found


def _announced(token: Token, expression: DateExpression, candidates: Sequence[Candidate]) -> list[Candidate]:
    """ "announced talks between A and B next week": what lies ahead is their day, not that of the words."""
    if not expression.text.lower().startswith(_AHEAD):
        return []
    return [
        c for c in candidates if c.governor is not None and token.head in {c.governor, c.event}
        and c.event.dep_ == "dobj" and c.governor.lemma_.lower() in SPEECH and c.governor.tag_ != "VB"
    ][:1]  # fmt: skip


def _give_noun_place(token: Token, spot: Spot, words: str | None, candidates: Sequence[Candidate]) -> None:
    """ "the Geneva talks", "January's Paris summit"."""
    current = token
    for _ in range(3):
        if current.dep_ not in {"compound", "amod", "nmod", "poss"}:
            return
        current = current.head
        for candidate in candidates:
            if candidate.event == current:
                candidate.places.insert(0, (spot, words))
                return


def _accredited(token: Token) -> bool:
    """ "the Peruvian ambassador to Chile", "X, Hamas' deputy chief in Gaza": where somebody's post is."""
    if token.dep_ != "pobj":
        return False
    post = token.head.head
    if token.head.lower_ == "in":
        return post.dep_ == "appos" and post.lemma_.lower() in _POSTS | _CHIEFS
    return token.head.lower_ in {"to", "for"} and post.lemma_.lower() in _POSTS


def _locative(token: Token) -> bool:
    """Whether the place stands after a preposition of place (or is coordinated with one that does)."""
    if _accredited(token):
        return False
    current = token
    for _ in range(5):
        of = current.dep_ == "pobj" and current.head.lower_ == "of"
        if of and current.head.head.lemma_ in TOWNS | _SIDES | _ISLANDS:
            current = current.head.head  # "at the border town of Naqoura", "on the western side of it"
            continue
        if current.dep_ == "pobj":
            on = current.head.lower_ == "on" and current.lemma_ in _SIDES | _ISLANDS
            behind = current.nbor(1) if current.i + 1 < len(current.doc) else current
            if current.head.lower_ == "during" and is_tagged_verb(behind):
                return True  # "during the Abu Dhabi talks", which the tagger takes for a verb
            return on or current.head.lower_ in _PLACE_PREPS
        if current.dep_ in {"conj", "appos"} or (
            current.dep_ in {"compound", "nmod"} and current.head.pos_ == "PROPN"
        ):
            current = current.head
            continue
        return False
    return False


def _planned_for(token: Token, spot: Spot, data: MeetingFile) -> bool:
    """ "pencilled in for Buenos Aires": a city that something is planned for."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ != "for" or spot.is_country:
        return False
    return prep.head.tag_ == "VBN" and prep.head.lemma_.lower() in data.timed_by


def _in_site(token: Token, sites: frozenset[str]) -> bool:
    """ "in a Doha hotel", "on the top floor of an Oslo villa": the city before a site where people meet.

    The site may have a name of its own ("in the Rome Camilluccia district").
    """
    site = token.head
    if site.dep_ == "compound" and site.pos_ == "PROPN" and site.i == token.i + 1:
        site = site.head
    if token.dep_ not in {"compound", "nmod", "poss"} or site.lemma_.lower() not in sites:
        return False
    if site.dep_ == "pobj" and site.head.lower_ == "of":
        site = site.head.head
    return site.dep_ == "pobj" and site.head.lower_ in _SITE_PREPS


def _nearer(candidate: Candidate, new: DateExpression, old: DateExpression) -> bool:
    if (old.days is None) != (new.days is None):
        return old.days is None
    at = candidate.event.idx
    return abs(new.char_start - at) < abs(old.char_start - at)
