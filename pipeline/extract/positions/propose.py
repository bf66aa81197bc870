"""A vocabulary made from nothing but the propositions of a negotiation's issues, for want of a pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extract.positions.vocabulary import Issue, IssuesFile, Term

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_THEME = frozenset({"NOUN", "PROPN", "ADJ"})
_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
# A proposition built on one of these wants less of what it names: to stand up for the thing is to oppose it.
_LESSENING = frozenset(
    {"lift", "ease", "cut", "drop", "dissolve", "end", "limit", "curb", "give", "suspend", "phase", "close"}
    | {"loosen", "ban", "shut", "cap", "withdraw", "remove", "release"}
)
# A word that more than one issue in five shares names the negotiation, not an issue of it.
_SHARED = 5


def propose_issues(propositions: Mapping[str, str], nlp: Language) -> IssuesFile:
    """Issues with patterns from their ids and propositions; parts of propositions in brackets are left out.

    An issue is named by the words of its id together, or by any two of its own words near each other.
    """
    docs = {name: nlp(_outside_brackets(text)) for name, text in propositions.items()}
    spread = Counter(word for doc in docs.values() for word in _lemmas(doc))
    shared = {word for word, count in spread.items() if count > max(1, len(docs) // _SHARED)}
    return IssuesFile(
        anchors=(),
        sets={},
        issues=tuple(_issue(name, propositions[name], doc, shared) for name, doc in docs.items()),
    )


def _issue(name: str, proposition: str, doc: Doc, shared: set[str]) -> Issue:
    themes = name.split("_")
    nouns = {t.lemma_.lower() for t in doc if t.pos_ in _THEME and t.is_alpha} - shared
    acts = {t.lemma_.lower() for t in doc if t.pos_ == "VERB" and t.is_alpha} - shared
    own = sorted({*themes, *nouns})
    patterns = [" .. ".join(themes)]
    if len(own) > 1:
        patterns.append(f"{'|'.join(own)} ... {'|'.join(own)}")
    orient = -1 if acts & _LESSENING else 1
    terms = [Term(any=tuple(patterns), orient=orient)]
    if acts and nouns:
        # With its verb the proposition itself is named, whatever the verb does to the thing.
        verbs, things = "|".join(sorted(acts)), "|".join(sorted(nouns))
        terms.append(Term(any=(f"{verbs} ... {things}", f"{things} ... {verbs}"), orient=1, agentive=True))
    return Issue(
        id=name,
        label=name.replace("_", " "),
        proposition=proposition,
        terms=tuple(terms),
        by_proposition=True,
    )


def _outside_brackets(text: str) -> str:
    before, _, rest = text.partition("(")
    return (before + rest.partition(")")[2]).strip()


def _lemmas(doc: Doc) -> set[str]:
    return {t.lemma_.lower() for t in doc if t.pos_ in _WORDS}
