"""Deciding references in reading order: pronouns, offices and descriptions, "the outlet", "the ministry"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.domain import Gender
from pipeline.model import Actor, DateRange, Mention, Page
from pipeline.resolve.describe import ACTING, copula_of_pronoun
from pipeline.resolve.draft import WEAK, Draft
from pipeline.resolve.facts import Facts
from pipeline.resolve.forward import Forward
from pipeline.resolve.naming import own_name
from pipeline.resolve.people import People
from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import RoleMatch, Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_REMEMBERED = 40
_OF_REACH = 6  # tokens behind "the government of" within which a leader's name begins
_RANKS = frozenset({"secretary", "minister", "commissioner"})  # of one category, and not each other's
_BELOW = frozenset({"official", "aide", "diplomat"})  # nobody calls a president so
_NO_AGENCIES = frozenset({"office", "parliament", "army", "court", "cabinet", "embassy", "team"})
_NAMED_ONLY = frozenset({"bloc", "alliance", "union"})  # nouns that stand for a body with a proper name


def _may_be_called(institution: Actor, word: str) -> bool:
    """Whether "the ministry", "the agency" can be the institution: by a word of its name, or as an agency."""
    words = fold(institution.name).split()
    allied = institution.party is not None and institution.party == institution.name  # "NATO", "EU"
    return word in words or (word == "agency" and words[-1] not in _NO_AGENCIES and not allied)


def _may_be_union(body: Actor, word: str) -> bool:
    """Whether "the union" can be the body: only one with the word in its name."""
    return word != "union" or word in fold(body.name).split()


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor met before, and how it stood."""

    actor: Actor
    facts: Facts | None
    block_no: int
    sentence: int
    token_i: int
    clause: int
    subject: bool
    main: bool
    speaking: float
    quoted: bool
    plural: bool
    word: str


