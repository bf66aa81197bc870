"""Reading a dependency parse: who is a verb's subject, what governs a token, which nouns are coordinated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.meetings.openings import opening_place, pictured_subject, swallowed_subject
from pipeline.model import MeetingForm

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from pipeline.dates.expressions import DateExpression
    from pipeline.extract.meetings.cues import MeetingCues

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "obj", "dative", "attr", "oprd"})
CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj"}
)
_DATELINE_WORDS = 4
_LABEL_WORDS = 8
_ACRONYM = 3  # "UK" and "EU" open lines, too
_GOING_ON = frozenset({"CCONJ", "PART", "VERB", "AUX", "NOUN", "ADV", "ADP"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STATES = frozenset({"NORP", "GPE", "ORG"})
_NAME_WORDS = 4  # how far behind a title the last word of its holder's name stands
_RISE_LIMIT = 12  # no clause chain in running text is deeper; it bounds the climb on odd parses


def _in_brackets(token: Token) -> bool:
    """Whether the word stands between round brackets: the short form of the name before it."""
    inside = 0 < token.i < len(token.doc) - 1
    return inside and token.nbor(-1).text == "(" and token.nbor(1).text == ")"


def tokens_of(date: DateExpression, doc: Doc) -> Span | None:
    """The tokens that a date touches, or None if it lies outside the line."""
    return doc.char_span(date.char_start, date.char_end, alignment_mode="expand")


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it below it, in text order."""
    found = [token]
    queue = [token]
    while queue:
        head = queue.pop()
        found.extend(_behind_state(head))
        for child in head.children:
            if child.dep_ == "poss" and _misread_list(child):
                found.append(child)
            elif child.dep_ in {"compound", "nmod"} and child.i < head.i:
                found.extend(_first_of_two(child))
            elif child.dep_ == "conj" or (
                child.dep_ == "appos" and child.i > head.i and _listed(head, child)
            ):
                found.append(child)
                queue.append(child)
            elif child.dep_ == "appos" and child.i > head.i and (head.pos_ == "NOUN" or _in_brackets(child)):
                # "the minister, Morimoto, and his colleague", "the United States (US) and the Rovanis": the
                # list goes on below the apposition
                for item in child.children:
                    if item.dep_ == "conj" and item.pos_ in {"NOUN", "PROPN"}:
                        found.append(item)
                        queue.append(item)
    return sorted(found, key=lambda t: t.i)


def _misread_list(child: Token) -> bool:
    """Whether a possessor is the first of a list: "Trump and Ukraine's Zelensky" hangs Trump on Zelensky."""
    inner = list(child.children)
    return (
        child.pos_ == "PROPN" and any(c.dep_ == "cc" for c in inner) and all(c.dep_ != "case" for c in inner)
    )


def _first_of_two(title: Token) -> list[Token]:
    """ "Secretary Roe and Union policy chief Ana Diaz": the parser hangs Roe on the titles of Diaz.

    Likewise in "Ana Roe of Chile and Peru's Luis Paz", where "and" hangs on Chile.
    """
    words = [title, *(c for c in title.lefts if c.dep_ in {"compound", "nmod"})]
    return [
        t
        for t in words
        if t.pos_ == "PROPN"
        and (
            (t.ent_type_ == "PERSON" and any(c.dep_ == "cc" for c in t.rights))
            or any(c.dep_ == "cc" for r in t.rights for c in _of_state(r))
        )
    ]


def _of_state(prep: Token) -> list[Token]:
    """What hangs on the name after "of": the "and" of "of Chile and Peru's Luis Paz"."""
    if prep.lower_ != "of":
        return []
    return [c for named in prep.children if named.pos_ == "PROPN" for c in named.rights]


def _behind_state(person: Token) -> list[Token]:
    """ "Ana Roe of Chile and Peru's trade chief Luis Paz": the parser hangs the second on Chile.

    Likewise in "Presidents Ana Roe of Chile and Luis Paz of Peru".
    """
    if person.ent_type_ != "PERSON":
        return []
    names = [person, *(c for c in person.lefts if c.dep_ == "compound")]
    second = [
        c for name in names for prep in name.rights for c in _of_state(prep)
        if c.dep_ == "conj"
        and (c.ent_type_ == "PERSON" or any(o.dep_ == "poss" and o.i < c.i for o in c.children))
    ]  # fmt: skip
    named = [t for c in second for t in c.doc[c.i + 1 : c.i + _NAME_WORDS] if t.dep_ == "appos"]
    return [t for t in named if t.ent_type_ == "PERSON"] or second


