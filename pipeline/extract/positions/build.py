"""From claims to rows: entries, anaphora, holders, merging the clauses of a line, evidence and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.actors import ActorWords
from pipeline.extract.positions.anaphora import Memory, anaphors_of, as_told
from pipeline.extract.positions.charges import is_charge
from pipeline.extract.positions.claims import TURNED, Claim, stance_of
from pipeline.extract.positions.clauses import shared_subject
from pipeline.extract.positions.drafts import introduced
from pipeline.extract.positions.ellipses import ellipses
from pipeline.extract.positions.givers import as_kept, is_foretold, is_long_past
from pipeline.extract.positions.holders import (
    FIRST_PERSON,
    Holder,
    HolderFinder,
    speaker_holder,
)
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.lists import listed
from pipeline.extract.positions.loose import LooseReader
from pipeline.extract.positions.movements import spokespeople
from pipeline.extract.positions.opponents import are_opponents, are_others, means_opponents, opponents_of
from pipeline.extract.positions.ownership import author_of, is_anothers
from pipeline.extract.positions.reactions import ReactionReader
from pipeline.extract.positions.replies import replies
from pipeline.extract.positions.silences import SilenceReader, sound, without_occasional
from pipeline.extract.positions.speakers import SpeakerIndex
from pipeline.extract.positions.stance import StanceReader
from pipeline.extract.positions.terms import preconditions
from pipeline.extract.positions.untold import is_only_time, is_passing
from pipeline.extract.positions.vocabulary import Hit, Issue, IssuePack, forms_of, words_of
from pipeline.ids import digest_id
from pipeline.model import Block, IssuePosition, Links, Page, PositionBasis, Statement
from pipeline.words import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Rules that tell of what their holder does himself.
_OWN_ACTS = frozenset({"announces", "own_act"})
# What is done with a document in making it, and what shows that its author insists on it.
_MAKING = frozenset({"offer", "passive_offer", "promise", "furthers", "condition_set", "announces"})
_INSISTING = frozenset(
    {"demand", "want", "back", "obliged", "obliged_act", "obliged_clause", "furthers", "judged_good"}
)
# Rules that tell too little of "it" or "the plan": what is promised, weighed or to be done has its own name.
_NAMING = frozenset({"promise", "obliged", "obliged_clause", "open_to", "criticise"})
# Rules by which something is wished or put forward.
_WISHED = frozenset({"demand", "want", "offer", "obliged", "obliged_clause"})
# Rules by which something is put before others, who may vote on it.
_PUT = _WISHED | {"accept", "back"}
# Rules of which the speaker is the holder where the clause names nobody.
_SPOKEN = ("judged_", "condition_set", "precondition")
_BODIES = frozenset({"government", "institution", "group"})
# How many sentences a topic runs on within its line.
_TOPIC_REACH = 3
_REPORTED_RULES = frozenset(
    {"want", "own_act", "furthers", "ends", "block", "document_act", "document_clause"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """A claim whose holder is known, before the clauses of a line are merged."""

    block: Block
    claim: Claim
    holder: Holder
    own: bool
    statement: Statement | None


def extract_rows(
    page: Page,
    links: Links,
    statements: Sequence[Statement],
    issues: IssuePack,
    lexicon: StanceLexicon,
    words: ActorWords,
) -> list[Row]:
    """All rows of a page before merging, in reading order."""
    if not issues.issues or not issues.concerns(page.parses.values()):
        return []
    speakers = SpeakerIndex(statements)
    states = _governments(links)
    speaking = spokespeople(page, links, words.movements, words.roles)
    rows: list[Row] = []
    for entry in page.entries():
        if not any(issues.speaks_of(doc) for _, doc in entry):
            continue
        memory = Memory(vocabulary=issues.vocabulary)
        for block, doc in entry:
            rows.extend(
                _read_block(block, doc, links, speakers, states, issues, lexicon, words, memory, speaking)
            )
            memory.block_before = block.block_no
    return rows


def _governments(links: Links) -> dict[str, Holder]:
    """Party -> its government (or body) as the page's mentions name it."""
    found: dict[str, Holder] = {}
    for mention in links.mentions:
        actor = mention.actor
        if actor.party is not None and actor.kind in {"government", "group", "institution"}:
            rank = actor.kind == "government"
            if actor.party not in found or (rank and found[actor.party].kind != "government"):
                found[actor.party] = Holder(actor.name, actor.party, actor.entity_id, actor.kind)
    return found


