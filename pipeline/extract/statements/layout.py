"""Structure that attributes without syntax: headed lists, transcripts, questions and answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Line

LineRole = Literal["prose", "bullet", "question", "answer"]

# "MS. ROE:", "Foreign Minister Roe (through interpreter):", "Q:"; some write "Q" and "A" and a space or two.
_WORD = r"(?:[A-Z][\w.’'\-]*|of|the|for|and|de|van|von|al|bin)"
_LABEL = re.compile(
    rf"^[“\"]?([A-Z][\w.’'\-]*(?:,? {_WORD}){{0,8}}(?:, [a-z][a-z ]{{2,30}})?)"
    r"(?: ?\([^)]{1,40}\))?\s?:(?:\s*\([^)]{1,40}\)\s*|\s+|$)"
    r"|^((?:Q|A)\d{0,2})[.:]\s+"
    r"|^(Q|A)(?:\s{2,}|\s(?=[A-Z“\"]))"
)
# "Jane Roe (00:43):" alone or before her words: transcripts made of recordings.
_TIMED = re.compile(r"^([A-Z][\w.,’'\- ]{0,60}?) \((?:\d{1,2}:)?\d{1,2}:\d{2}\):?(?:\s+|$)")
_NOBODY = re.compile(r"(?:Speaker|Participant|Voice|Guest|Unknown|Male|Female)\b(?: \w+)?$")
_MIN_QUESTIONS = 3
_MIN_LABELS = 4
_FEW_LABELS = 3
"""Labels that are enough where one of them says that somebody asks."""
_LABELLED_SHARE = 0.35
_TWO = 2
_DENSE = 0.3
_MAX_QUESTION_WORDS = 70


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What a line is for its neighbours.

    `lead` is the number of the line that heads a list of bullets; `body_start` the offset after a
    bullet mark or speaker label; `label` the label's text.
    """

    role: LineRole
    body_start: int = 0
    lead: int | None = None
    label: str | None = None


def plan_lines(lines: Sequence[Line], speech: Speech) -> list[LinePlan]:
    """The role of each line of an entry."""
    answers = _timed(lines, speech) or _labelled(lines, speech) or _alternating(lines)
    if answers is not None:
        return answers
    plans: list[LinePlan] = []
    lead: int | None = None
    for number, line in enumerate(lines):
        start = bullet_start(line.text, speech)
        if start:
            plans.append(LinePlan("bullet", start, lead))
            continue
        lead = number
        plans.append(LinePlan("prose"))
    return plans


def _timed(lines: Sequence[Line], speech: Speech) -> list[LinePlan] | None:
    """Roles in a transcript whose turns open with a name and a time, or None for other pages.

    Turns of nobody known ("Speaker 2") are taken for questions: nothing in them can be attributed.
    """
    found = [_TIMED.match(line.text) for line in lines]
    turns = [(i, match[1]) for i, match in enumerate(found) if match]
    said = Counter(name for _, name in turns)
    if len(turns) < _FEW_LABELS or len(said) < _TWO:
        return None
    asked: Counter[str] = Counter()
    for (first, name), (end, _) in pairwise([*turns, (len(lines), "")]):
        asked[name] += any(line.text.endswith("?") for line in lines[first:end])
    silent = {n for n in said if asked[n] * 2 > said[n] or _NOBODY.match(n) or _says_asking(n, speech)}
    plans: list[LinePlan] = []
    label: str | None = None
    for match in found:
        label = match[1] if match else label
        if label is None:
            plans.append(LinePlan("prose"))
        elif label in silent:
            plans.append(LinePlan("question"))
        else:
            plans.append(LinePlan("answer", match.end() if match else 0, None, label))
    return plans


def _labels(lines: Sequence[Line]) -> list[re.Match[str] | None]:
    """What may be a label at the opening of each line; a bare "A" is one only where a bare "Q" asks."""
    found = [_LABEL.match(line.text) for line in lines]
    bare = {m.group(3) for m in found if m is not None}
    return [m if m is None or m.group(3) != "A" or "Q" in bare else None for m in found]


def bullet_start(text: str, speech: Speech) -> int:
    """Offset of the text after a bullet mark and its space, 0 where the line has none."""
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        return numbered.end()
    if text[:1] not in speech.bullets:
        return 0
    match = re.match(r"(?:--|\S)\s+", text)
    return match.end() if match else 0


