"""Reading a clause from the dependency parse: its subjects, agents, negation, modality and conditions."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs of wishing or bringing about, before what is to be done with their object.
_WISHED_SO = frozenset({"see", "want", "have", "get", "like", "need", "prefer", "love"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
OBJECTS = frozenset({"dobj", "dative", "pobj"})
# Prepositions that only place an issue in time or beside the matter: nobody's attitude reaches through.
ADJUNCT_PREPOSITIONS = frozenset(
    {"during", "after", "before", "ahead", "since", "amid", "despite", "following", "under", "via", "through"}
    | {"at", "until", "by", "within", "outside", "across"}
)
# Of these, the ones that also place a noun in time.
TIMING_PREPOSITIONS = frozenset(
    {"after", "before", "ahead", "since", "amid", "despite", "following", "during"}
)
# Words for pressing somebody, who is named after "on".
_PRESSURE = frozenset({"pressure", "lean", "call", "prevail", "press", "heat"})
# Verbs by which somebody's consent is still outstanding.
_SEEKING = frozenset(
    {"need", "require", "seek", "demand", "await", "want", "obtain", "secure", "lack", "depend", "hinge"}
)
# Nouns for words and lines of somebody, who holds what they are told to do: "a letter rejecting the truce".
_BEARERS = frozenset({
    "stance", "position", "statement", "policy", "line", "declaration", "letter", "message", "speech",
    "post", "remark", "comment", "announcement", "note", "communique", "communiqué", "interview",
    "tweet", "appeal", "op-ed", "article", "petition", "memo", "memorandum", "address", "reply",
    "response", "answer",
})  # fmt: skip
_EVERYONE = frozenset({"everyone", "everybody", "all", "nobody", "none", "anyone", "everything"})
_ADVERBIAL = frozenset({"AUX", "ADV", "PART"})
_MAX_STEPS = 12  # a parse deeper than this between two clauses is a broken one


def children(token: Token, *deps: str) -> list[Token]:
    """The token's direct dependents of the given kinds, in order."""
    return [child for child in token.children if child.dep_ in deps]


def with_conjuncts(token: Token) -> Iterator[Token]:
    """The token and all that are coordinated with it ("Kyiv and its allies")."""
    yield token
    if token.lower_ in _EVERYONE and any(c.lower_ in {"but", "except"} for c in children(token, "cc")):
        return  # "everyone but Oslo backs it"
    listed = token.pos_ == "PROPN" and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in token.children)
    for child in token.children:
        # "Oslo, Riga, and Bern": parsers take the second of a list of names for another name of the first.
        if child.dep_ == "conj" or (listed and child.dep_ == "appos" and child.pos_ == "PROPN"):
            yield from with_conjuncts(child)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a bare participle after a noun ("an offer dismissed by")."""
    if any(c.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for c in verb.children):
        return True
    bare = verb.tag_ == "VBN" and not children(verb, "aux")
    return bare and (verb.dep_ == "acl" or bool(children(verb, "agent")))


def agents(verb: Token) -> list[Token]:
    """Who does what a passive verb says: the nouns after "by"."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in children(child, "pobj"):
                found.extend(with_conjuncts(noun))
    return found


def between(noun: Token) -> list[Token]:
    """Who has made something: "a deal between Oslo and Riga"."""
    preps = [p for p in children(noun, "prep") if p.lower_ == "between"]
    return [t for p in preps for o in children(p, "pobj") for t in with_conjuncts(o)]


def parts(prep: Token) -> set[int]:
    """The nouns "part" that hang on the preposition: "as part of"."""
    return {noun.i for noun in children(prep, "pobj") if noun.lemma_ == "part"}


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ not in RELATIVES:
        return token
    for verb in _up(token):
        if verb.dep_ == "relcl":
            return next(iter(_as_named(verb.head)), verb.head)
        if verb.dep_ in {"ccomp", "ROOT"}:
            break
    return token


