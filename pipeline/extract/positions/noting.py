"""What an operator says where it stands, noted as a claim: whose it is, how strong, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Climb
from pipeline.extract.positions.concessions import ConcessionReader
from pipeline.extract.positions.lexicon import Operator
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})


class ClaimNoter(ConcessionReader):
    """Notes the claims of one sentence's operators."""

    def _claim(
        self, climb: Climb, operator: Operator, token: Token, sign: int, holders: tuple[int, ...]
    ) -> None:
        climb.polarity *= sign
        climb.add(
            f"judged_{operator.group.rule}",
            climb.stance(),
            holders,
            token,
            operator.tokens,
            3,
            True,
        )

    def _emit(
        self,
        climb: Climb,
        operator: Operator,
        token: Token,
        stance: Stance,
        holders: tuple[int, ...],
        pending: bool,
    ) -> None:
        group = operator.group
        strength = (
            group.strength if group.kind != "act" else group.strength - (0 if token.pos_ in _VERBS else 1)
        )
        if token.pos_ in _VERBS and mood.is_announced(token):
            document = self._document_of(token)
            if document is not None:  # "under the plan, Kyiv would accept X": the author wants it
                climb.add_author("document_clause", stance, document, token, operator.tokens)
                return
        if not holders and mood.is_permission(token) and mood.is_announced(token):
            # "Oslo will not be allowed to join": the will of whoever says so
            climb.drop_pending()
            climb.add(group.rule, stance, (), token, operator.tokens, strength, False)
            return
        if not holders and (group.kind == "act" or token.pos_ in _NOUNS or token.dep_ == "dep"):
            return
        if group.kind == "act" and token.pos_ not in _VERBS:
            return
        aimed = group.kind == "directive" and token.dep_ in {"acl", "relcl"} and clauses.is_passive(token)
        if aimed and not holders:
            return  # "a paper aimed at ending the war": the aim of whoever wrote it
        if group.rule in {"accept", "promise"} and token.pos_ in _NOUNS and clauses.is_sought(token):
            return  # "Riga's consent would be needed": it has not been given
        bygone = group.kind in {"directive", "attitude"} and mood.is_bygone(token)
        if bygone and token.lemma_.lower() in self._lexicon.file.forecasting:
            return  # "had expected them to agree on a loan": what was thought likely
        if bygone:
            strength = 1  # "had demanded a truce": what is told after it counts more
        if group.committed_only and (climb.hit.anaphor or not mood.is_announced(token)):
            return
        climb.add(group.rule, stance, holders, token, operator.tokens, strength, pending)

    def _emit_author(self, climb: Climb, operator: Operator, token: Token, author: Token) -> None:
        negated = mood.is_negated(token, self._lexicon)
        climb.polarity *= -operator.group.sign if negated else operator.group.sign
        climb.drop_pending()
        climb.add_author(
            f"document_{operator.group.rule}",
            climb.stance(),
            author,
            token,
            operator.tokens,
        )