def _listed(head: Token, child: Token) -> bool:
    """Whether an apposition is an item of a list that the parser misread ("A, B and C")."""
    return any(c.dep_ in {"cc", "conj"} for c in child.children) and child.pos_ == "PROPN" == head.pos_


def verb_of(token: Token) -> Token | None:
    """The nearest verb above the token (not itself), or None."""
    for step, above in enumerate(token.ancestors):
        if above.pos_ in {"VERB", "AUX"}:
            return above
        if step > _RISE_LIMIT:
            return None
    return None


def direct_subjects(verb: Token) -> list[Token]:
    """Subjects that hang on the verb itself, coordinated ones included; relative pronouns as they stand."""
    own = _own_subjects(verb) or _behind_participle(verb)
    # "arrived after Roe met Diaz": the parser hangs the subject on "after"
    own = own or [c for m in verb.lefts if m.dep_ == "mark" for c in m.rights if c.dep_ == "pobj"]
    # "Oslo had on Sunday hosted them": the parser hangs the subject on the auxiliary
    own = own or [c for a in verb.lefts if a.dep_ == "aux" for c in a.lefts if c.dep_ == "nsubj"]
    own = own or [
        c
        for p in [*verb.lefts, verb.head]
        if p.i < verb.i and p.pos_ == "VERB" and verb_behind(p) == verb
        for c in p.children
        if c.dep_ in {"nsubj", "nsubjpass"} and c.i < p.i
    ]
    swallowed = None if own else swallowed_subject(verb) or pictured_subject(verb)
    own = own or ([] if swallowed is None else [swallowed])
    real = [c for c in own if not _leading(c, verb)]
    if real and len(real) < len(own):  # "LIMA, May 5 — Ana Roe of Chile and Peru's Luis Paz met"
        real = [*(b for c in own if (b := _behind(c, verb)) not in own and b.ent_type_ == "PERSON"), *real]
    real = real or [_behind(c, verb) for c in own]
    listed = [*_offices_before(verb)] if real else []
    return listed + [token for subject in real for token in [*_listed_before(subject), *conjuncts(subject)]]


def _own_subjects(verb: Token) -> list[Token]:
    """Those that the parser calls its subjects, without two misreadings.

    "X has directed envoy Y to meet Z" may make X a subject of "meet", and "about X holding talks" makes the
    name a part of "holding".
    """
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if _is_infinitive(verb):
        perfect = [c.i for c in verb.lefts if c.dep_ == "aux" and c.lower_ in {"has", "have", "had"}]
        return [c for c in own if c.i > perfect[0]] or own if perfect else own
    if own or verb.tag_ != "VBG" or verb.dep_ != "pcomp":
        return own
    return [c for c in verb.lefts if c.dep_ == "compound" and c.ent_type_ == "PERSON"]