def _up(token: Token) -> Iterator[Token]:
    for _ in range(_MAX_STEPS):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def subjects(verb: Token) -> list[Token]:
    """Who does or holds what `verb` says: its own subject or the one it inherits; relatives resolved.

    Objects control infinitives ("urged Kyiv to accept"), subjects control the rest.
    """
    node = verb
    for _ in range(_MAX_STEPS):
        own = [c for c in node.children if c.dep_ in SUBJECTS and c.pos_ not in {"VERB", "AUX"}]
        # "Oslo has, for weeks now, refused": an aside parts the auxiliary, which keeps the subject
        own = own or [s for aux in children(node, "aux") for s in children(aux, "nsubj")]
        if own:
            return [antecedent(t) for first in own for t in with_conjuncts(first)]
        lost = stranded(node)
        if lost:
            return lost
        if node.pos_ in {"VERB", "AUX"} and children(node, "csubj", "csubjpass"):
            return []  # "leaving the town would allow them to": what happens does it, and nobody
        dep, head = node.dep_, node.head
        inner = joined_inside(node)
        if inner is not None:
            node = inner
            continue
        if is_set_beside(node):
            node = head.head  # "said it must be kept, rejecting talks": who says so rejects them
            continue
        if is_trailing(node) or _is_meanwhile(node):
            node = next((t for t in head.ancestors if t.pos_ in {"VERB", "AUX"}), head)
            continue
        if dep == "conj" and node.tag_ == "VBD" and head.tag_ == "VB" and head.dep_ == "ccomp":
            node = head.head  # "said the army must leave and voiced doubts": finite, so joined to "said"
            continue
        if is_joined_above(node):
            node = head.head  # "denied that its ships were there and called for talks"
            continue
        if is_pressed(node):
            return [antecedent(t) for t in controllers(head) if t.head.dep_ == "prep"]
        blamed = accused(node)
        if blamed:
            return [antecedent(t) for t in blamed]
        if dep in {"conj", "advcl", "pcomp", "aux", "auxpass", "parataxis", "acomp", "oprd"} or (
            dep == "prep" and head.pos_ != "NOUN"
        ):
            node = head
        elif dep in {"xcomp", "ccomp"}:
            controlled = [] if children(node, "expl") else controllers(head)
            if controlled:
                return [antecedent(t) for t in controlled]
            node = head
        elif dep in {"acl", "prep"}:
            told = node.tag_ == "VBG" and head.lemma_.lower() in _BEARERS
            if node.tag_ in {"VBG", "VBN"} and dep == "acl" and not told:
                return _as_named(head) or [antecedent(t) for t in with_conjuncts(head)]
            owners = possessors(head)
            if owners:
                return owners
            # "in an attempt to derail": whoever makes the attempt.
            node = head
            while (
                node.dep_ in {"pobj", "dobj", "prep", "attr", "conj"}
                and node.head.i != node.i
                and node.pos_ not in {"VERB", "AUX"}
            ):
                node = node.head
            if node.pos_ not in {"VERB", "AUX"}:
                return []
            own = [c for c in node.children if c.dep_ in SUBJECTS and c.pos_ not in {"VERB", "AUX"}]
            if own:
                return [antecedent(t) for first in own for t in with_conjuncts(first)]
        elif dep == "relcl":
            return _as_named(head) or [head]
        else:
            return []
    return []


def brought_about(noun: Token) -> Token | None:
    """The participle of "wants to see the levy scrapped": what is to be done with the noun; else None.

    Parsers read it as a finite verb of the noun or hang it on the noun.
    """
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        verb, above = noun.head, noun.head.head
        done = verb.dep_ == "ccomp" and verb.tag_ in {"VBD", "VBN"}
        bare = done and not children(verb, "aux", "auxpass", "mark")
        return verb if bare and above.lemma_ in _WISHED_SO and above.i < noun.i else None
    if noun.dep_ != "dobj" or noun.head.lemma_ not in _WISHED_SO:
        return None
    told = [v for v in children(noun, "acl") if v.tag_ == "VBN" and v.i == noun.i + 1]
    return told[0] if told else None