class Discourse:
    """What an entry has spoken of so far, and who a reference can be."""

    def __init__(self, page: Page, scans: Mapping[int, Scan], people: People, vocabulary: Vocabulary) -> None:
        self._page, self._scans, self._people, self._vocabulary = page, scans, people, vocabulary
        self._seen: list[Seen] = []
        self._before = 0  # sentences of the page before this block
        self._count = 0
        self._entry: int | None = None
        self._by_role: dict[str, list[Facts]] = {}
        for facts in people.facts.values():
            for noun in facts.roles:
                self._by_role.setdefault(noun, []).append(facts)
        self._forward = Forward(scans, people, vocabulary)
        # Office-holders of the reference data may be taken only where the page names people it knows.
        self._known_world = any(f.person.known is not None for f in people.facts.values())

    def enter(self, scan: Scan) -> None:
        """Begin a block; at the border of a live feed's entry everything said before is forgotten."""
        if scan.block.entry_no != self._entry or scan.block.kind != "body":
            self._seen.clear()
        self._entry = scan.block.entry_no
        self._before = self._count
        self._count += scan.sentence[-1] if scan.sentence else 0

    def resolve(self, scan: Scan, draft: Draft) -> tuple[Actor, float] | None:
        """The actor a draft stands for and how sure that is, or None; what it is comes into the discourse."""
        found = self._decide(scan, draft)
        if found is not None:
            self._remember(scan, draft, found[0])
        return found

    def _decide(self, scan: Scan, draft: Draft) -> tuple[Actor, float] | None:
        named = self._own_name(scan, draft)
        if named is not None:
            return named.actor(), 0.85
        if draft.kind == "fixed":
            actor = draft.facts.actor() if draft.facts is not None else draft.actor
            if draft.roles and (later := self._forward.named(scan, draft)) is not None:
                return later.actor(), 0.7  # "a spokesman for the Lake Union", whom the text names then
            return (actor, draft.confidence) if actor is not None else None
        if draft.kind == "pronoun":
            return self.pronoun(scan, draft.head, draft.gender, draft.plural, draft.word)
        if draft.kind == "description":
            return self._described(scan, draft)
        if draft.kind == "source":
            return self._source(scan, draft)
        if draft.kind == "media" and draft.resolution == "alias":
            return self._short_outlet(draft)
        if draft.kind == "media":
            return self._latest(draft, {"media", "institution"} if draft.word == "agency" else {"media"})
        if draft.word in self._vocabulary.movements:
            found = self._latest(draft, {"group"})
            return found or ((draft.actor, WEAK) if draft.actor is not None else None)
        return self._latest(draft, {"institution"}) or self._own_body(scan, draft)

    def _own_name(self, scan: Scan, draft: Draft) -> Facts | None:
        """Whose name the description gives: "their host, a merchant named X"."""
        told = draft.kind in {"source", "description"} or (
            draft.kind == "fixed" and draft.actor is not None and draft.actor.kind == "anonymous"
        )
        name = own_name(scan.tokens[draft.head]) if told and not draft.plural else None
        facts = self._people.at(scan.block.block_no, name.i) if name is not None else None
        if facts is None or (draft.gender is not None and facts.gender not in {None, draft.gender}):
            return None
        return facts

    # -- pronouns ------------------------------------------------------------------------------------

    def pronoun(
        self, scan: Scan, token_i: int, gender: Gender | None, plural: bool, word: str
    ) -> tuple[Actor, float] | None:
        """Nearest fitting actor before the pronoun; subjects and the same side of quotation marks first."""
        number = self._before + scan.sentence[token_i]
        token, quoted = scan.tokens[token_i], scan.in_quote(token_i)
        best: tuple[float, Seen] | None = None
        passed = False  # whether somebody else has since been the subject of a main clause
        for distance, seen in enumerate(reversed(self._seen)):
            score = self._pronoun_score(seen, scan, number, token.head, gender, plural, word, quoted, passed)
            if score is None:
                continue
            passed = passed or (seen.main and not seen.quoted and seen.sentence < number)
            score -= 0.02 * distance
            if best is None or score > best[0]:
                best = (score, seen)
        if best is None or best[0] <= 0:
            return None
        score, seen = best
        if seen.facts is not None and gender is not None:
            seen.facts.genders[gender] += 1
        if seen.facts is not None and score >= 1.2 and not quoted:
            description = copula_of_pronoun(scan, token_i, self._vocabulary)
            if description is not None:
                self._people.told(seen.facts, scan.block.block_no, description)
        actor = seen.facts.actor() if seen.facts is not None else seen.actor
        confidence = 0.85 if score >= 2.2 else 0.7 if score >= 1.2 else 0.5
        return actor, confidence - (0.2 if quoted else 0.0)

    def _pronoun_score(
        self,
        seen: Seen,
        scan: Scan,
        number: int,
        verb: Token,
        gender: Gender | None,
        plural: bool,
        word: str,
        quoted: bool,
        passed: bool,
    ) -> float | None:
        actor = seen.actor
        away = number - seen.sentence
        if word in {"he", "she"}:
            known = seen.facts.gender if seen.facts is not None else actor.gender
            if (
                actor.kind not in {"person", "anonymous"}
                or seen.plural
                or (known is not None and gender is not None and known != gender)
            ):
                return None
            match = 0.4 if known == gender else 0.0
        elif plural:
            if not (seen.plural or actor.kind == "group"):
                return None
            match = 0.0
        else:
            if actor.kind not in {"government", "institution", "media", "group"} or seen.plural or away > 1:
                return None
            match = 0.0
        if seen.block_no == scan.block.block_no and seen.clause == verb.i and away == 0:
            return None  # an object of the same verb
        score = (
            (3.0 if seen.subject else 1.4)
            if away == 0
            else (2.6 if seen.subject else 1.0) - 0.45 * (away - 1)
        )
        if away == 0 and seen.block_no == scan.block.block_no and _reported_inside(scan, seen.clause, verb.i):
            score -= 1.2
        if away > 0 and seen.subject and not seen.main:
            score -= 0.6  # the subject of a subordinate clause
        if seen.speaking and not passed and verb.lemma_.lower() in self._vocabulary.saying:
            score += seen.speaking  # who spoke last speaks on
        if seen.quoted and not quoted:
            score -= 2.5
        return score + match

    # -- offices and descriptions ---------------------------------------------------------------------

    def _described(self, scan: Scan, draft: Draft) -> tuple[Actor, float] | None:
        best: tuple[float, Facts] | None = None
        unnamed: tuple[float, Actor] | None = None
        recency: dict[str, int] = {}
        speaker: str | None = None
        number = self._before + scan.sentence[draft.head]
        here = {s.actor.key for s in self._seen if s.sentence == number and s.subject}
        around = {s.actor.key for s in self._seen if s.sentence == number}
        # Whom only the words quoted in the sentence name is not who says them.
        quoted = {s.actor.key for s in self._seen if s.quoted} - {
            s.actor.key for s in self._seen if not s.quoted
        }
        quoted = set() if scan.in_quote(draft.head) else quoted & around
        token = scan.tokens[draft.head]
        joined = self._people.at(scan.block.block_no, token.head.i) if token.dep_ == "conj" else None
        for distance, seen in enumerate(reversed(self._seen)):
            if seen.facts is not None:
                recency.setdefault(seen.facts.person.key, distance)
                if speaker is None and seen.subject and not seen.quoted:
                    speaker = seen.facts.person.key
            elif (
                unnamed is None
                and seen.actor.kind == "anonymous"
                and seen.word == draft.word
                and not seen.plural
                and not (draft.party_known and seen.actor.party != draft.party)
            ):
                unnamed = (3.0 + 1.5 / (1 + 0.25 * distance), seen.actor)
        named = {f.person.key: f for r in draft.roles[-1:] for f in self._by_role.get(r.role.noun, ())}
        named.update((s.facts.person.key, s.facts) for s in self._seen if s.facts is not None)
        loose = bool(draft.roles) and draft.roles[-1].role.noun in self._vocabulary.pack.references.loose
        apart = loose and not draft.party_known and _told_apart(scan, draft)
        rivals = self._rivals(draft, number)
        for facts in named.values():
            if facts is joined or facts.person.key in quoted or facts.person.key in rivals:
                continue  # "President A and the Russian president" are two
            fit = self._fit(facts, draft)
            if apart:
                continue
            if fit is None and facts.person.key == speaker:
                fit = self._loose_fit(facts, draft)
            if fit is None:
                continue
            near = recency.get(facts.person.key)
            if facts.person.key in here and not (facts.party_known and fit >= 4.5):
                continue  # the sentence's own subject would be a pronoun
            if facts.person.key in around and draft.party_known and not facts.party_known:
                continue  # "President X and the Russian president" are two
            score = fit + (1.5 / (1 + 0.25 * near) if near is not None else 0.0)
            if near is None and fit < 4.5:
                continue
            if best is None or score > best[0]:
                best = (score, facts)
        if unnamed is not None and (best is None or unnamed[0] > best[0]):
            return unnamed[1], 0.75
        if best is not None:
            facts = best[1]
            if not facts.party_known and draft.party is not None:
                facts.party, facts.party_known = draft.party, True
            sure = 0.85 if best[0] >= 5.5 else 0.75 if best[0] >= 4.5 else 0.6
            return best[1].actor(), sure
        held = self._holder(scan, draft)
        if held is not None:
            return held, 0.7
        later = self._forward.named(scan, draft)
        if later is not None:
            return later.actor(), 0.7
        return (draft.actor, WEAK) if draft.actor is not None else None

    def _rivals(self, draft: Draft, number: int) -> frozenset[str]:
        """Keys of those of whom "the Russian president" may be any: holders of the office of no told side.

        All of several, unless the sentence before, or this one, names but one of them.
        """
        role = draft.roles[-1].role if draft.roles else None
        if role is None or not role.one_per_party or not draft.party_known or draft.party is None:
            return frozenset()
        held = self._by_role.get(role.noun, ())
        if any(f.party == draft.party for f in held):
            return frozenset()
        open_ = {f.person.key for f in held if not f.party_known and f.party is None}
        near = {s.actor.key for s in self._seen if number - s.sentence <= 1} & open_
        return frozenset(open_ - near if len(near) == 1 else open_) if len(open_) > 1 else frozenset()

    def _fit(self, facts: Facts, draft: Draft) -> float | None:
        """How well a person fits: same office 3, wider noun 2; same party 2; None where something clashes."""
        if draft.gender is not None and facts.gender not in {None, draft.gender}:
            return None
        score = 0.0
        seats = {place for _, told in facts.described for place in told.places}
        if draft.places and seats:
            if not draft.places & seats:
                return None
            score += 1.5
        if draft.party_known:
            if (facts.party_known or facts.party is not None) and facts.party != draft.party:
                return None
            if not facts.party_known and not facts.categories:
                return None
            score += 2.0 if facts.party_known else 0.5 if facts.party == draft.party else 0.0
        if not draft.roles:
            return score + 1.0 if score else None
        role = draft.roles[-1]
        level = self._role_level(facts, role)
        if level == 0.0:
            return None
        return score + level

    def _loose_fit(self, facts: Facts, draft: Draft) -> float | None:
        """ "The official", "the diplomat" of the last speaker, whatever the office, if nothing clashes."""
        noun = draft.roles[-1].role.noun if draft.roles else ""
        loose = noun in self._vocabulary.pack.references.loose
        clash = (draft.party_known and facts.party != draft.party) or (
            noun in _BELOW and "head" in facts.categories
        )
        if not loose or clash or not facts.categories & ACTING:
            return None
        return 1.5 + 2.0 * draft.party_known

    def _role_level(self, facts: Facts, role: RoleMatch) -> float:
        noun = role.role.noun
        if noun in facts.roles and noun not in {"leader", "official", "aide", "head"}:
            return 3.0
        if noun == "diplomat" and set(facts.roles) & self._vocabulary.diplomatic:
            return 2.0
        wider = self._vocabulary.wider.get(noun)
        if wider is not None and facts.categories & wider and _called(facts, noun):
            return 2.0
        return 2.0 if noun in facts.roles else 0.0

    def _holder(self, scan: Scan, draft: Draft) -> Actor | None:
        """Whom the reference data has in the office on the line's days, if it can be only one person."""
        days = self._page.report_range(scan.block) if self._known_world else None
        if not draft.roles or not draft.party_known or draft.party is None or days is None:
            return None
        role = draft.roles[-1].role
        if not role.one_per_party:
            return None
        return holder(self._vocabulary, role.noun, draft.party, days)

    # -- sources, outlets, bodies -----------------------------------------------------------------------

    def _source(self, scan: Scan, draft: Draft) -> tuple[Actor, float] | None:
        """ "The official": the unnamed source of the same noun met before, else a source of its own."""
        for seen in reversed(self._seen):
            if seen.actor.kind == "anonymous" and seen.word == draft.word and not seen.plural:
                return seen.actor, 0.8
        return (draft.actor, draft.confidence) if draft.actor is not None else None

    def _latest(self, draft: Draft, kinds: set[str]) -> tuple[Actor, float] | None:
        for seen in reversed(self._seen):
            if seen.actor.kind in kinds and not seen.plural:
                if draft.word in _NAMED_ONLY or draft.word in self._vocabulary.movements:
                    if not seen.actor.key.startswith(("body:", "group::")) or not _may_be_union(
                        seen.actor, draft.word
                    ):
                        continue
                elif seen.actor.kind == "institution" and not _may_be_called(seen.actor, draft.word):
                    continue
                return seen.actor, 0.75
        return None

    def _own_body(self, scan: Scan, draft: Draft) -> tuple[Actor, float] | None:
        """ "The ministry": that of the minister last named, or of the state that its paragraph is about.

        Else, as of "the army" mostly, that of the page's own state.
        """
        vocabulary = self._vocabulary
        if draft.word not in vocabulary.seated or not draft.name:
            return None
        party: str | None = None
        led_by = vocabulary.led_by.get(draft.word)
        portfolio = fold(draft.name).removesuffix(draft.word).strip()
        if led_by is not None and portfolio:
            role = vocabulary.role_exactly(f"{portfolio} {led_by}")
            found = (
                {f.party for f in self._by_role.get(role.noun, ())} - {None} if role is not None else set()
            )
            party = found.pop() if len(found) == 1 else None
        elif led_by is not None:
            for seen in reversed(self._seen):
                if seen.block_no < scan.block.block_no - 1:
                    break
                if seen.facts is not None and led_by in seen.facts.categories:
                    party = seen.facts.party
                    break
        party = party or self._of_leader(scan, draft)
        if party is None and self._beside_movement(scan, draft.head):
            party = self._last_called(draft.word) or self._people.home  # whoever speaks of the two
        else:
            party = party or self._people.told_from(scan.block.block_no, draft.head)
            party = party or self._state_spoken_of(scan) or self._people.home
        if party is None:
            return None
        country = vocabulary.countries.get(party)
        if draft.word in vocabulary.government_nouns and country is not None:
            return Actor(f"gov:{party}", draft.name, "government", party, official_name=country.name), 0.6
        return Actor(f"inst:{party}:{fold(draft.name)}", draft.name, "institution", party), 0.6

    def _of_leader(self, scan: Scan, draft: Draft) -> str | None:
        """ "The government of Peruvian President X": that of the state whom the person named acts for."""
        end = draft.head + 1
        if end >= len(scan.tokens) or scan.tokens[end].lower_ != "of":
            return None
        for i in range(end + 1, min(len(scan.tokens), end + _OF_REACH)):
            if i in scan.name_at:
                facts = self._people.at(scan.block.block_no, i)
                return facts.party if facts is not None else None
            if scan.tokens[i].is_punct or scan.tokens[i].lower_ in {"and", "in", "with"}:
                return None
        return None

    def _beside_movement(self, scan: Scan, head: int) -> bool:
        """ "talks between the army and the RSF": a movement, and the body of the state that it fights."""
        token = scan.tokens[head]
        for other in token.conjuncts:
            match = scan.match_at.get(other.i)
            body = self._vocabulary.bodies.get(match.entry.ref) if match is not None else None
            if body is not None and body.kind == "group" and body.party is None:
                return True
        return False

    def _last_called(self, word: str) -> str | None:
        """Party of the body that the page called by the word last."""
        for seen in reversed(self._seen):
            if seen.actor.party is not None and fold(seen.actor.name).split()[-1:] == [word]:
                return seen.actor.party
        return None

    def _state_spoken_of(self, scan: Scan) -> str | None:
        """The state that a main clause of the paragraph has had for its subject last, outside quotations."""
        for seen in reversed(self._seen):
            if seen.block_no != scan.block.block_no:
                return None
            if seen.actor.kind == "government" and seen.subject and seen.main and not seen.quoted:
                return seen.actor.party
        return None

    def _short_outlet(self, draft: Draft) -> tuple[Actor, float] | None:
        """ "The Post" after "the New York Post"."""
        for seen in reversed(self._seen):
            if seen.actor.kind == "media" and fold(seen.actor.name).split()[-1] == draft.word:
                return seen.actor, draft.confidence
        return (draft.actor, 0.5) if draft.actor is not None else None

    def _remember(self, scan: Scan, draft: Draft, actor: Actor) -> None:
        token = scan.tokens[draft.head]
        facts = self._people.facts.get(actor.key) if actor.kind == "person" else None
        stands = token.head if token.dep_ in {"conj", "appos"} and token.head.dep_ in _SUBJECTS else token
        according = (
            token.dep_ == "pobj"
            and token.head.lower_ == "to"
            and scan.tokens[max(0, token.head.i - 1)].lower_ == "according"
        )
        subject = according or stands.dep_ in _SUBJECTS
        verb = stands.head
        main = according or verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
        # What stands "according to X" is all X's words, whoever speaks in it.
        speaking = (
            0.8 if according else 0.4 if subject and verb.lemma_.lower() in self._vocabulary.saying else 0.0
        )
        self._seen.append(
            Seen(
                actor,
                facts,
                scan.block.block_no,
                self._before + scan.sentence[draft.head],
                draft.head,
                token.head.i,
                subject,
                subject and main,
                speaking,
                scan.in_quote(draft.head),
                draft.plural,
                draft.word,
            )
        )
        if len(self._seen) > 2 * _REMEMBERED:
            del self._seen[:_REMEMBERED]