# "(a) Recalled ...", "iv) ...", "3. ...": the marks of paragraphs in communiqués and of numbered points.
_NUMBERED = re.compile(
    r"(?:\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.)\s+(?=\S)"
)


def _labelled(lines: Sequence[Line], speech: Speech) -> list[LinePlan] | None:
    """Roles on a page whose paragraphs open with a speaker's label, or None for other pages.

    Labels must recur: one that does, beside a question's, is enough; a single "Note:" is none.
    """
    labels = _labels(lines)
    sure = any(m is not None and _names_office(_name(m), speech) for m in labels)
    if sure:
        labels = [m if m is not None and _name(m).isupper() else None for m in labels]
    elif introduced := _introduced(lines, labels, speech):
        labels, sure = introduced, True
    found = [(i, _key(_name(m))) for i, m in enumerate(labels) if m]
    counts = Counter(key for _, key in found)
    repeated = [key for key, count in counts.items() if count >= 2]
    full = _full_labels(labels)
    # One label may be enough where the questions between its answers carry none.
    plain = {i - 1 for i, _ in found if i and not labels[i - 1] and lines[i - 1].text.rstrip().endswith("?")}
    if len(plain) >= max(2, len(found) // 3) and repeated:
        return _answered(lines, labels, plain, full)
    said = {key for key in counts if _says_asking(full[key], speech)}
    asking = said | _who_ask(counts, lines, labels)
    if len(counts) < _TWO:
        return None
    first, last = found[0][0], found[-1][0]
    # An office with a name opens a turn of a transcript, however long the turns are.
    if not sure:
        if len(found) < (_FEW_LABELS if said else _MIN_LABELS) or not repeated:
            return None
        if len(found) < _LABELLED_SHARE * (last - first + 1) or (not asking and len(repeated) < _TWO):
            return None
    plans: list[LinePlan] = []
    role: LineRole = "prose"
    label: str | None = None
    answering = {key for key in counts if key not in asking}
    for number, match in enumerate(labels):
        start = 0
        if match:
            label, start = full[_key(_name(match))], match.end()
            role = "question" if _key(_name(match)) in asking else "answer"
        elif role == "answer" and _narrates(lines[number], number > last, answering):
            plans.append(LinePlan("prose"))
            continue
        plans.append(LinePlan(role, start, None, label if role == "answer" else None))
    return plans


def _key(label: str) -> str:
    """What the labels of one speaker share: "JANE ROE, MINISTER OF TRADE" speaks on as "ROE" or "MS. ROE"."""
    name = label.partition(",")[0]
    return name.split()[-1].strip(".,").lower()


def _full_labels(labels: Sequence[re.Match[str] | None]) -> dict[str, str]:
    """By speaker, the label that says most of him."""
    full: dict[str, str] = {}
    for match in labels:
        if match is not None:
            label = _name(match)
            full[_key(label)] = max(full.get(_key(label), label), label, key=len)
    return full


def _says_asking(label: str, speech: Speech) -> bool:
    """Whether a label says that its bearer asks: "QUESTION", "JANE ROE, HOST"."""
    name, _, office = label.lower().partition(",")
    return name in speech.question_labels or not speech.question_labels.isdisjoint(office.split())


_SPEAKING_SELF = frozenset({"i", "we", "my", "our", "me", "us", "you", "your"})


def _narrates(line: Line, after: bool, answering: set[str]) -> bool:
    """Whether a line with no label tells of the conversation: it names who answers, or stands below the last.

    What goes on with an answer speaks as "I" or "we", or stands between labels.
    """
    if any(t.lower_ in _SPEAKING_SELF and not line.quoted(t) and t.text != "US" for t in line.doc):
        return False
    named = any(t.lower_ in answering and t.text[:1].isupper() and not line.quoted(t) for t in line.doc)
    return after or named


def _names_office(label: str, speech: Speech) -> bool:
    """Whether a label in capitals is a name with an office: "JANE ROE, MINISTER OF TRADE", "MINISTER ROE"."""
    words = [word.strip(".").lower() for word in label.partition(",")[0].split()]
    if not label.isupper() or len(words) < _TWO or not _IN_HEADINGS.isdisjoint(words):
        return False
    office = {word.strip(".,").lower() for word in label.partition(",")[2].split()}
    return not office.isdisjoint(speech.turn_titles | speech.question_labels) or not (
        speech.turn_titles.isdisjoint(words[:-1])
    )


_IN_HEADINGS = frozenset({"in", "on", "at", "the", "a", "an", "to", "for", "and", "by", "is", "from", "with"})
"""Words of headings in capitals, and of no name with its title."""


def _introduced(
    lines: Sequence[Line], labels: Sequence[re.Match[str] | None], speech: Speech
) -> list[re.Match[str] | None]:
    """Labels that are an office and a name each, if there are two and their bearers say "I" or "we".

    "President of Peru Ada Ngo: Thank you.", as the sites of presidents and ministers write.
    """
    found = [m if m is not None and _opens_with_office(_name(m), speech) else None for m in labels]
    turns = [i for i, m in enumerate(found) if m is not None]
    named = {_key(_name(m)) for m in found if m is not None}
    own = sum(any(_first_person(line) for line in lines[i : i + _TWO]) for i in turns)
    return found if len(named) >= _TWO and own * 2 > len(turns) else []


def _opens_with_office(label: str, speech: Speech) -> bool:
    words = label.split()
    return len(words) > _TWO and any(w.strip(".,").lower() in speech.turn_titles for w in words[:-_TWO])


def _answered(
    lines: Sequence[Line],
    labels: Sequence[re.Match[str] | None],
    questions: set[int],
    full: Mapping[str, str],
) -> list[LinePlan]:
    """Roles where labels stand before the answers only."""
    plans: list[LinePlan] = []
    label: str | None = None
    for i, (line, match) in enumerate(zip(lines, labels, strict=True)):
        if match:
            label = full[_key(_name(match))]
            plans.append(LinePlan("answer", match.end(), None, label))
        elif i in questions or line.text.rstrip().endswith("?"):
            plans.append(LinePlan("question"))
        else:
            plans.append(LinePlan("prose") if label is None else LinePlan("answer", 0, None, label))
    return plans


def _name(match: re.Match[str]) -> str:
    label = match.group(1) or match.group(2) or match.group(3)
    return label[0] if match.group(2) else label


def _who_ask(
    counts: Mapping[str, int], lines: Sequence[Line], labels: Sequence[re.Match[str] | None]
) -> set[str]:
    """Speakers most of whose turns end with a question; of two, the one who asks at all."""
    asked: Counter[str] = Counter()
    for line, match in zip(lines, labels, strict=True):
        if match is not None and line.text.rstrip().endswith("?"):
            asked[_key(_name(match))] += 1
    if len(counts) == _TWO and len(asked) == 1:
        return set(asked)
    return {key for key, count in counts.items() if asked[key] * 2 > count}


def _alternating(lines: Sequence[Line]) -> list[LinePlan] | None:
    """Roles on a page of question lines, each followed by an answer in the first person, or None."""
    questions = [i for i, line in enumerate(lines) if _is_question(line)]
    answered = [
        i
        for i in questions
        if i + 1 < len(lines) and not _is_question(lines[i + 1]) and _first_person(lines[i + 1])
    ]
    if len(answered) < _MIN_QUESTIONS and not (
        len(answered) == _MIN_QUESTIONS - 1 and len(questions) >= _DENSE * len(lines)
    ):
        return None
    after = len(lines) - questions[0]
    if len(questions) * 6 < after:
        return None
    plans: list[LinePlan] = []
    asked = set(questions)
    for i, line in enumerate(lines):
        if i < questions[0]:
            plans.append(LinePlan("prose"))
        elif i in asked:
            plans.append(LinePlan("question"))
        elif (
            i > questions[-1] + 1
            and not _first_person(line)
            and line.text[-1:] != "?"
            and _third_person(line)
        ):
            plans.append(LinePlan("prose"))
        else:
            plans.append(LinePlan("answer"))
    return plans


def _is_question(line: Line) -> bool:
    text = line.text.rstrip('”"’ *')
    return (
        text.endswith("?")
        and len(line.text.split()) <= _MAX_QUESTION_WORDS
        and not line.text.startswith(("“", '"', "‘", "«"))
    )


def _first_person(line: Line) -> bool:
    """Whether the words outside quotation marks speak as "I" or "we" or address "you"."""
    return any(
        t.lower_ in {"i", "we", "my", "our", "me", "us", "you", "yes", "no"}
        and not line.quoted(t)
        and t.text != "US"
        for t in line.doc
    )


def _third_person(line: Line) -> bool:
    return not any(t.lower_ in {"i", "we", "my", "our"} for t in line.doc)