def is_bare_verb(token: Token) -> bool:
    """Whether it is an infinitive without "to"; rare ones are taken for nouns: "and demilitarize"."""
    rare = token.tag_ in {"NN", "NNP"} and token.is_lower and token.lower_.endswith(_VERBAL)
    return token.tag_ == "VB" or rare


_VERBAL = ("lize", "nize", "rize", "tize", "lise", "nise", "arise", "ify")


def is_joined_above(verb: Token) -> bool:
    """Whether a finite verb goes with "denied" and not with the "were" of what is denied."""
    told = verb.head
    if verb.dep_ != "conj" or told.dep_ != "ccomp" or told.lemma_ not in {"be", "have"}:
        return False
    if told.pos_ not in {"VERB", "AUX"} or _has_subject(verb) or children(verb, "aux"):
        return False
    return verb.tag_ == told.head.tag_ == "VBD" and told.head.pos_ == "VERB" and told.head.i < told.i


def _as_named(noun: Token) -> list[Token]:
    """Who is told to be the one: "Oslo is the only member opposing the levy", where it is said of one."""
    only = any(c.lower_ in {"only", "sole", "last", "first", "lone"} for c in children(noun, "amod"))
    copula = noun.head
    above = classing(noun)
    if above is not None:  # "is one of the states pushing for it"
        return [t for s in children(above, "nsubj") for t in with_conjuncts(s)]
    if not only or noun.dep_ != "attr" or copula.lemma_ not in {"be", "remain", "become"}:
        return []
    return [t for s in children(copula, "nsubj") if s.pos_ == "PROPN" for t in with_conjuncts(s)]


def joined_inside(verb: Token) -> Token | None:
    """The infinitive that a bare verb goes on: "wants Oslo to leave, abandon its bid", joined to "wants".

    Its form does not agree with the verb above, so that it has another subject.
    """
    above = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in {"VB", "VBP"} or above.tag_ not in {"VBZ", "VBD"}:
        return None
    if _has_subject(verb) or any(c.dep_ == "aux" and c.lower_ != "to" for c in verb.children):
        return None
    inner = [c for c in children(above, "xcomp", "ccomp") if c.tag_ == "VB" and above.i < c.i < verb.i]
    return inner[-1] if inner else None


def is_set_beside(verb: Token) -> bool:
    """Whether a participle after a comma goes with "said" and not with the passive clause that is said."""
    told = verb.head
    return (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and told.dep_ == "ccomp"
        and verb.i > told.i
        and bool(children(told, "nsubjpass"))
        and verb.left_edge.i > told.i
        and verb.doc[verb.left_edge.i - 1].text == ","
    )


def is_trailing(verb: Token) -> bool:
    """Whether a participle after a comma goes with the clause: "would refuse any deal, opposing the levy"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or noun.dep_ not in {"dobj", "pobj"} or verb.i < noun.i:
        return False
    return verb.doc[verb.left_edge.i - 1].text == "," and noun.pos_ == "NOUN"


def _is_meanwhile(verb: Token) -> bool:
    """ "Rejected the idea of troops landing while casting doubt on talks": done by who rejected it."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.tag_ != "VBG":
        return False
    return verb.head.dep_ in {"acl", "pcomp"} and any(c.lower_ == "while" for c in children(verb, "mark"))


def classing(noun: Token) -> Token | None:
    """The copula by which somebody is told to be one of several: "is among the opponents of the levy"."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"among", "of"}:
        return None
    above = prep.head
    if prep.lower_ == "of" and above.lower_ == "one":
        above = above.head
    return above if above.lemma_ in {"be", "remain", "become"} else None


def subjects_above(possessive: Token) -> list[Token]:
    """Subjects of the clause in which a possessive pronoun's noun is no subject itself."""
    noun = possessive.head
    for verb in _up(noun):
        if noun.dep_ in SUBJECTS:
            return []
        if verb.pos_ in {"VERB", "AUX"}:
            return subjects(verb)
        noun = verb
    return []


