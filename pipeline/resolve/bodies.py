"""Bodies that only the page makes known, by a name behind a noun: "party Nova", "the group Salva"."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Actor
from pipeline.resolve.draft import CLASS, Draft
from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import Vocabulary
from pipeline.text import fold

_NO_NAME = frozenset({"DATE", "TIME"})
# Small words within a name, and what the parse takes the word behind them for.
_JOINTS = frozenset(
    {"of", "for", "de", "del", "la", "en", "y", "e", "du", "des", "et", "da", "do", "dos", "für"}
)
_JOINED = frozenset({"PROPN", "NOUN", "ADJ", "X"})
_BANDS = frozenset({"alliance", "coalition"})  # several together, as are movements


class NamedBodies:
    """The bodies of one page by name, as their first introduction gives them."""

    def __init__(self, scans: Iterable[Scan], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, Actor] = {}
        for scan in scans:
            for i, text in enumerate(scan.words.text):
                if text in vocabulary.named_bodies and (end := self._name_end(scan, i + 1)) > i + 1:
                    name = scan.doc[i + 1 : end].text
                    together = text in vocabulary.movements or text in _BANDS
                    actor = (
                        Actor(f"group::{fold(name)}", name, "group", None)
                        if together
                        else Actor(f"inst::{fold(name)}", name, "institution", None)
                    )
                    self._known.setdefault(fold(name), actor)

    def named_at(self, scan: Scan, i: int) -> Draft | None:
        """The body whose noun or name begins at the token: with its noun where it is introduced."""
        if not self._known or scan.in_quote(i):
            return None
        nouns = self._vocabulary.named_bodies
        introduced = scan.words.text[i] in nouns
        start = i + 1 if introduced else i
        if not introduced and i and (scan.words.text[i - 1] in nouns or self._is_name(scan, i - 1)):
            return None  # the middle of a name
        end = self._name_end(scan, start)
        actor = self._known.get(fold(scan.doc[start:end].text)) if end > start else None
        if actor is None:
            return None
        head = scan.doc[i:end].root
        return Draft("fixed", i, end, head.i, "name", CLASS, actor)

    def _name_end(self, scan: Scan, i: int) -> int:
        first = i
        while i < len(scan.tokens):
            joined = first < i < len(scan.tokens) - 1 and scan.words.lower[i] in _JOINTS
            if joined and scan.words.text[i + 1][0].isupper() and scan.words.pos[i + 1] in _JOINED:
                i += 2
            elif self._is_name(scan, i):
                i += 1
            else:
                break
        return i

    def _is_name(self, scan: Scan, i: int) -> bool:
        if not 0 <= i < len(scan.tokens):
            return False
        token = scan.tokens[i]
        other = i in scan.match_at or i in scan.role_at or i in scan.name_at or token.ent_type_ in _NO_NAME
        return token.pos_ == "PROPN" and token.text[0].isupper() and not other