def _told_apart(scan: Scan, draft: Draft) -> bool:
    """Whether a place behind or a body before tells whom a wide word means: "the diplomat in Lima"."""
    if any(
        scan.tokens[i].pos_ == "PROPN" and i not in scan.match_at
        for i in range(draft.start, draft.roles[-1].start)
    ):
        return True  # "the Lake Party leader"
    if draft.end + 1 >= len(scan.tokens) or scan.tokens[draft.end].lower_ not in {"in", "from", "at"}:
        return False
    return scan.tokens[draft.end + 1].pos_ == "PROPN"


def _called(facts: Facts, noun: str) -> bool:
    """Whether nothing the text calls a minister another thing: "the secretary" is no foreign minister."""
    if noun not in _RANKS:
        return True
    told = [*facts.roles, *(d.text.lower() for _, d in facts.described)]
    return any(noun in text for text in told)


def _reported_inside(scan: Scan, clause: int, governing: int) -> bool:
    """Whether a clause is reported content under another verb: "Asked whether X would come, he answered"."""
    verb = scan.tokens[clause]
    if scan.tokens[governing].head.i == clause and scan.tokens[governing].dep_ == "parataxis":
        return True  # "Moscow, he argued, would refuse": told about, not telling
    return verb.dep_ in {"ccomp", "relcl", "acl"} and any(a.i == governing for a in verb.ancestors)


