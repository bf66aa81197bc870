"""Which tokens of a line may tell of a meeting: what readers ask first of a token, asked of a whole line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.agenda import lists_days
from pipeline.extract.meetings.cues import HYPHENS, NOUNS, MeetingCues
from pipeline.extract.meetings.references import reference_verbs
from pipeline.extract.meetings.verbs import meeting_verbs
from pipeline.words import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Neither a meeting's noun or verb nor a preposition before a place is ever one of these.
_TELL_NOTHING = frozenset({"PUNCT", "SPACE", "CCONJ"})
_VERBS = frozenset({"VERB", "AUX"})
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})


class Gate:
    """The words that any reader of candidates asks for; where it is shut, each of them finds nothing."""

    def __init__(self, cues: MeetingCues) -> None:
        self._nouns = frozenset(cues.data.nouns) | frozenset(cues.data.outcome_nouns)
        self._verbs = meeting_verbs(cues) | reference_verbs(cues) | cues.data.outcome_verbs
        # Occasions left unnamed ("a second", "the previous one"), and what stands before a place.
        self._others = (
            cues.data.ordinals | cues.data.joint_bodies | {"one", "another", "it"} | cues.status.after
        )

    def openings(self, doc: Doc) -> list[int]:
        """Indices of the tokens that the readers have to look at, in order."""
        words = words_in(doc)
        last = len(words.text) - 1
        agenda = lists_days(frozenset(words.lower))
        found = []
        for i, (pos, lower, lemma) in enumerate(zip(words.pos, words.lower, words.lemma, strict=True)):
            if pos in _TELL_NOTHING:
                continue
            if (
                (lemma in self._verbs and pos in _VERBS)
                or (pos in NOUNS and (lower in self._nouns or lemma in self._nouns))
                or lower in self._others
                or (lower[0].isdigit() and lower[-2:] in _ORDINAL_ENDS)
                or (lower == "at" and words.opens[i])
                or (agenda and lower == "in")
                # "sit-down": the word as a whole counts, which the tokenizer cuts
                or (i < last and words.text[i + 1] in HYPHENS)
                or (i > 0 and words.text[i - 1] in HYPHENS)
            ):
                found.append(i)
        return found
