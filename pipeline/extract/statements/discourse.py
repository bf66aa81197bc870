"""Who a subject stands for: links first, then what the entry has said so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pipeline.domain import DomainPack
from pipeline.extract.statements.contacts import two_before, two_meant
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.epithets import fits, tells_life, told_apart
from pipeline.extract.statements.kinds import (
    demonyms_of,
    is_definite,
    is_private,
    kind_of,
    nouns_of,
    seats_of,
)
from pipeline.extract.statements.lines import Line, leads_to_quotation
from pipeline.extract.statements.outlets import outlet_beside, printed_in, sources_of_outlet
from pipeline.extract.statements.phrases import (
    after_place,
    another,
    apposed_at,
    bare,
    body_named_in,
    described_issuer,
    distinguished,
    is_asked,
    is_class,
    leads,
    owner_of_paper,
    phrase_span,
    proper_issuer,
    voice_of,
    whole_word,
)
from pipeline.extract.statements.sets import (
    beside_class,
    class_of_few,
    ends_list,
    is_proper,
    joined,
    joined_to,
    listed_before,
    one_group,
    told_both,
    told_of_other,
)
from pipeline.extract.statements.state import Discourse, Speaker, together
from pipeline.extract.statements.titles import titled_person
from pipeline.model import Actor, Links, Mention
from pipeline.resolve.naming import named_by

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE: dict[str, Literal["m", "f"]] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_THEY = frozenset({"they", "both", "these", "them", "their", "those"})
_IT = frozenset({"it", "its", "that", "this"})
_PRONOUN_LINES = 3
_TOGETHER_LINES = 2
_TITLE_REACH = 12  # tokens


class Speakers:
    """Resolves the head of a subject phrase to speakers, by links and by the state of the entry."""

    def __init__(self, links: Links, pack: DomainPack, speech: Speech) -> None:
        self._links = links
        self._speech = speech
        self._words = nouns_of(pack)
        self._european = frozenset(pack.groups.european_states)
        self._persons: dict[int, list[Mention]] = {}
        self._bodies: dict[int, list[Mention]] = {}
        self._outlets: dict[tuple[int, int], Mention] = {}
        self._seats = seats_of(pack)
        self._demonyms = demonyms_of(pack)
        self.media_nouns = self._words["media"]
        for mention in links.mentions:
            if mention.actor.kind == "person" and mention.resolution != "pronoun":
                self._persons.setdefault(mention.block_no, []).append(mention)
            elif mention.actor.kind == "media":
                self._outlets[mention.block_no, mention.head_i] = mention
            elif mention.actor.kind in {"group", "institution"} and mention.resolution in {"name", "alias"}:
                self._bodies.setdefault(mention.block_no, []).append(mention)

    def resolve(
        self, head: Token, line: Line, state: Discourse, line_no: int, cue: Token | None = None
    ) -> list[Speaker]:
        """The speakers that a subject phrase names: several for "A and B", none where it names nobody.

        A name behind the `cue` of a relative clause is not its subject ("A, who said so, and B met").
        """
        head = whole_word(head)
        named = beside_class(head)
        if named is not None:
            each = self.resolve(named, line, state, line_no)
            if each and all(s.actor.kind == "person" and s.via != "phrase" for s in each):
                return each
        if two_meant(head, self._speech):
            both = two_before(head, line, state.line_above, self._links, self._speech)
            if both:
                return _meant_by(head, both)
        listed = self._listed_before(head, line)
        if listed is not None:
            return [listed]
        first = self._one(head, line, state, line_no)
        if first is None:
            return self._each(head, state, line_no)
        found = [first]
        for other in joined_to(head):
            if other.i <= head.i or line.quoted(other):
                continue
            if cue is not None and cue.dep_ == "relcl" and head.i < cue.i < other.i:
                continue
            mention = self._links.at(line.block.block_no, head.i)
            if mention is not None and mention.start_i <= other.i < mention.end_i:
                continue
            speaker = self._one(other, line, state, line_no)
            if speaker is not None and speaker.actor.kind == "government" and ends_list(other, head):
                continue  # the last of the states whose people speak
            if speaker is not None and all(speaker.key != known.key for known in found):
                found.append(speaker)
        if len(found) > 1 and any(s.via == "phrase" for s in found) and not told_both(head):
            found = [s for s in found if s.via != "phrase" or is_proper(s.actor)] or found[:1]
        start, end = joined(head, line)
        group = one_group([s.actor for s in found], (start, end), line, self._european)
        if group is not None:
            return [Speaker(group, start, end, min(s.confidence for s in found), "name")]
        return found

    def _listed_before(self, head: Token, line: Line) -> Speaker | None:
        """The states of a list whose last alone is the subject: "on its site, Peru, Chile and Cuba said"."""
        names = listed_before(head)
        found = [self._links.at(line.block.block_no, name.i) for name in names]
        states = [m for m in found if m is not None and m.actor.kind == "government"]
        if not names or len(states) < len(names):
            return None
        start, end = names[0].idx, head.idx + len(head)
        group = one_group([m.actor for m in states], (start, end), line, self._european)
        return Speaker(group, start, end, 0.75, "name") if group is not None else None

    def _each(self, head: Token, state: Discourse, line_no: int) -> list[Speaker]:
        """The people who have just spoken with one voice, where "they" go on."""
        again = head.lower_ in {"they", "both"} and line_no - state.together_line <= 1
        if not again or any(a.kind != "person" for a in state.together):
            return []
        return _meant_by(head, state.together)

    def _one(self, head: Token, line: Line, state: Discourse, line_no: int) -> Speaker | None:
        head = whole_word(head)
        mention = self._mention(head, line)
        lower = head.lower_
        if lower in _REPORTERS and any(c.dep_ == "poss" and c.lower_ in _OURS for c in head.lefts):
            return None  # the page's own
        few = class_of_few(head)
        if few is not None and mention is None:
            return self._some_of(head, few, line, state, line_no)
        sources = sources_of_outlet(head, line, self._outlets)
        if sources is not None:
            return sources
        if lower in _HE or lower in _THEY or lower in _IT:
            return self._pronoun(head, mention, line, state, line_no)
        if lower in {"who", "which"} and head.head.dep_ == "relcl":
            return self._one(head.head.head, line, state, line_no)
        if head.lemma_.lower() in self.media_nouns and (mention is None or mention.resolution != "name"):
            mention = outlet_beside(head, line, self._outlets) or mention  # "the French news agency, Delo"
        titled = titled_person(head, mention, line, self._links, self._words["roles"])
        if titled is not None:
            mention = titled
        resumed = self._resumed(head, mention, state, line_no) or self._epithet(
            head, mention, line, state, line_no
        )
        if resumed is not None:
            return Speaker(resumed, *phrase_span(head, line), 0.75, "description")
        if (
            mention is not None
            and mention.actor.kind == "anonymous"
            and head.pos_ == "NOUN"
            and (
                (
                    mention.resolution == "description"
                    and distinguished(head)
                    and not self._same_words(head, mention, line)
                )
                or told_of_other(head, mention.actor)
            )
        ):
            mention = None
        voice = voice_of(mention, line)
        if mention is not None and voice is not None:
            start, end = mention.char_start - line.block.char_start, voice.idx + len(voice)
            key = f"anonymous:{line.block.block_no}:{start}:{line.text[start:end].lower()}"
            actor = Actor(key, line.text[start:end], "anonymous", mention.actor.party)
            return Speaker(actor, start, end, 0.8, "name")
        inner = body_named_in(head, line, self._links) if mention is None or is_class(mention) else None
        if inner is not None:
            start, end = phrase_span(head, line)
            return Speaker(inner.actor, start, end, 0.8, "name")
        if mention is not None and mention.actor.kind != "place":
            kind: str = mention.actor.kind
            apposed = (
                self._named_inside(head, line) or self._named_next(head, line)
                if kind == "anonymous"
                else None
            )
            if apposed is not None:
                return Speaker(
                    apposed.actor,
                    apposed.char_start - line.block.char_start,
                    apposed.char_end - line.block.char_start,
                    apposed.confidence,
                    apposed.resolution,
                )
            if not (
                kind == "anonymous" and is_definite(head) and head.lemma_.lower() in self._speech.documents
            ):
                actor = mention.actor
                if kind == "anonymous" and self._takes_up(head) and head.lemma_.lower() in state.unnamed:
                    earlier = state.unnamed[head.lemma_.lower()]
                    actor = actor if told_of_other(head, earlier) else earlier
                return Speaker(
                    actor,
                    mention.char_start - line.block.char_start,
                    mention.char_end - line.block.char_start,
                    mention.confidence,
                    mention.resolution,
                )
        seat = self._seats.get(mention.words) if mention is not None else None
        if mention is not None and seat is not None and head.dep_ == "pobj" and head.head.lower_ == "from":
            # "Word came from Cairo", "the warning from Cairo": the government that sits there.
            actor = Actor(f"gov:{seat}", mention.words, "government", seat)
            return Speaker(actor, head.left_edge.idx, head.idx + len(head), 0.75, "metonym")
        named = (
            self._named_inside(head, line)
            or self._named_next(head, line)
            or (
                outlet_beside(head, line, self._outlets)
                if head.lemma_.lower() in self._words["media"]
                else None
            )
        )
        if named is not None:
            return Speaker(
                named.actor,
                named.char_start - line.block.char_start,
                named.char_end - line.block.char_start,
                named.confidence,
                named.resolution,
            )
        return self._described(head, line, state, line_no)

    def _same_words(self, head: Token, mention: Mention, line: Line) -> bool:
        """Whether the source that a mention takes up goes by the words of the phrase itself."""
        start, end = phrase_span(head, line)
        return mention.actor.name.lower() in line.text[start:end].lower()

    def _resumed(self, head: Token, mention: Mention | None, state: Discourse, line_no: int) -> Actor | None:
        """The last speaker, where a bare description takes him up ("The official also said")."""
        lemma = head.lemma_.lower()
        if head.pos_ != "NOUN" or head.lower_ != lemma or not any(c.lower_ == "the" for c in head.lefts):
            return None
        if not bare(head):
            return None
        fresh = state.unnamed_line.get(lemma, -1) >= state.last_line
        if (
            fresh
            and lemma in state.unnamed
            and (mention is None or mention.actor.kind == "anonymous" or mention.resolution == "description")
        ):
            return state.unnamed[lemma]
        last = state.last
        if self._holds_too(lemma, mention, last) and last is not None and line_no - state.last_line <= 2:
            return last.actor
        if (
            mention is not None
            and last is not None
            and any(lemma in role.split() for role in mention.actor.roles)
            and not any(lemma in role.split() for role in last.actor.roles)
        ):
            return None
        if (
            lemma in self._words["describing"]
            and last is not None
            and not (lemma in _BELOW and self._leads_state(last.actor))
            and last.actor.kind in {"person", "anonymous"}
            and line_no - state.last_line <= 2
            and (mention is None or mention.actor.key != last.key)
        ):
            return last.actor
        return None

    def _epithet(
        self, head: Token, mention: Mention | None, line: Line, state: Discourse, line_no: int
    ) -> Actor | None:
        """The person told of last, whom a description of a life takes up: "the retired general"."""
        unnamed = mention is None or (mention.actor.kind == "anonymous" and mention.resolution != "pronoun")
        if not unnamed or not tells_life(head, self._speech, self._demonyms):
            return None
        above = list(state.line_above.doc) if state.line_above is not None else []
        if told_apart(head, [*above, *line.doc[: head.i]]):
            return None
        last = state.last.actor if state.last is not None and line_no - state.last_line <= 1 else None
        newer = self._new_subject(head, last, line, state, line_no)
        if newer is None and last is None and state.line_above is not None:
            newer = self._last_subject(state.line_above)
        person = newer.actor if newer is not None else last
        return person if person is not None and fits(head, person, self._speech, self._demonyms) else None

    def _last_subject(self, above: Line) -> Mention | None:
        """The person who is the subject of a line's last main clause."""
        subjects = (t for t in reversed(above.doc) if not above.quoted(t) and leads(t, t))
        last = next(subjects, None)
        mention = self._links.at(above.block.block_no, last.i) if last is not None else None
        if last is not None and (mention is None or mention.actor.kind != "person"):
            mention = self._named_inside(last, above)
        return mention if mention is not None and mention.actor.kind == "person" else None

    def _holds_too(self, lemma: str, mention: Mention | None, last: Speaker | None) -> bool:
        """Whether "the minister" may be a minister named later than the one who has just spoken."""
        if mention is None or last is None or mention.resolution not in {"description", "title"}:
            return False
        if lemma != "minister" or last.actor.kind != "person" or mention.actor.key == last.key:
            return False
        return all(any(lemma in r.split() for r in a.roles) for a in (mention.actor, last.actor))

    def _leads_state(self, actor: Actor) -> bool:
        """Whether somebody is at the head of a state, and so no official of it."""
        return actor.party in self._words["states"] and bool(set(actor.roles) & self._words["heads"])

    def _named_inside(self, head: Token, line: Line) -> Mention | None:
        """The person whose name ends a phrase that a title heads: "analyst and author Jane Roe"."""
        own = named_by(head)
        if own is not None and own.lower_ != head.lower_:  # "the rebels' negotiator, known as X"
            mention = self._links.at(line.block.block_no, own.i)
            if mention is not None and mention.actor.kind == "person":
                return mention
        for token in [*head.rights, *after_place(head)]:
            if token.dep_ not in {"conj", "appos"} or line.quoted(token):
                continue
            name = named_by(token)
            if name is not None:  # "their host, a merchant named X"
                token = name
            mention = self._links.at(line.block.block_no, token.i)
            if mention is not None and token.dep_ == "conj" and another(head, mention, line):
                continue
            if (
                mention is not None
                and mention.actor.kind == "person"
                and (
                    head.pos_ == "NOUN"
                    or any(c.lower_ == "the" for c in head.lefts)
                    or (token.dep_ == "appos" and head.lower_ in self._words["roles"])
                )
                and token.i - head.i <= _TITLE_REACH
            ):
                return mention
            deeper = self._named_inside(token, line) if token.pos_ == "NOUN" else None
            if deeper is not None:
                return deeper
        return None

    def _named_next(self, head: Token, line: Line) -> Mention | None:
        """The person whose name follows a title at once or between commas, where the parse parts the two.

        "Envoy Per Roe", "the defence minister of Norway, Per Roe, said".
        """
        if head.pos_ != "NOUN" or head.tag_ != "NN":
            return None
        i = apposed_at(head)
        mention = self._links.at(line.block.block_no, i) if i is not None else None
        if mention is None or mention.actor.kind != "person" or mention.start_i != i:
            return None
        closed = mention.end_i >= len(line.doc) or line.doc[mention.end_i].text in {",", ".", ";"}
        return mention if closed or i == head.i + 1 else None

    def outlet(self, head: Token, line: Line) -> Actor | None:
        """The outlet that the token alone names."""
        mention = self._outlets.get((line.block.block_no, head.i))
        return mention.actor if mention is not None else None

    def is_journalist(self, head: Token, line: Line) -> bool:
        """Whether an outlet stands behind a name as its bearer's: "Jane Roe of the Gazette"."""
        behind = (c for p in head.rights if p.lower_ in {"of", "from", "at"} for c in p.children)
        return any(self.outlet(c, line) is not None for c in behind)

    def names_outlet(self, words: list[str]) -> bool:
        """Whether words of a name tell that it is an outlet's: "Ennahar TV"."""
        return not self._words["outlets"].isdisjoint(words)

    def _some_of(self, head: Token, of: Token, line: Line, state: Discourse, line_no: int) -> Speaker | None:
        """A few out of a class: "two of the officials", "some of the rebels", "one of them"."""
        start, end = phrase_span(head, line)
        name = " ".join(line.text[start:end].split())
        whole = state.plural if of.lower_ in _THEY and not list(of.rights) else None  # not "those present"
        if of.lower_ in {"whom", "which"}:
            return None
        if whole is None and of.lower_ not in _THEY:
            found = self._one(of, line, state, line_no)
            whole = found.actor if found is not None else None
        if whole is not None and whole.kind not in {"anonymous", "group"}:
            return None
        party = self._party(head, line) or (whole.party if whole is not None else None)
        key = f"anonymous:{line.block.block_no}:{start}:{name.lower()}"
        return Speaker(Actor(key, name, "anonymous", party), start, end, 0.7, "phrase")

    def paper(self, head: Token, line: Line) -> list[Speaker]:
        """A document that somebody passed on and nobody is said to have written: "a memo seen by X"."""
        passed = any(c.tag_ == "VBN" and c.lemma_.lower() in self._speech.relaying for c in head.rights)
        if not passed or head.lemma_.lower() not in self._speech.documents or head.pos_ != "NOUN":
            return []
        start, end = head.idx, head.idx + len(head)
        for child in head.lefts:
            if child.dep_ in {"compound", "amod", "det", "nmod"}:
                start = min(start, child.left_edge.idx)
        name = line.text[start:end]
        key = f"anonymous:{line.block.block_no}:{start}:{name.lower()}"
        return [Speaker(Actor(key, name, "anonymous", None), start, end, 0.6, "phrase")]

    def mention(self, head: Token, line: Line) -> Mention | None:
        """The mention that a phrase's head belongs to, places left out."""
        found = self._mention(head, line)
        return found if found is not None and found.actor.kind != "place" else None

    def _mention(self, head: Token, line: Line) -> Mention | None:
        found = self._links.at(line.block.block_no, head.i)
        if found is None:
            return None
        if found.head_i == head.i or found.start_i <= head.i < found.end_i:
            return found
        return None

    def _pronoun(
        self, head: Token, mention: Mention | None, line: Line, state: Discourse, line_no: int
    ) -> Speaker | None:
        start, end = head.idx, head.idx + len(head)
        lower = head.lower_
        if lower in _HE:
            last = state.last
            heir = (
                last is not None
                and line_no - state.last_line <= 1
                and (
                    last.actor.kind == "person" or (last.actor.kind == "anonymous" and not state.last_plural)
                )
                and last.actor.gender in {None, _HE[lower]}
            )
            newer = self._new_subject(head, last.actor, line, state, line_no) if last is not None else None
            if last is not None and heir and newer is None:
                return Speaker(last.actor, start, end, min(0.9, last.confidence), "pronoun")
            apart = newer is not None and (
                line.sentence_no(newer.start_i) != line.sentence_no(head.i)
                or any(t.text == ":" for t in line.doc[newer.end_i : head.i])
                or any(leads_to_quotation(line, t) for t in line.doc[newer.end_i : head.i])
            )
            if heir and newer is not None and apart and newer.actor.gender in {None, _HE[lower]}:
                return Speaker(newer.actor, start, end, min(0.8, newer.confidence), "pronoun")
            if mention is not None and mention.actor.kind in {"person", "anonymous"}:
                return Speaker(mention.actor, start, end, mention.confidence, "pronoun")
            if last is not None and heir:
                return Speaker(last.actor, start, end, 0.6, "pronoun")
            nearest = self._nearest_person(head, line, state)
            fresh = last is not None and line_no - state.last_line <= _PRONOUN_LINES
            if (
                nearest is None
                and last is not None
                and last.actor.kind == "person"
                and fresh
                and last.actor.gender in {None, _HE[lower]}
            ):
                return Speaker(last.actor, start, end, 0.5, "pronoun")
            return nearest
        heir_of_it = (
            state.last is not None
            and line_no - state.last_line <= 1
            and state.last.actor.kind in {"institution", "government", "media", "group"}
            and head.i > 0
            and line.doc[head.i - 1].text == ","
        )
        goes_on = head.dep_ == "nsubj" and (
            head.head.lemma_ in _GOING_ON or any(c.lower_ in _ALSO for c in head.head.lefts)
        )
        if lower == "it" and goes_on and state.last is not None and line_no - state.last_line <= 1:
            heir_of_it = heir_of_it or state.last.actor.kind in _BODIES
        if lower == "it" and heir_of_it and state.last is not None:
            return Speaker(state.last.actor, start, end, 0.75, "pronoun")
        if mention is not None and mention.actor.kind != "place":
            return Speaker(mention.actor, start, end, mention.confidence, "pronoun")
        if lower in _THEY and state.plural is not None and line_no - state.plural_line <= _PRONOUN_LINES:
            return Speaker(state.plural, start, end, 0.6, "pronoun")
        author = state.author(line_no)
        if lower in {"it", "its"} and author is not None:
            return Speaker(author, start, end, 0.6, "pronoun")
        if (
            lower in {"it", "its"}
            and state.last is not None
            and state.last.actor.kind in {"institution", "government", "media", "group"}
        ):
            return Speaker(state.last.actor, start, end, 0.6, "pronoun")
        return None

    def _new_subject(
        self, head: Token, speaker: Actor | None, line: Line, state: Discourse, line_no: int
    ) -> Mention | None:
        """The last other person who became the subject of a main clause after ``speaker`` spoke last."""
        newer: Mention | None = None
        first = state.last_token + 1 if state.last_line == line_no else 0
        for token in line.doc[first : head.i]:
            if not line.quoted(token) and (leads(token, head) or is_asked(token)):
                mention = self._links.at(line.block.block_no, token.i)
                if mention is None or mention.actor.kind != "person":
                    mention = self._named_inside(token, line)
                if (
                    mention is not None
                    and mention.actor.kind == "person"
                    and (speaker is None or mention.actor.key != speaker.key)
                    and mention.resolution != "pronoun"
                    and not state.in_content(line_no, token.idx)
                ):
                    newer = mention
        return newer

    def _nearest_person(self, head: Token, line: Line, state: Discourse) -> Speaker | None:
        """The last person named before a pronoun, in its line or the one before, subjects first."""
        gender = _HE[head.lower_]
        before = [m for m in self._persons.get(line.block.block_no, ()) if m.start_i < head.i]
        candidates = before or self._persons.get(state.previous_block, [])
        fitting = [m for m in candidates if m.actor.gender in {None, gender}]
        if not fitting:
            return None
        mention = fitting[-1]
        return Speaker(mention.actor, head.idx, head.idx + len(head), 0.5, "pronoun")

    def _takes_up(self, head: Token) -> bool:
        """Whether a phrase points back to a source ("the diplomats", "its sources"), and tells no new one."""
        return is_definite(head) and not distinguished(head)

    def _described(self, head: Token, line: Line, state: Discourse, line_no: int) -> Speaker | None:
        """A phrase with no link: a document, an outlet, an earlier source, an actor only described."""
        lemma = head.lemma_.lower()
        start, end = phrase_span(head, line)
        definite = is_definite(head)
        possessor = next((c for c in head.lefts if c.dep_ == "poss"), None)
        if possessor is None and head.dep_ == "compound" and head.head.tag_[:2] == "VB":
            # "The union's message states:", where the parse takes the verb for a noun.
            possessor = next((c for c in head.head.lefts if c.dep_ == "poss" and c.i < head.i), None)
        if lemma in self._speech.documents and head.pos_ == "NOUN":
            if possessor is not None:
                owner = self._one(possessor, line, state, line_no)
                if owner is not None:
                    return Speaker(owner.actor, start, end, 0.6, "document")
            if head.dep_ in {"dobj", "pobj"}:
                issuer = head.head if head.dep_ == "dobj" else head.head.head
                subject = next((c for c in issuer.lefts if c.dep_ == "nsubj"), None)
                if subject is not None and issuer.pos_ == "VERB" and not definite:
                    owner = self._one(subject, line, state, line_no)
                    if owner is not None:
                        return Speaker(owner.actor, start, end, owner.confidence * 0.9, "document")
            issuing = _ISSUING | {"sign"} if lemma in _SIGNED else _ISSUING
            issued = [c for c in head.rights if c.dep_ == "acl" and self._speech.lemma(c) in issuing]
            owner_phrase = owner_of_paper(head, issued)
            if owner_phrase is not None:
                owners = self.resolve(owner_phrase, line, state, line_no)
                owners = [o for o in owners if o.actor.kind != "place"]
                if len(owners) > 1 and all(o.actor.kind != "person" for o in owners):
                    names = line.text[slice(*joined(owner_phrase, line))].removeprefix("the ")
                    return Speaker(
                        Actor(f"group:{names.lower()}", names, "group", None), start, end, 0.6, "document"
                    )
                if owners:
                    return Speaker(owners[0].actor, start, end, 0.6, "document")
            printed = printed_in(head, line, self._outlets)
            if printed is not None:
                return Speaker(printed, start, end, 0.7, "document")
            for child in head.lefts:
                named = (
                    self._links.at(line.block.block_no, child.i)
                    if child.dep_ in {"compound", "nmod", "amod"}
                    else None
                )
                if named is not None and named.actor.kind in {"media", "institution", "government", "group"}:
                    return Speaker(named.actor, start, end, 0.7, "document")
                issuer_of = proper_issuer(child, line) if named is None and not line.quoted(child) else None
                if issuer_of is not None:
                    return Speaker(issuer_of, start, end, 0.6, "document")
            issuing_body = described_issuer(head, line, self._words["institutions"])
            if issuing_body is not None and possessor is None:
                name = line.text[slice(*issuing_body)]
                told = state.author(line_no)
                if definite and told is not None and told.name.lower().endswith(name.lower()):
                    return Speaker(told, *issuing_body, 0.6, "document")
                key = f"institution:{line.block.block_no}:{name.lower()}"
                state_of = next((self._demonyms[w] for w in name.split() if w in self._demonyms), None)
                actor = Actor(key, name, "institution", self._party(head, line) or state_of)
                return Speaker(actor, *issuing_body, 0.6, "document")
            joint = any(c.lower_ == "joint" for c in head.lefts)
            if joint and state.together and line_no - state.together_line <= _TOGETHER_LINES:
                group = together(state.together)
                state.wrote((group,), line_no, joint=True)
                return Speaker(group, start, end, 0.7, "document")
            if lemma == "report" and state.medium is not None:
                return Speaker(state.medium, start, end, 0.6, "document")
            author = state.author(line_no)
            if definite and author is not None and lemma in self._speech.statement_nouns:
                return Speaker(author, start, end, 0.6, "document")
            if (
                definite
                and state.last is not None
                and lemma in {"statement", "document", "letter", "post", "message", "text"}
            ):
                last = state.last.actor
                if last.kind == "media" and state.plural is not None and line_no - state.plural_line <= 1:
                    last = state.plural  # who issued it, and no outlet that passed it on
                return Speaker(last, start, end, 0.5, "document")
        if lemma in self._words["media"] and definite and state.medium is not None:
            return Speaker(state.medium, start, end, 0.7, "description")
        if self._takes_up(head) and lemma in state.unnamed and head.pos_ == "NOUN":
            meant = [
                a for a in (state.unnamed[lemma], *reversed(state.sources)) if not told_of_other(head, a)
            ]
            if meant:
                return Speaker(meant[0], start, end, 0.7, "description")
        organisation = self._organisation(head, lemma, line, state) if definite else None
        if organisation is not None:
            return Speaker(organisation, start, end, 0.6, "description")
        kind = kind_of(head, self._words, self._speech)
        if kind is None:
            return None
        name = line.text[start:end].removesuffix("’s").removesuffix("'s").rstrip("’'")
        name = (
            name.split(" ", 1)[1]
            if name.split(" ", 1)[0].lower() in {"the", "a", "an"} and " " in name
            else name
        )
        name = _LEAST.sub("", name)
        native = _NATIVE.fullmatch(name)
        if native is not None and head.pos_ == "PROPN":
            kind, name = "person", native[1]
        if kind == "person":
            # A named person whom no link knows: a proper noun that the parser makes a subject.
            return Speaker(Actor(f"name:{name.lower()}", name, "person", None), start, end, 0.4, "phrase")
        if kind == "institution" and self._words["outlets"] & set(name.split()):
            kind = "media"  # "Peru's Channel 8 News"
        party = None if is_private(kind, head, self._words, self._speech) else self._party(head, line)
        if name in self._demonyms:
            kind, party = "group", self._demonyms[name]  # "the French said they would come"
        return Speaker(
            Actor(f"{kind}:{line.block.block_no}:{name.lower()}", name, kind, party),
            start,
            end,
            0.5,
            "phrase",
        )

    def _organisation(self, head: Token, lemma: str, line: Line, state: Discourse) -> Actor | None:
        """The body named before that a bare description takes up: "the group", "the union", "the bank"."""
        if head.pos_ != "NOUN" or head.tag_ != "NN" or not bare(head):
            return None
        any_group = lemma in {"group", "movement", "organisation", "organization"}
        if not any_group and lemma not in self._words["institutions"] | self._words["groups"]:
            return None
        last = state.last.actor if state.last is not None else None
        if lemma == "party" and last is not None and last.kind in {"group", "institution"}:
            return last if last.name[:1].isupper() else None
        here = [m for m in self._bodies.get(line.block.block_no, ()) if m.start_i < head.i]
        for mention in reversed([*self._bodies.get(state.previous_block, ()), *here]):
            actor: Actor = mention.actor
            named = any(w.lower() == lemma and w[0].isupper() for w in mention.actor.name.split())
            private = lemma in _ANY_BODY and actor.kind == "institution" and actor.party is None
            if named or private or (any_group and mention.actor.kind == "group"):
                return actor
        return None

    def _party(self, head: Token, line: Line) -> str | None:
        """Party of the modifiers of a described actor ("US officials", "Germany's chancellor")."""
        beside = [c for c in head.rights if c.dep_ == "appos"]
        own = [*range(head.left_edge.i, head.i), *(i for c in beside for i in range(c.left_edge.i, c.i + 1))]
        for i in own:
            mention = self._links.at(line.block.block_no, i)
            if mention is not None and mention.actor.party is not None:
                return mention.actor.party
        return None


def _meant_by(head: Token, actors: Sequence[Actor]) -> list[Speaker]:
    """Each of those for whom "they" stands."""
    return [Speaker(a, head.idx, head.idx + len(head), 0.75, "pronoun") for a in actors]


_GOING_ON = frozenset({"add", "continue", "reiterate"})
_ALSO = frozenset({"also", "further", "additionally"})
_BODIES = frozenset({"institution", "government", "media", "group"})
_NATIVE = re.compile(r"[^\s-]+[-‑]born ([A-Z]\S*)")  # "Oslo-born Haugen"
_REPORTERS = frozenset({"correspondent", "correspondents", "reporter", "reporters"})
_OURS = frozenset({"our", "my"})
_LEAST = re.compile(r"^(?:at )?(?:least|most) (?=\w)", re.IGNORECASE)  # "at least 80 states"
_ANY_BODY = frozenset({"organisation", "organization"})
_BELOW = frozenset({"official", "aide", "diplomat"})  # nobody calls a president so
_ISSUING = frozenset({"release", "issue", "put out"})  # "published by" may be the outlet's
_SIGNED = frozenset({"statement", "letter", "declaration", "communique", "communiqué"})