def stranded(verb: Token) -> list[Token]:
    """Who stands before a finite verb that the parse gave no subject: "..., Meloni, made the case".

    A long opening phrase draws the name into itself: "After weeks of haggling, Ukraine and Poland signed".
    """
    has_aux = [c for c in verb.children if c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP", "VBD", "MD"}]
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} or bool(has_aux)
    if not finite or verb.dep_ not in {"ROOT", "conj", "ccomp"}:
        return []
    beside = [
        c
        for c in children(verb, "advmod", "npadvmod")
        if c.pos_ == "PROPN" and c.i < verb.i and any(t.dep_ in {"compound", "amod"} for t in c.children)
    ]
    if beside:
        return beside[-1:]  # "but so far Prime Minister Ode has resisted": a long name read as an adverb
    if verb.dep_ == "conj":
        joined = any(c.dep_ == "cc" and c.i < verb.i for c in verb.head.children)
        if joined or not has_aux or verb.head.i > verb.i:
            return []  # "rejected the plan and called it theft": the subject is that of the first verb
    first = verb
    while first.i > verb.sent.start and first.nbor(-1).head.i == verb.i and first.nbor(-1).pos_ in _ADVERBIAL:
        first = first.nbor(-1)
    if first.i - 1 < verb.sent.start:
        return []
    name = first.nbor(-1)
    if name.text == "," and name.i > verb.sent.start:
        name = name.nbor(-1)
    if name.pos_ != "PROPN" or name.dep_ not in {"conj", "appos", "pobj"} or name.ent_type_ == "DATE":
        return _before_participle(verb)
    found = [name]
    while name.dep_ == "conj" and all(t.text != "," for t in name.doc[name.head.i : name.i]):
        name = name.head
        found.insert(0, name)
    return found


def _before_participle(verb: Token) -> list[Token]:
    """ "The cabinet, formed in haste, on Monday ruled it out": the participle has taken the subject."""
    for clause in children(verb, "advcl"):
        if clause.tag_ in {"VBN", "VBD"} and clause.i < verb.i:
            taken = [c for c in subjects_of(clause) if c.i < clause.i]
            if taken and any(t.text == "," for t in clause.doc[taken[0].i : clause.i]):
                return [t for c in taken for t in with_conjuncts(c)]
    return []


def shared_subject(verb: Token, holders: Sequence[int]) -> list[Token]:
    """The subject of the clause above a coordinated verb that holds nothing itself.

    "Moscow warned that membership is a red line, but has not ruled out guarantees": parsers attach the
    second verb to "is", whose subject cannot hold a position.
    """
    if verb.dep_ != "conj":
        return []
    for above in _up(verb):
        if above.pos_ not in {"VERB", "AUX"}:
            return []
        own = [t for c in children(above, *sorted(SUBJECTS)) for t in with_conjuncts(c)]
        if own and all(t.i not in holders for t in own):
            return own
    return []


_ACCUSING = frozenset(
    {"accuse", "suspect", "blame", "criticize", "criticise", "slam", "condemn", "praise", "thank", "stop"}
    | {"prevent", "dissuade"}
)


def accused(verb: Token) -> list[Token]:
    """The object of "accused the EU of undermining", who is the subject of what is laid to him."""
    if verb.dep_ != "pcomp" or verb.head.dep_ != "prep":
        return []
    named = verb.head.head
    if named.dep_ == "dobj" and named.head.lemma_ == "accuse" and verb.head.lower_ == "of":
        return list(with_conjuncts(named))  # parsers hang "of undermining" on whom is accused
    if named.lemma_.lower() not in _ACCUSING:
        return []
    return [t for c in children(verb.head.head, "dobj") for t in with_conjuncts(c)]