def _read_block(
    block: Block,
    doc: Doc,
    links: Links,
    speakers: SpeakerIndex,
    states: dict[str, Holder],
    issues: IssuePack,
    lexicon: StanceLexicon,
    words: ActorWords,
    memory: Memory,
    speaking: frozenset[str],
) -> list[Row]:
    forms = forms_of(doc)
    line_words = words_of(forms, 0, len(doc))
    written = lexicon.file.document_nouns
    actors = {m.head_i for m in links.in_block(block.block_no)}
    rows: list[Row] = []
    if issues.is_elsewhere(line_words):
        memory.named = []
        return rows
    for sentence in doc.sents:
        memory.sentence += 1
        hits = without_occasional(doc, issues.find(sentence, forms, line_words))
        hits = [hit for hit in hits if not is_anothers(hit, doc, block, links, words, written)]
        hits = [hit for hit in hits if not is_only_time(hit, doc)]
        hits += anaphors_of(sentence, forms, hits, lexicon, memory, actors)
        for hit in hits:
            author = author_of(hit.issue, states, words)
            memory.authors = [author] if author is not None else memory.authors
        rows.extend(_answers(block, sentence, hits, lexicon, memory, speakers))
        asks = _is_question(sentence)
        topic = None if asks or not all(h.anaphor for h in hits) else _topic(sentence, memory)
        drafted = list(introduced(sentence, lexicon))
        if not hits and topic is None and not drafted:
            continue
        finder = HolderFinder(
            block, doc, links, lexicon, memory.authors, words, issues.blocs, speaking, memory.block_before
        )
        finder.opponents = {i.id: opponents_of(i, words.opponents, states) for i in issues.issues}
        finder.drafted = partial(memory.drafts.authors, memory.sentence)
        memory.drafts.note(memory.sentence, drafted, finder)
        if not hits and topic is None:
            continue
        operators = sound(doc, lexicon.find(doc, forms, sentence.start, sentence.end), lexicon)
        conditions = lexicon.conditions(forms, sentence.start, sentence.end)
        reader = StanceReader(doc, lexicon, operators, conditions)
        silences = SilenceReader(doc, lexicon, lexicon.deferrals(forms, sentence.start, sentence.end))
        loose = LooseReader(doc, lexicon, operators, conditions)
        reactions = ReactionReader(doc, lexicon, operators, words.capitals)
        if topic is not None and (claim := loose.topic(topic)) is not None:
            rows.extend(_hold(block, doc, claim, finder, speakers))
        terms = preconditions(sentence, hits, lexicon)
        used: set[int] = set()
        told: list[tuple[Hit, list[Claim]]] = []
        unheld: list[Hit] = []
        asked_for: list[tuple[Issue, int, int]] = []
        moved: list[tuple[Issue, int, int]] = []
        taken_up: list[tuple[int, tuple[int, Issue, int]]] = []
        for named in hits:
            hit = as_told(named, told, doc, lexicon)
            silence = silences.of(hit)
            claims = [] if asks else silences.keep(terms.get(hit) or reader.claims(hit), silence)
            claims += [] if asks or silence is not None else reactions.claims(hit, claims)
            if not claims and not asks and silence is None:
                claims = listed(hit, told, doc)
            told += [(hit, claims)] if claims else []
            held = [row for claim in claims for row in _hold(block, doc, claim, finder, speakers)]
            used |= {row.claim.node_i for row in held}
            spoken = silence is None and hit.head_i not in reader.silenced
            if not held and not asks and not hit.anaphor and spoken:
                unheld.append(hit)
            rows.extend(held)
            wished = [c for c in claims if c.rule in _WISHED]
            polarity = hit.orient
            if wished and wished[0].stance in {"support", "oppose"}:
                polarity = 1 if wished[0].stance == "support" else -1
                if held and not hit.anaphor:
                    last = max(hit.end_i - 1, *(c.node_i for c in wished))
                    asked_for.append((hit.issue, polarity, last))
            put = [c for c in claims if c.rule in _PUT or c.rule.startswith("document_")]
            if put and not hit.anaphor and put[0].stance in {"support", "oppose"}:
                moved.append((hit.issue, 1 if put[0].stance == "support" else -1, put[0].node_i))
            aside = silence == "silent" and hit.issue.document_of is not None  # "a clause of the plan"
            noun = doc[hit.head_i].lemma_.lower()
            # "hadn't read the proposal. Moscow was fine with it"
            reread = hit.issue.is_document and noun in written
            renamed = hit.anaphor and (noun in lexicon.file.occasion_nouns or reread)
            if not hit.anaphor and hit.issue.is_document:
                memory.call(hit, doc, written)
            if (not hit.anaphor and not aside) or renamed or not memory.named:
                # "will sign unless a truce comes", "pressed by Oslo, which has called for a truce"
                aside = loose.is_supposed(doc[hit.head_i]) or is_passing(hit, doc)
                rank = 0 if aside else 1
                taken_up.append((rank, (memory.sentence, hit.issue, polarity)))
        claimed = [c for _, claims in told for c in claims]
        memory.bought = _bought(claimed, memory.sentence) or memory.bought
        for claim in [] if asks else ellipses(sentence, claimed, lexicon):
            rows.extend(_hold(block, doc, claim, finder, speakers))
        told_before = [(issue, way, -1) for at, issue, way in memory.wished if memory.sentence - at <= 1]
        for claim in [] if asks else replies(sentence, [*told_before, *asked_for], moved, lexicon):
            rows.extend(_hold(block, doc, claim, finder, speakers))
        memory.wished = [(memory.sentence, issue, way) for issue, way, _ in asked_for] or memory.wished
        for hit in unheld:
            near = loose.near(hit, hits, used)
            # "listed its demands: the bay, an end to the levy"
            claims = listed(hit, told, doc) or ([near] if near is not None else [])
            told += [(hit, claims)] if claims else []
            for claim in claims:
                rows.extend(_hold(block, doc, claim, finder, speakers))
        if taken_up:
            memory.named = [named for _, named in sorted(taken_up, key=lambda ranked: ranked[0])]
            memory.documents += [t for t in memory.named if t[1].is_document]
    return rows