def _behind_participle(verb: Token) -> list[Token]:
    """ "Hosted by Cassis, the ministers met": the parser takes the subject for an apposition of Cassis.

    Likewise in "After meeting Roe, envoy Paz will fly home".
    """
    helpers = [c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ not in _FINITE and all(c.tag_ not in _FINITE for c in helpers):
        return []
    begins = min((c.i for c in helpers), default=verb.i)
    for child in verb.lefts:
        opens = child.dep_ == "prep" and child.i == verb.sent.start
        if not opens and (child.dep_ != "advcl" or child.tag_ not in {"VBN", "VBG"}):
            continue
        for token in child.subtree:
            ends = token.right_edge.i + 1
            comma = token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ","
            if token.dep_ == "appos" and comma and ends == begins:
                return [token]
    return []


def _listed_before(subject: Token) -> list[Token]:
    """ "Minister Roe and Vice Premier Li will meet": the parser cuts the list within the second's titles."""
    before = subject.left_edge.i - 1
    if before < 1 or subject.pos_ != "PROPN":
        return []
    title = subject.doc[before]
    first = title.head
    cut = title.dep_ == "conj" and title.pos_ == "PROPN" == first.pos_ and title.right_edge == title
    if not cut or first.dep_ not in {"ROOT", "nsubj", "dep"} or all(c.dep_ != "cc" for c in first.children):
        return []
    return [t for t in conjuncts(first) if t.i < title.i]


def _offices_before(verb: Token) -> list[Token]:
    """ "President of Chile Ana Roe and Prime Minister of Peru Luis Paz met": the first hangs on "of"."""
    titles = [c for c in verb.lefts if c.dep_ == "npadvmod" and c.pos_ == "PROPN"]
    return [
        name for title in titles if any(c.dep_ == "cc" for c in title.rights)
        for prep in title.rights if prep.lower_ == "of" for name in prep.children if name.dep_ == "pobj"
    ]  # fmt: skip


def _leading(subject: Token, verb: Token) -> bool:
    """Whether the parser took a dateline or a label for the subject: "TEHRAN (PNA) -", "Georgia:"."""
    return is_dateline(subject) or opening_place(subject) or _colon(subject, verb) is not None


def _colon(subject: Token, verb: Token) -> int | None:
    """Index of the colon that closes a label at the start of the sentence, with the subject in it."""
    start = subject.sent.start
    if subject.i - start >= _LABEL_WORDS:
        return None
    return next(
        (t.i for t in subject.doc[subject.i : min(verb.i, start + _LABEL_WORDS)] if t.text == ":"), None
    )


def _behind(subject: Token, verb: Token) -> Token:
    """The subject behind the dateline or label: "TEHRAN (PNA) - Tavakoli has arrived"."""
    if not _leading(subject, verb):
        return subject
    after = _colon(subject, verb) or subject.i + 1
    behind = [c for c in subject.subtree if c.dep_ in {"appos", "conj", "nmod", "dep"} and c.i > after]
    named = [c for c in behind if c.pos_ in {"NOUN", "PROPN", "PRON"} and not c.head.i > after]
    return named[-1] if named else subject


def is_dateline(token: Token) -> bool:
    """Whether the token is a city in capitals within the first words of its line, or before an agency.

    "Lima (Andina) - Foreign Minister Roe held": the agency stands in brackets, and a dash closes both.
    """
    if token.i >= _DATELINE_WORDS:
        return False
    if token.text.isupper() and len(token.text) > _ACRONYM and "." not in token.text:
        # Not "The U.S. and Peru held talks", nor "ASEAN and Peru", "ASEAN's envoy", "NATO met"
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        return after is None or after.pos_ not in _GOING_ON or after.dep_ == "appos"
    behind = [t.text for t in token.doc[token.i + 1 : token.i + 2 + _DATELINE_WORDS]]
    closed = behind.index(")") if behind[:1] == ["("] and ")" in behind else None
    return closed is not None and behind[closed + 1 : closed + 2] in (["-"], ["–"], ["—"], ["--"])


def verb_behind(participle: Token) -> Token | None:
    """The verb of a sentence whose subject the parser hangs on a bare participle before it, or None.

    "The summit, postponed twice, is now likely to be held": "is".
    """
    if participle.tag_ not in {"VBD", "VBN"} or participle.i == 0 or participle.nbor(-1).text != ",":
        return None
    if any(c.dep_ in {"aux", "auxpass", "mark"} for c in participle.children):
        return None
    above = participle.head
    after = [above] if participle.dep_ == "advcl" and above.i > participle.i else []
    joined = any(c.dep_ == "cc" for c in participle.children)
    after += [
        c for c in participle.rights
        if c.dep_ in {"ccomp", "dep", "parataxis"} or (c.dep_ == "conj" and not joined)
    ]  # fmt: skip
    for verb in after:
        roles = {c.dep_ for c in verb.children if c != participle}
        finite = verb.tag_ in _FINITE or bool(roles & {"aux", "auxpass"})
        first = next((t.i for t in verb.lefts if t.i > participle.i and t.text != ","), verb.i)
        if roles & {"nsubj", "nsubjpass", "expl", "mark"} or not finite or verb.pos_ not in {"VERB", "AUX"}:
            continue
        if verb.doc[first - 1].text == ",":
            return verb
    return None


def role_of(token: Token) -> tuple[str, Token]:
    """The token's dependency and head; what stands behind a dateline takes over the dateline's."""
    if token.dep_ in {"nsubj", "nsubjpass"} and token.i < token.head.i:
        behind = verb_behind(token.head)
        if behind is not None:
            return "nsubj", behind
    prep = token.head
    if token.dep_ == "pobj" and prep.lower_ == "as" and prep.i < token.i < prep.head.i:
        verb = prep.head  # "as a meeting is not likely": the parser takes the conjunction for a preposition
        if verb.tag_ in _FINITE and verb.dep_ == "advcl" and not _own_subjects(verb):
            return "nsubj", verb
    if token.dep_ in {"appos", "conj", "nmod"} and is_dateline(token.head):
        return token.head.dep_, token.head.head
    return token.dep_, token.head


def to_come(verb: Token) -> Token | None:
    """The infinitive of "is to be held" and "was to meet" on its form of "be", or None."""
    for child in verb.children:
        if child.dep_ == "xcomp" and any(c.tag_ == "TO" for c in child.children):
            return child
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive."""
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)


def agents(verb: Token) -> list[Token]:
    """Those named after "by" in a passive clause."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "agent":
            for target in child.children:
                if target.dep_ == "pobj":
                    found.extend(conjuncts(target))
    return found


def subjects(verb: Token) -> list[Token]:
    """Who does what the verb says: its own subject, else the one it inherits from the clauses above.

    A relative pronoun is replaced by the noun it stands for; an open complement after an object takes the
    object ("asked X to meet"), otherwise the subject above.
    """
    current = verb
    for _ in range(_RISE_LIMIT):
        own = direct_subjects(current)
        if own:
            own = [*_sent_with(current, own), *own]
            return [antecedent for token in own for antecedent in _resolve_relative(token, current)]
        above = current.head
        if above == current:
            return []
        of_noun = above.pos_ in {"NOUN", "PROPN"} and current.dep_ in {"advcl", "ccomp"}
        if not of_noun and (
            current.dep_ == "xcomp" or (current.dep_ in {"advcl", "ccomp"} and _is_infinitive(current))
        ):
            objects = [c for c in above.children if c.dep_ in {"dobj", "dative"} and c.i < current.i]
            if objects and _controls_by_object(above):
                return [t for o in objects for t in conjuncts(o)]
        elif current.dep_ in {"acl", "relcl"} or of_noun or _misread_participle(current):
            if above.pos_ not in {"NOUN", "PROPN", "PRON"}:
                return []
            return _infinitive_of_noun(above, current) if _is_infinitive(current) else conjuncts(above)
        elif current.dep_ not in CLAUSES and current.dep_ not in {"prep", "pobj", "dobj", "acomp", "attr"}:
            return []
        if above.pos_ in {"VERB", "AUX"}:
            current = above
            continue
        if above.pos_ in {"ADJ", "NOUN", "ADP", "SCONJ"}:
            owner = [c for c in above.children if c.dep_ == "poss"]
            if owner and current.dep_ in {"acl", "xcomp"}:
                return conjuncts(owner[0])
            parent = verb_of(above)
            if parent is None:
                return []
            current = parent
            continue
        return []
    return []


def _sent_with(verb: Token, own: list[Token]) -> list[Token]:
    """ "has sent envoy X, and Y to work on it": the parser makes Y alone the subject of "work"."""
    above, first = verb.head, own[0].left_edge
    if verb.dep_ != "ccomp" or not _is_infinitive(verb) or not _controls_by_object(above) or first.i == 0:
        return []
    if first.nbor(-1).lower_ != "and":
        return []
    sent = [c for c in above.children if c.dep_ == "dobj" and above.i < c.i < first.i]
    return [t for o in sent for t in conjuncts(o)]


def _infinitive_of_noun(noun: Token, verb: Token) -> list[Token]:
    """Who would do it in "plans for X to meet", "X's offer to meet", "X declined an offer to meet"."""
    named = noun.pos_ == "PROPN" or (noun.dep_ == "ROOT" and noun.ent_type_ in {"PERSON", "GPE", "NORP"})
    if named or (noun.tag_ == "NNS" and noun.dep_ == "ROOT"):
        return conjuncts(noun)  # a headline: "Merz to host Macron", "negotiators to meet in Jeddah"
    asked = noun.lemma_.lower() == "invitation"  # "accepted Peru's invitation to visit": the guest would
    givers = frozenset({"for", "to"} if asked else {"for", "by", "from"})
    beneficiaries = [t for t in prep_objects(noun, givers) if t.i < verb.i]
    if not beneficiaries:
        # "for" read as a conjunction of the infinitive
        marks = [c for c in verb.children if c.dep_ == "mark" and c.lower_ == "for"]
        beneficiaries = [t for m in marks for t in m.children if t.dep_ == "pobj"]
        if marks and not beneficiaries:
            beneficiaries = [t for t in noun.doc[marks[0].i : verb.i] if t.dep_ in {"pobj", "nsubj"}][:1]
    if beneficiaries:
        return [t for b in beneficiaries[:1] for t in conjuncts(b)]
    owners = [t for c in noun.children if c.dep_ == "poss" for t in conjuncts(c)]
    if owners and not asked:
        return owners
    above = verb_of(noun)
    return subjects(above) if above is not None and above.i < noun.i else []


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


# Verbs whose object does what their infinitive says ("asked X to meet").
_OBJECT_CONTROL = frozenset({
    "ask", "tell", "direct", "instruct", "order", "urge", "invite", "send", "dispatch", "allow", "force",
    "push", "press", "expect", "want", "get", "persuade", "help", "encourage", "request", "authorize",
    "authorise", "task", "appoint", "call", "see", "require", "enable", "lead", "bring",
})  # fmt: skip


def _controls_by_object(verb: Token) -> bool:
    return verb.lemma_.lower() in _OBJECT_CONTROL


def _resolve_relative(token: Token, verb: Token) -> list[Token]:
    if token.tag_ in {"WP", "WDT"} or token.lower_ in {"who", "which", "that"}:
        clause = verb
        while clause.dep_ in {"conj", "xcomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ in {"relcl", "acl"}:
            return conjuncts(clause.head)
        return []
    return [token]


def antecedents(token: Token) -> list[Token]:
    """ "X, whom she met", "with whom she met": those whom the pronoun stands for; any other word as it is."""
    clause = token.head.head if token.dep_ == "pobj" else token.head
    if token.lower_ not in {"whom", "who"} or clause.dep_ != "relcl":
        return [token]
    return conjuncts(clause.head)


def _misread_participle(verb: Token) -> bool:
    """ "X and Y, meeting in Lima, said": the parser takes the participle for an apposition."""
    return verb.dep_ == "appos" and verb.tag_ == "VBG"


def whole_list(verb: Token) -> list[Token]:
    """ "X and Y, who met in Lima", "X and Y, meeting there": all of the list that the clause may be about.

    The parser hangs it on the last of them. Empty where the clause hangs on no list.
    """
    clause = verb
    while clause.dep_ in {"conj", "xcomp"} and clause.head.pos_ in {"VERB", "AUX"}:
        clause = clause.head
    last = clause.head
    if clause.dep_ not in {"relcl", "acl", "appos"} or last.dep_ != "conj":
        return []
    first = last
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    return conjuncts(first)


def objects(verb: Token) -> list[Token]:
    """Direct objects, coordinated ones included; the subject of a passive verb counts as its object."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "nsubjpass"} and child.pos_ != "ADP":
            found.extend(conjuncts(child))
    return found


def prep_objects(head: Token, words: frozenset[str] | set[str]) -> list[Token]:
    """Objects of the prepositions `words` that hang on the head or on its particle, in text order."""
    found: list[Token] = []
    for prep in prepositions(head):
        if prep.lower_ in words:
            for target in prep.children:
                if target.dep_ == "pcomp" and target.tag_ == "VB":
                    # "talks with their counterparts to discuss it": the parser makes a clause of it
                    found.extend(t for c in target.children if c.dep_ == "nsubj" for t in conjuncts(c))
                elif target.dep_ in {"pobj", "pcomp"}:
                    listed = conjuncts(target)
                    found.extend([*listed, *_cut_off(listed)])
    return found


def _cut_off(listed: list[Token]) -> list[Token]:
    """ "between US, Chilean, and European officials have": the parser takes the last for a subject."""
    last = listed[-1]
    after = [c for c in last.rights if c.dep_ in {"cc", "conj"}]
    if len(listed) < 2 or [c.lower_ for c in after] != ["and"] or after[0].i + 1 >= len(last.doc):
        return []
    first = after[0].nbor(1)
    named = first if first.tag_ == "NNS" else first.head
    whole = named.tag_ == "NNS" and named.left_edge == first and first.ent_type_ in _STATES
    return [named] if whole and named.dep_ in {"nsubj", "nsubjpass"} else []


def prepositions(head: Token) -> Iterator[Token]:
    """Prepositions on the head, and on a preposition, particle or adverb on it ("sat down with")."""
    for child in head.children:
        if child.dep_ in {"prep", "agent", "dative"} or child.pos_ == "ADP":
            yield child
            for inner in child.children:
                if inner.dep_ == "prep" and inner.i == child.i + 1 and child.lower_ != "according":
                    yield inner
                elif inner.dep_ == "conj" and inner.pos_ == "ADP":
                    yield inner  # "of Peru and of Chile"
        elif child.dep_ in {"advmod", "prt"}:
            for inner in child.children:
                if inner.dep_ == "prep":
                    yield inner
    behind = head.nbor(1) if head.dep_ == "conj" and head.i + 1 < len(head.doc) else None
    if behind is not None and behind.lower_ == "of" and behind.head == head.head:
        yield behind  # "the delegation and envoys of the rebels": the parser hangs "of" on the first


def told_in_passing(prep: Token, verb: Token) -> Token | None:
    """ "Roe flew home, the paper said, after talks with Paz": the verb of what was told before; or None."""
    if prep.head != verb or prep.i < 2 or prep.nbor(-1).text != ",":
        return None
    told = [c for c in verb.lefts if c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"}]
    return told[-1] if told and prep.i > verb.i else None


def own_words(verb: Token) -> Iterator[Token]:
    """Tokens of the verb's own clause: its subtree without finite and coordinated clauses below it."""
    queue = [verb]
    while queue:
        token = queue.pop()
        yield token
        for child in token.children:
            if child.dep_ in {"relcl", "ccomp", "advcl", "parataxis"} or (
                child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}
            ):
                continue
            queue.append(child)


def pair_of(token: Token) -> Token | None:
    """The other one of two names that a hyphen or dash joins: "the Kigali-Kinshasa dialogue"."""
    dashes = {"-", "–", "—", "‑", "/"}
    doc, at = token.doc, token.i
    if at + 2 < len(doc) and doc[at + 1].text in dashes and doc[at + 2].pos_ == "PROPN":
        return doc[at + 2]
    if at >= 2 and doc[at - 1].text in dashes and doc[at - 2].pos_ == "PROPN":
        return doc[at - 2]
    return None


def joined_name(token: Token) -> Token | None:
    """The name before this one that a hyphen or dash joins to it without a blank: "the Roe–Lind talks"."""
    other = pair_of(token)
    if other is None or other.i > token.i or other.whitespace_ or token.nbor(-1).whitespace_:
        return None
    return other


def callee(verb: Token) -> list[Token]:
    """The person whom the parse takes for a predicate: "called President Jane Roe on Monday"."""
    found = [c for c in verb.children if c.dep_ in {"dobj", "oprd"}]
    named = found and found[0].ent_type_ == "PERSON" and found[0].pos_ == "PROPN" and found[0].i > verb.i
    titled = named and any(c.dep_ == "compound" and not c.ent_type_ for c in found[0].lefts)
    return found if len(found) == 1 and titled else []


def medium_of(heads: list[Token], cues: MeetingCues) -> MeetingForm | None:
    """Form that a phrase like "by phone" or "via video link" on one of the heads tells, or None."""
    for head in heads:
        if any(c.lower_ in cues.data.video_adverbs for p in head.children for c in (p, *p.children)):
            return "video"
        within = [t for p in prepositions(head) for t in p.children if t.ent_type_ == "TIME"]
        for prep in [q for h in (head, *within) for q in prepositions(h)]:  # "for 40 minutes by phone"
            if prep.lower_ in {"by", "via", "over", "on", "in", "through"}:
                for target in prep.children:
                    if target.dep_ != "pobj":
                        continue
                    words = {target.lower_, *(c.lower_ for c in target.children)}
                    for form, media in sorted(cues.data.form_media.items(), reverse=True):
                        if words & media:
                            return form
    return None


def represented(noun: Token) -> list[Token]:
    """ "Delegations representing X and Y": for whom they act."""
    acting = (c for c in noun.rights if c.dep_ == "acl" and c.lower_ == "representing")
    return [t for verb in acting for t in objects(verb)]


def of_doer(token: Token) -> bool:
    """ "New Delhi and Washington are negotiating": the capital is who, not where."""
    current = token
    while current.dep_ in {"compound", "conj", "nmod", "amod", "poss"} and current.head != current:
        current = current.head
    return current.dep_ in {"nsubj", "nsubjpass", "dobj"}


def with_particle(verb: Token) -> set[str]:
    """The verb with each particle after it: "touch down"."""
    lemma = verb.lemma_.lower()
    return {f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in {"prt", "advmod"} and c.i > verb.i}
