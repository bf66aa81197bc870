"""A noun that may refer to somebody, with the words before and behind it and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resolve.describe import AT_HOME
from pipeline.resolve.scan import Scan, is_possessive
from pipeline.resolve.sides import NO_HINT, hint_before, party_of_surname
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token


_CUTS = frozenset({"“", '"', ":", ";", "–", "—", "--"})


class NounPhrase:
    """A noun with the words before it, and what they tell."""

    def __init__(self, scan: Scan, head: Token, core: int, vocabulary: Vocabulary) -> None:
        self.scan, self.head, self.vocabulary = scan, head, vocabulary
        self.edge = scan.left_edge(core)
        self.core = core
        self.plural = head.tag_ in {"NNS", "NNPS"}
        self.before = list(scan.doc[self.edge : core])
        self.words = {t.lower_ for t in self.before}
        self.definite = any(
            t.lower_ in {"the", "this", "that"} or t.tag_ == "PRP$" or is_possessive(t) for t in self.before
        )
        role = scan.role_at.get(head.i)
        sent = head.lower_ in vocabulary.sent_abroad if role is None else role.role.category not in AT_HOME
        self.hint = hint_before(scan, self.edge, core, vocabulary, sent=sent)
        if self.hint is NO_HINT and head.lower_ in vocabulary.government_nouns and core > self.edge:
            self.hint = party_of_surname(scan, core - 1, vocabulary)
        self.former = bool(self.words & vocabulary.former)

    @property
    def start(self) -> int:
        """First token without a leading article."""
        first = self.scan.tokens[self.edge]
        return self.edge + 1 if first.lower_ in {"the", "a", "an"} and self.edge < self.core else self.edge

    def text(self, end: int | None = None) -> str:
        name = " ".join(self.scan.doc[self.start : end or self.head.i + 1].text.split())
        return name if "(" not in name or ")" in name else name.partition("(")[0].rstrip()

    def owned_by_noun(self) -> bool:
        """Whether a noun tells what the head leads or serves: "the club's chairman", "the army chief"."""
        owners = [t.nbor(-1) for t in self.before if is_possessive(t) and t.i > self.edge]
        beside = [c for c in self.head.lefts if c.dep_ == "compound" and c.i >= self.edge]
        owner = next(iter([*reversed(owners), *reversed(beside)]), None)
        if owner is None or owner.tag_ not in {"NN", "NNS"} or owner.ent_type_:
            return False
        return owner.lemma_ not in self.vocabulary.well_known

    def indefinite(self) -> bool:
        """Whether the phrase names a source by class: no definite article, or words such as "unnamed"."""
        vocabulary = self.vocabulary
        if self.words & {"unnamed", "anonymous", "unidentified", "undisclosed"}:
            return True
        word = self.head.lower_
        if word in vocabulary.anonymous_plain:
            return not self.definite or self.knows() or word != "people"
        if self.definite:
            return self.knows()
        return not self.plural or bool(self.words & vocabulary.qualifiers) or self.knows()

    def knows(self) -> bool:
        """Whether a clause tells what the source knows: "familiar with", "briefed on"."""
        following = self.scan.doc[self.head.i + 1 : self.head.i + 4]
        return any(t.lower_ in self.vocabulary.knowing for t in following)

    def _office(self) -> bool:
        role = self.scan.role_at.get(self.head.i)
        return role is not None and role.role.category in {"aide", "official", "diplomat", "spokesperson"}

    def _ends_list(self, token: Token) -> bool:
        """Whether a comma ends the phrase; in "Britain, France, and the Netherlands" it does not."""
        return token.text == "," and not (
            token.i - 1 in self.scan.match_at and self._named_behind(token.i) is not None
        )

    def _named_behind(self, comma: int) -> int | None:
        """Where the name begins that goes on with a list behind a comma, and perhaps "and the"."""
        tokens = self.scan.tokens
        i = comma + 1
        for word in ("and", "the"):
            if i < len(tokens) and tokens[i].lower_ == word:
                i += 1
        return i if i in self.scan.match_at else None

    def _list_end(self, end: int) -> int:
        """The end of a list of names that goes on where the parse hangs its last one on the noun itself.

        "Foreign ministers of Britain, France, and the Netherlands" are all of them.
        """
        tokens = self.scan.tokens
        if end + 1 >= len(tokens) or tokens[end].text != "," or end - 1 not in self.scan.match_at:
            return end
        name = self._named_behind(end)
        if name is None or tokens[end + 1].lower_ != "and":
            return end
        match = self.scan.match_at[name]
        return match.end if tokens[match.end - 1].head == self.head else end

    def complement_end(self) -> int:
        """End of what follows the head inside the phrase: "close to the White House", "familiar with …"."""
        doc, end = self.scan.tokens, self.head.i + 1
        for child in self.head.children:
            if (
                child.i <= self.head.i
                or child.dep_ not in {"prep", "amod", "acl", "relcl"}
                or child.i > end + 1
            ):
                continue
            telling = child.dep_ == "acl" and child.lemma_.lower() in self.vocabulary.saying
            heads = self.definite and not self.plural  # "the head of the ports authority" is one
            if telling or (child.lower_ == "of" and self._office() and not heads):
                continue  # "officials warning that …", "a warning from an aide of …"
            edge = child.right_edge.i + 1
            if child.dep_ == "relcl" and doc[end].text == ",":
                continue
            cut = next((t.i for t in doc[end:edge] if t.text in _CUTS or self._ends_list(t)), edge)
            related = cut + 1 < edge and doc[cut + 1].tag_ in {"WP", "WDT"}
            if (edge if not related else cut) - end > 12:
                continue
            if child.lower_ == "in" and any(
                t.lower_ in {"answer", "reply", "response"} for t in child.subtree
            ):
                continue  # "a spokesman for the ministry, in an answer to a question"
            end = max(end, cut)
            if child.dep_ == "prep":
                end = self._list_end(end)
        return end


def serves(phrase: NounPhrase) -> bool:
    """Whether those of a phrase act for whom its pronoun means: "his advisers", not "his allies"."""
    i = phrase.hint.pronoun
    if i is None or phrase.scan.tokens[i].lower_ not in {"his", "her", "its"}:
        return False
    office = phrase.scan.role_at.get(phrase.head.i)
    serving = office is not None and office.role.category in _SERVING
    return (serving and phrase.head.lower_ not in _NEAR_ONLY) or phrase.head.lower_ in {"team", "delegation"}


_SERVING = frozenset({"envoy", "aide", "spokesperson", "official", "diplomat", "minister"})
_NEAR_ONLY = frozenset(
    {"allies", "colleagues", "confidants", "chiefs", "mediators", "delegates", "negotiators"}
)