def controllers(verb: Token) -> list[Token]:
    """Objects of `verb` that are the subjects of its infinitive ("called on Kyiv to")."""
    found = [
        t
        for c in children(verb, "dobj", "dative")
        for t in with_conjuncts(c)
        if c.pos_ in {"PROPN", "NOUN", "PRON"}
    ]
    for prep in children(verb, "prep"):
        if prep.lower_ in {"on", "upon", "with", "to", "for"}:
            found.extend(t for c in children(prep, "pobj") for t in with_conjuncts(c))
    return found


def possessors(noun: Token, *, of: bool = False) -> list[Token]:
    """Whose a noun is: possessor, demonym or name before it, "by X" after it, whoever made it.

    With `of` also what follows "of": right for "leaders of France", wrong for "criticism of the plan".
    """
    found: list[Token] = []
    for child in noun.children:
        named = child.dep_ in {"compound", "amod", "nmod"} and child.text[0].isupper()
        if (child.dep_ == "poss" or named) and child.i < noun.i:
            found.extend(with_conjuncts(child))
    for prep in noun.children:
        if prep.dep_ in {"prep", "agent"} and (
            prep.lower_ in {"by", "from"} or (of and prep.lower_ in {"of", "in", "among"})
        ):
            for obj in children(prep, "pobj"):
                found.extend(with_conjuncts(obj))
    for verb in children(noun, "acl", "relcl"):
        if is_passive(verb):
            found.extend(agents(verb))
    return found


def beneficiaries(predicate: Token, inside: Container[int] = ()) -> list[Token]:
    """To or for whom something is acceptable, a red line, and the like.

    A preposition `inside` the judgement's own words says something else: "a gift to Moscow".
    """
    found: list[Token] = []
    for prep in predicate.children:
        if prep.dep_ in {"prep", "dative"} and prep.lower_ in {"to", "for", "with"} and prep.i not in inside:
            for obj in children(prep, "pobj"):
                found.extend(with_conjuncts(obj))
    return found


def subjects_of(verb: Token) -> list[Token]:
    """The subjects that the verb itself has, inherited ones left out."""
    return [c for c in verb.children if c.dep_ in SUBJECTS]


def _has_subject(verb: Token) -> bool:
    return bool(subjects_of(verb))


def is_pushed(clause: Token) -> bool:
    """ "is pushing for Kyiv to accept", "put pressure on Kyiv to promise": adverbial only by the parse."""
    return is_pressed(clause) or any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)


def is_pressed(clause: Token) -> bool:
    """Whether an infinitive is what somebody is pressed to do: "put pressure on Kyiv to promise"."""
    if clause.dep_ != "advcl" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
        return False
    head = clause.head
    return any(p.lower_ in {"on", "upon"} and p.i < clause.i for p in children(head, "prep")) and any(
        o.lemma_.lower() in _PRESSURE for o in (head, *children(head, "dobj"))
    )


def is_placed(verb: Token) -> bool:
    """Whether a relative clause has its noun only for a place: "the summit at which he promised help"."""
    return any(o.lower_ in {"which", "whom"} for p in children(verb, "prep") for o in p.children)


def is_sought(noun: Token) -> bool:
    """Whether the clause tells that what the noun names is wanted or supposed: "needs its consent"."""
    verb = noun
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    supposed = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    return supposed or verb.lemma_.lower() in _SEEKING


def opens_clause(prep: Token) -> bool:
    """Whether the phrase stands before the subject of the verb that it hangs on."""
    verb = prep.head
    first = next(iter(subjects(verb)), None)
    return verb.pos_ in {"VERB", "AUX"} and first is not None and prep.i < min(first.i, verb.i)


def is_object_too(noun: Token) -> bool:
    """Whether the noun follows an object of the verb that the parse joins it to."""
    verb = noun.head
    objects = children(verb, "dobj")
    objects += [o for p in children(verb, "prep") for o in children(p, "pobj")]
    own = children(noun, "nsubj", "relcl", "cop")
    return verb.tag_ != "VBG" and not own and any(verb.i < o.i < noun.i for o in objects)
