"""A quicker attribute ruler: the same attributes as spaCy's own, found once for each kind of token.

The model's rules for parts of speech, morphology and lemmas mostly look at one token: its lower-case form,
tag and dependency. spaCy tries every rule on every token; here tokens alike in what the rules look at are
tried once. Rules over several tokens run as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler

from pipeline.quick.common import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Span

NAME = "attribute_ruler"
FACTORY = "parley_attribute_ruler"
MAX_KINDS = 200_000
"""Kinds of token that are remembered before forgetting all: about 30 MB."""
# What a rule may look at, so that two tokens alike in the key are alike to it.
_SEEN = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_KEY = [LOWER, TAG, DEP, IS_SPACE]
_SET = [POS, MORPH, LEMMA, TAG, DEP]

Effect = tuple[tuple[int, ...], tuple[tuple[int, int], ...], bool]
"""Numbers of the rules that apply to a kind of token, (column of `_SET`, value) that they leave, and whether
a rule over several tokens may begin with it."""


class QuickAttributeRuler(AttributeRuler):
    """spaCy's attribute ruler with a memory.

    Rules that look at anything but form, tag and dependency of one token, or set anything but `_SET`, are
    matched by spaCy's matcher on the whole text, as all are in the original.
    """

    def prepare(self) -> None:
        """Split the rules in those about one token and the others; call it again when rules change."""
        self._single = Matcher(self.vocab)
        self._others = Matcher(self.vocab)
        self._begin = Matcher(self.vocab)
        self._may_begin_anywhere = False
        self._memory: dict[tuple[int, int, int, int], Effect] = {}
        self._effects: dict[tuple[int, int, int, int], Effect] = {}
        self._forms: set[int] | None = set()
        self._shapes: list[re.Pattern[str]] = []
        for number, rule in enumerate(self.patterns):
            alone = self.indices[number] in (0, -1) and set(self.attrs[number]) <= set(_SET)
            patterns: Any = rule["patterns"]
            for pattern in patterns:
                self._name_forms(pattern[0])
                single = alone and len(pattern) == 1 and set(pattern[0]) <= _SEEN
                if single:
                    self._single.add(str(number), [pattern])
                    continue
                self._others.add(str(number), [pattern])
                self._may_begin_anywhere |= not set(pattern[0]) <= _SEEN
                self._begin.add(str(number), [pattern[:1]])

    def _name_forms(self, token: Mapping[str, Any]) -> None:
        """Keep what a rule asks of the form of its first token; None once one asks otherwise."""
        told = token.get("LOWER", [])
        told = {"IN": [told]} if isinstance(told, str) else told
        told = {"IN": told} if isinstance(told, list) else told
        if self._forms is None or not set(told) <= {"IN", "NOT_IN", "REGEX"}:
            self._forms = None
            return
        for form in (*told.get("IN", ()), *told.get("NOT_IN", ())):
            self._forms.add(self.vocab.strings.add(form))
        if "REGEX" in told:
            self._shapes.append(re.compile(told["REGEX"]))

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of every token, like the original."""
        return mark(self, doc)

    def set(self, doc: Doc) -> None:
        """Mark a text that is not empty."""
        memory = self._memory
        if len(memory) > MAX_KINDS:
            memory.clear()
            self._effects.clear()
        effects = []
        for i, kind in enumerate(map(tuple, doc.to_array(_KEY).tolist())):
            effect = memory.get(kind)
            if effect is None:
                effect = memory[kind] = self._effect_on(doc, i, kind)
            effects.append(effect)
        begun = self._may_begin_anywhere or any(begins for _, _, begins in effects)
        others = _found(self._others, doc) if begun else ()
        if others:
            strings = self.vocab.strings
            matches = [(int(strings[m]), m, start, end) for m, start, end in others]
            matches += [(n, strings[str(n)], i, i + 1) for i, (own, _, _) in enumerate(effects) for n in own]
            matches.sort()
            self.set_annotations(doc, matches)  # type: ignore[no-untyped-call]
            return
        values: Any = doc.to_array(_SET)
        rows = values.tolist()
        for row, (_, changes, _) in zip(rows, effects, strict=True):
            for column, value in changes:
                row[column] = value
        values[:] = rows
        doc.from_array(_SET, values)

    def _effect_on(self, doc: Doc, i: int, kind: tuple[int, int, int, int]) -> Effect:
        """The effect on a token; forms that no rule names are alike to the rules."""
        if self._forms is not None and kind[0] not in self._forms:
            form = self.vocab.strings[kind[0]]
            if not any(shape.search(form) for shape in self._shapes):
                kind = (0, *kind[1:])
        effect = self._effects.get(kind)
        if effect is None:
            effect = self._effects[kind] = self._effect(doc, i)
        return effect

    def _effect(self, doc: Doc, i: int) -> Effect:
        numbers = tuple(
            sorted({int(self.vocab.strings[m]) for m, _, _ in _found(self._single, doc[i : i + 1])})
        )
        left: dict[int, int] = {}
        for number in numbers:
            attributes: Mapping[int, Any] = self.attrs[number]
            left |= {_SET.index(attribute): int(value) for attribute, value in attributes.items()}
        return numbers, tuple(left.items()), bool(_found(self._begin, doc[i : i + 1]))


def _found(matcher: Matcher, text: Doc | Span) -> Sequence[tuple[int, int, int]]:
    """Rule, first and end token of each match; an empty matcher, which would warn, is not asked."""
    return matcher(text, allow_missing=True, as_spans=False) if len(matcher) else ()


@Language.factory(FACTORY, assigns=["token.tag", "token.pos", "token.morph", "token.lemma"])
def _make(nlp: Language, name: str) -> QuickAttributeRuler:
    return QuickAttributeRuler(nlp.vocab, name)


def quicken(nlp: Language) -> Language:
    """Put the quick ruler in the place of the model's own, with the same rules; without one, do nothing."""
    if NAME not in nlp.pipe_names or not isinstance(nlp.get_pipe(NAME), AttributeRuler):
        return nlp
    stock: Any = nlp.get_pipe(NAME)
    rules = stock.to_bytes(exclude=["vocab"])  # with its vectors, which both share
    quick: Any = nlp.replace_pipe(NAME, FACTORY)
    quick.from_bytes(rules)
    quick.prepare()
    return nlp