def _bought(claims: Sequence[Claim], number: int) -> tuple[int, Issue, int] | None:
    """What an offer of sentence `number` is made for: to turn the offer down is to turn that down."""
    offered = any(c.stance == "conditional" and c.rule in _WISHED for c in claims)
    asked = [c for c in claims if c.rule == "condition_set" and c.stance in {"support", "oppose"}]
    if not offered or not asked:
        return None
    return number, asked[-1].hit.issue, 1 if asked[-1].stance == "support" else -1


def _topic(sentence: Span, memory: Memory) -> Hit | None:
    """What a sentence that names no issue may be about: the one named last, in its line or just before."""
    if not memory.named:
        return None
    number, issue, polarity = memory.named[-1]
    if memory.bought is not None and memory.bought[0] == number:
        number, issue, polarity = memory.bought  # "offered a truce if Rome leaves. Rome said no"
    opens = sentence.start == 0
    if memory.sentence - number > (1 if opens else _TOPIC_REACH):
        return None
    at = sentence.start
    return Hit(issue, at, at, at, frozenset(), polarity, False, (), True)


def _answers(
    block: Block,
    sentence: Span,
    hits: Sequence[Hit],
    lexicon: StanceLexicon,
    memory: Memory,
    speakers: SpeakerIndex,
) -> list[Row]:
    """What a sentence answers to the question before it or to its own "asked whether"; notes what it asks."""
    doc = sentence.doc
    own = [h for h in hits if not h.anaphor]
    rows: list[Row] = []
    asked = memory.asked if memory.asked and memory.sentence - memory.asked[0][0] == 1 else []
    start = sentence.start
    if not asked and own:
        asker = next(
            (t for t in sentence if t.lower_ in {"asked", "pressed"} and t.dep_ in {"advcl", "ROOT"}), None
        )
        if asker is not None:
            asked = [(memory.sentence, h.issue, h.orient) for h in own if h.start_i > asker.i]
            ends = [h.end_i for h in own if h.start_i > asker.i]
            quote = next(
                (t.i for t in sentence if ends and t.i >= max(ends) and t.text in {"“", '"', "‘"}), None
            )
            if quote is None:
                asked = []
            else:
                start = quote + 1
    stance = lexicon.answer(doc[start : sentence.end].text) if asked and start < sentence.end else None
    if stance is not None:
        for statement in speakers.covering(block.char_start + doc[start].idx):
            if statement.is_anonymous:
                continue
            for _, issue, orient in asked:
                turned = TURNED[stance] if orient < 0 else stance
                hit = Hit(issue, start, start + 1, start, frozenset({start}), orient, False, (), True)
                claim = Claim(
                    hit,
                    turned,
                    "speaker",
                    (),
                    "answer",
                    2,
                    start,
                    frozenset(range(start, min(start + 8, sentence.end))),
                )
                holder = speaker_holder(statement)
                if holder.party is not None:
                    rows.append(Row(block, claim, holder, True, statement))
    if _is_question(sentence):
        memory.asked = [(memory.sentence, h.issue, h.orient) for h in own]
    return rows