def holder(vocabulary: Vocabulary, noun: str, party: str, days: DateRange) -> Actor | None:
    """The one person of the reference data who held the office for the party within ``days``, or None."""
    found = [person for person, office in vocabulary.holders.get((noun, party), ()) if office.held_in(days)]
    if len({p.name for p in found}) != 1:
        return None
    person = found[0]
    return Actor(
        f"person:{fold(person.name)}",
        person.name,
        "person",
        party,
        person.gender,
        (noun,),
        None,
        person.wikidata_id,
    )


def mentions_of(page: Page, scan: Scan, drafts: Sequence[Draft], discourse: Discourse) -> list[Mention]:
    """The block's references as mentions, resolved in reading order."""
    discourse.enter(scan)
    found = []
    for draft in drafts:
        resolved = discourse.resolve(scan, draft)
        if resolved is None:
            continue
        actor, confidence = resolved
        span = scan.doc[draft.start : draft.end]
        start, end = scan.block.char_start + span.start_char, scan.block.char_start + span.end_char
        found.append(
            Mention(
                document_id=page.document.document_id,
                block_no=scan.block.block_no,
                char_start=start,
                char_end=end,
                surface=page.document.text[start:end],
                start_i=draft.start,
                end_i=draft.end,
                head_i=draft.head,
                actor=actor,
                resolution=draft.resolution,
                confidence=round(confidence, 2),
            )
        )
    return found
