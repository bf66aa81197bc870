"""Structure that attributes without syntax: headed lists, question-and-answer pages, lines that lead in others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.frames import Line

LineRole = Literal["prose", "bullet", "question", "answer"]

_LABEL = re.compile(r"^([A-Z][\w.’'\-]*(?: [A-Z][\w.’'\-]*){0,4}|Q|A)\s?:\s+(?=\S)")
_MIN_QUESTIONS = 3
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
    answers = _labelled(lines, speech) or _alternating(lines)
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


def bullet_start(text: str, speech: Speech) -> int:
    """Offset of the text after a bullet mark and its space, 0 where the line has none."""
    if text[:1] not in speech.bullets:
        return 0
    match = re.match(r"\S\s+", text)
    return match.end() if match else 0


def _labelled(lines: Sequence[Line], speech: Speech) -> list[LinePlan] | None:
    """Roles on a page whose paragraphs open with a speaker's label, or None for other pages."""
    labels = [_LABEL.match(line.text) for line in lines]
    names = [m.group(1) for m in labels if m]
    counts = {name: names.count(name) for name in set(names)}
    repeated = [n for n, c in counts.items() if c >= 2]
    if len(repeated) < 2 or sum(counts[n] for n in repeated) < 2 * _MIN_QUESTIONS:
        return None
    asking = {n for n in repeated if n.lower() in speech.question_labels or _asks(n, lines, labels)}
    plans: list[LinePlan] = []
    role: LineRole = "prose"
    label: str | None = None
    for line, match in zip(lines, labels, strict=True):
        start = 0
        if match and match.group(1) in counts and (counts[match.group(1)] >= 2):
            label, start = match.group(1), match.end()
            role = "question" if label in asking else "answer"
        plans.append(LinePlan(role, start, None, label if role == "answer" else None))
    return plans


def _asks(name: str, lines: Sequence[Line], labels: Sequence[re.Match[str] | None]) -> bool:
    own = [line.text for line, m in zip(lines, labels, strict=True) if m and m.group(1) == name]
    return sum(text.rstrip().endswith("?") for text in own) * 2 > len(own)


def _alternating(lines: Sequence[Line]) -> list[LinePlan] | None:
    """Roles on a page of question lines, each followed by an answer in the first person, or None."""
    questions = [i for i, line in enumerate(lines) if _is_question(line)]
    answered = [i for i in questions if i + 1 < len(lines) and not _is_question(lines[i + 1]) and _first_person(lines[i + 1])]
    if len(answered) < _MIN_QUESTIONS:
        return None
    after = sum(1 for i in range(questions[0], len(lines)))
    if len(questions) * 6 < after:
        return None
    plans: list[LinePlan] = []
    for i, line in enumerate(lines):
        if i < questions[0]:
            plans.append(LinePlan("prose"))
        elif i in set(questions):
            plans.append(LinePlan("question"))
        elif i > questions[-1] + 1 and not _first_person(line) and line.text[-1:] != "?" and _third_person(line):
            plans.append(LinePlan("prose"))
        else:
            plans.append(LinePlan("answer"))
    return plans


def _is_question(line: Line) -> bool:
    text = line.text.rstrip("”\"’ *")
    return text.endswith("?") and len(line.text.split()) <= _MAX_QUESTION_WORDS and not line.text.startswith(("“", '"', "‘", "«"))


def _first_person(line: Line) -> bool:
    """Whether the words outside quotation marks speak as "I" or "we" or address "you"."""
    return any(t.lower_ in {"i", "we", "my", "our", "me", "us", "you", "yes", "no"} and not line.quoted(t) and t.text != "US" for t in line.doc)


def _third_person(line: Line) -> bool:
    return not any(t.lower_ in {"i", "we", "my", "our"} for t in line.doc)