def _is_question(sentence: Span) -> bool:
    """Whether the sentence asks, so that it tells nobody's stance by itself."""
    text = words_in(sentence.doc).line[sentence.start_char : sentence.end_char]
    return text.rstrip(" \"”’'").endswith("?")


def _hold(block: Block, doc: Doc, claim: Claim, finder: HolderFinder, speakers: SpeakerIndex) -> list[Row]:
    """Give the claim its holders; a claim that nobody can be named for is dropped."""
    position = block.char_start + doc[claim.node_i].idx
    covering = speakers.covering(position) or speakers.covering(block.char_start + doc[claim.hit.head_i].idx)
    if not covering:
        return _hold_in(block, doc, claim, finder, None)
    return [row for statement in covering for row in _hold_in(block, doc, claim, finder, statement)]


def _hold_in(
    block: Block, doc: Doc, claim: Claim, finder: HolderFinder, statement: Statement | None
) -> list[Row]:
    speaker = finder.speaker_of(statement) if statement is not None else None
    opponents = finder.opponents.get(claim.hit.issue.id, [])
    if claim.source == "opponents":
        found = opponents
    elif claim.source == "speaker" and speaker is not None and speaker.party is None and opponents:
        found = opponents if are_opponents(speaker.name) else [speaker]
    elif claim.source == "speaker" and speaker is not None:
        found = finder.members(speaker, statement) if speaker.party is None and statement is not None else []
        found = found or [speaker]
    elif claim.source == "speaker":
        found = finder.authors_running_on(doc[claim.node_i])
        if not found and statement is None and mood.is_unable(doc[claim.node_i]):
            # "Oslo cannot go on with the accord", where nobody is told to say so: Oslo's own word
            found = finder.resolve(clauses.subjects(doc[claim.node_i]), None)
    elif claim.source == "author":
        found = finder.authors_of(doc[claim.holders[0]])
    else:
        tokens = [doc[i] for i in claim.holders]
        several = statement is not None and (
            statement.speaker_kind in _BODIES or (len(tokens) == 1 and _is_said_by_several(tokens[0]))
        )
        if several and len(tokens) == 1 and _is_speakers_own(tokens[0], block, statement):
            found = [speaker] if speaker is not None else []
        else:
            found = finder.resolve(tokens, speaker)
        if not found and tokens and all(t.tag_ == "PRP$" for t in tokens):
            # "Kyiv repeated its demand": whose it is, is the subject of the clause that the noun stands in.
            found = finder.resolve([t for p in tokens for t in clauses.subjects_above(p)], speaker)
            if len(found) == 1 and found[0].kind == "person" and all(t.lower_ == "their" for t in tokens):
                found = []  # "Brandt would answer their demand": that of others
        if is_charge(doc[claim.node_i], finder.file):
            return []
        if not found and clauses.accused(doc[claim.node_i]):
            return []  # "accused his critics of wanting it": laid to others, who are nobody here
        if not found:
            found = finder.resolve(shared_subject(doc[claim.node_i], claim.holders), speaker)
        if opponents and all(h.party is None for h in found) and any(means_opponents(t) for t in tokens):
            found = opponents  # "both sides have agreed to it", where nobody is named
        if not found and speaker is not None and claim.rule.startswith(_SPOKEN):
            found = [speaker]
        if (
            not found
            and speaker is not None
            and claim.rule != "offer"  # "it offers a way to end the war": what a thing does for it
            and all(t.lower_ in {"it", "there", "nobody", "nothing", "this", "that"} for t in tokens)
        ):
            found = [speaker]
    within = finder.parties(doc[claim.node_i].subtree)
    if opponents and claim.rule == "accept" and are_others(found, opponents, within):
        return []
    rows = []
    for holder in found:
        foreign = speaker is None or speaker.party != holder.party
        if claim.rule == "missed" and foreign:
            continue  # "without it Riga would fall, Oslo said": nobody's own want
        if claim.rule == "own_act" and not claim.hit.agentive and foreign and not claim.communicated:
            # "Ukraine will join": only Ukraine's own word makes that its position, but who says so wants it.
            if speaker is None or speaker.party is None or speaker.kind == "anonymous":
                continue  # "the rebels would stop, an official said": what he expects is no wish of his
            if not mood.is_announced(doc[claim.node_i]):
                continue
            holder = speaker
        if claim.rule == "own_act" and speaker is not None and foreign and mood.is_allowed(doc[claim.node_i]):
            continue  # "Europe can buy them, Trump said": leave given, no will of Europe's
        coming = claim.rule == "own_act" or (claim.rule == "accept" and claim.stance in {"support", "open"})
        if coming and speaker is not None and foreign and mood.is_supposed(doc[claim.node_i]):
            continue  # "Iran could halt enrichment, analysts say", "could agree to it, Minsk suggested"
        forecast = speaker is not None and speaker.party is None and mood.is_announced(doc[claim.node_i])
        if forecast and foreign and claim.rule.endswith("reject"):
            continue  # "it would be rejected by Oslo, an analyst said"
        if claim.hit.agents and claim.rule == "own_act" and holder.party not in claim.hit.agents:
            continue
        if is_foretold(claim, holder, speaker):
            if speaker is None or speaker.party is None or not mood.is_announced(doc[claim.node_i]):
                continue
            holder = speaker
        own = False
        if speaker is not None and holder.party is not None and holder.party == speaker.party:
            # "Brandt would travel, his aide said" is a report on Brandt; a state speaks by its officials.
            own = holder.kind != "person" or holder.name == speaker.name
            # "Oslo will sign, an official said" is Oslo's, and not the unnamed official's.
            holder = speaker if own and speaker.kind != "anonymous" else holder
        elif speaker is not None and holder.key == speaker.key:
            own = True
        elif statement is None or speaker is None:
            own = claim.communicated or claim.rule not in _REPORTED_RULES
        if not _may_hold(claim, holder) or not _is_between_sides(claim, holder, doc, finder):
            continue
        if claim.rule in _OWN_ACTS and claim.source == "tokens" and _is_within(claim, holder, doc, finder):
            continue  # "nor will it recognise Oslo": "it" is somebody else
        if not finder.is_party(holder):
            continue  # analysts, critics, "both sides": they take no part in the negotiation
        rows.append(Row(block, as_kept(claim, holder, doc, finder.file), holder, own, statement))
    return rows


def _is_within(claim: Claim, holder: Holder, doc: Doc, finder: HolderFinder) -> bool:
    """Whether the holder, told by a pronoun, is named by the very words that name the issue."""
    pronouns = all(doc[i].pos_ == "PRON" and doc[i].lower_ not in FIRST_PERSON for i in claim.holders)
    after = [doc[i] for i in claim.hit.tokens if i > claim.node_i]
    return pronouns and holder.party is not None and holder.party in finder.parties(after)


def _is_said_by_several(token: Token) -> bool:
    """ "Voss and Ode said they would": two people tell what both will do."""
    verb = token.head.head
    return token.lower_ == "they" and any(
        len(list(clauses.with_conjuncts(subject))) > 1 for subject in clauses.children(verb, "nsubj")
    )


def _is_speakers_own(token: Token, block: Block, statement: Statement | None) -> bool:
    """ "Italy and Poland said they would not": the pronoun that opens what bodies say stands for them."""
    if statement is None or token.lower_ not in {"they", "it"} or token.dep_ != "nsubj":
        return False
    clause = token.head
    return clause.dep_ == "ccomp" and block.char_start + clause.head.idx == statement.cue_start


def _may_hold(claim: Claim, holder: Holder) -> bool:
    """An author's handling of its own document says nothing more than the document itself."""
    issue = claim.hit.issue
    # "Has not rejected the paper outright": a document keeps its name, and its reader is told.
    named = issue.is_document and claim.rule == "open_to" and claim.source == "tokens"
    # "vowed to block the plan": an act against it is promised
    turned = claim.rule == "promise" and claim.stance == stance_of(-(claim.hit.orient or 1))
    if claim.hit.anaphor and claim.rule in _NAMING and not (named or turned or claim.hit.agentive):
        return False
    if issue.document_of is None:
        return True
    if claim.rule.removeprefix("clause_") in _MAKING:
        return issue.authorship
    if holder.party == issue.document_of:
        return issue.authorship or claim.rule in _INSISTING
    return True


def _is_between_sides(claim: Claim, holder: Holder, doc: Doc, finder: HolderFinder) -> bool:
    """Whether talks are between the sides of the issue: "Washington will talk to Moscow" is another matter.

    Who is no side himself must name two of them, and is to be none who takes part ("the envoy will hold
    talks"); who is one, must name no stranger as the only partner or beside himself.
    """
    sides = claim.hit.issue.sides
    if not sides:
        return True
    head = doc[claim.hit.head_i]
    if claim.rule in _OWN_ACTS and claim.source == "tokens":
        together = (t for i in claim.holders for t in _first_of_list(doc[i]).subtree)
        if (finder.parties(together) | {holder.party}) - sides:
            return False
    if holder.party not in sides:
        return len(finder.parties(head.sent) & sides - {holder.party}) > 1
    partners = finder.parties(head.subtree) - {holder.party}
    return not partners or bool(partners & sides)


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def merge_rows(page: Page, rows: Iterable[Row], lexicon: StanceLexicon) -> list[IssuePosition]:
    """One position per line, actor and issue: the most explicit clause, and a condition beats none."""
    grouped: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        days = page.report_range(row.block)
        if is_long_past(row.claim, page.parses[row.block.block_no], days.first if days is not None else None):
            continue
        grouped.setdefault((row.block.block_no, row.holder.key, row.claim.hit.issue.id), []).append(row)
    return [_position(page, group, lexicon) for group in grouped.values()]


def _position(page: Page, group: list[Row], lexicon: StanceLexicon) -> IssuePosition:
    strongest = max(row.claim.strength for row in group)
    top = [row for row in group if row.claim.strength == strongest]
    best = top[0]
    if best.claim.rule.startswith("judged_"):
        # "Called the halt a stunt and urged them to extend it": a wish tells more than a scolding.
        best = next((row for row in top if row.claim.rule in _WISHED), best)
    conditional = [r for r in group if r.claim.stance == "conditional" and r.claim.strength >= 2]
    if conditional and best.claim.stance != "conditional":
        best = conditional[0]
    claim, block = best.claim, best.block
    doc = page.parses[block.block_no]
    start, end = _evidence(doc, claim, best.holder)
    days = page.report_range(block)
    statement = best.statement
    as_of = (days.first, days.last) if days is not None else (None, None)
    if statement is not None and statement.stated_from is not None and statement.stated_to is not None:
        as_of = (statement.stated_from, statement.stated_to)
    char_start, char_end = block.char_start + start, block.char_start + end
    basis: PositionBasis = "own" if best.own else "reported"
    condition = None
    if claim.stance == "conditional" and claim.condition is not None:
        condition = doc[claim.condition[0] : claim.condition[1]].text
    issue_id = claim.hit.issue.id
    anaphor = claim.hit.anaphor and not claim.rule.startswith("topic_")
    likeness = claim.hit.likeness
    precision = lexicon.file.precision.of(claim.rule, anaphor=anaphor, likeness=likeness)
    document_id = page.document.document_id
    return IssuePosition(
        position_id=digest_id("pos", document_id, char_start, char_end, best.holder.name, issue_id),
        document_id=document_id,
        block_id=block.block_id,
        actor_entity_id=best.holder.entity_id,
        actor_name=best.holder.name,
        party=best.holder.party,
        issue_id=issue_id,
        stance=claim.stance,
        condition=condition,
        basis=basis,
        evidence=page.document.text[char_start:char_end],
        char_start=char_start,
        char_end=char_end,
        as_of_from=as_of[0],
        as_of_to=as_of[1],
        statement_id=statement.statement_id if statement is not None else None,
        reported_by=statement.reported_by if statement is not None else None,
        confidence=round(precision * min(1.0, 0.5 + best.holder.confidence / 2), 3),
        rule=("anaphor_" if anaphor else "likeness_" if likeness else "") + claim.rule,
    )


def _evidence(doc: Doc, claim: Claim, holder: Holder) -> tuple[int, int]:
    """Offsets in the block of the shortest stretch with issue, operator, holder and condition."""
    sentence = doc[claim.hit.head_i].sent
    inside = [i for i in claim.tokens if sentence.start <= i < sentence.end]
    if claim.source != "speaker":
        inside += [i for i in claim.holders if sentence.start <= i < sentence.end]
    if (
        holder.start_i is not None
        and holder.end_i is not None
        and sentence.start <= holder.start_i < sentence.end
    ):
        inside += [holder.start_i, holder.end_i - 1]
    first, last = min(inside), max(inside)
    if claim.condition is not None:
        first, last = min(first, claim.condition[0]), max(last, claim.condition[1] - 1)
    return doc[first].idx, doc[last].idx + len(doc[last])
