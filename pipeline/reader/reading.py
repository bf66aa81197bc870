"""Reading a corpus with the reader: what it will cost, the questions, and the rows that come of them."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.domain import DomainPack
from pipeline.extract.positions import load_issues
from pipeline.extract.positions.vocabulary import Issue
from pipeline.guard import Guard, Lines, described
from pipeline.keys import known_holders
from pipeline.model import IssuePosition, Links, Page, SetAsideRow, Statement
from pipeline.reader import prompt
from pipeline.reader.answer import MalformedAnswerError, Reading, Refused, judge
from pipeline.reader.cache import AnswerCache, key_of, write_atomically
from pipeline.reader.client import Client, ReaderFaultError
from pipeline.reader.config import KEY_VARIABLE, ReaderSettings
from pipeline.reader.questions import Question, Withheld, load_words, questions_of
from pipeline.reader.rows import join, rows_of

REPORT = "last_run.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask: questions in the order in which they are asked, and what they would cost.

    `fresh` are those without a stored answer, of which the first `max_requests` are asked.
    """

    questions: tuple[Question, ...]
    fresh: int
    asked: int
    tokens_in: int
    tokens_out: int
    cost: float

    def told(self, settings: ReaderSettings) -> str:
        """The plan in a sentence or two, for people."""
        where = "this machine" if settings.is_local else settings.url
        priced = settings.price_in or settings.price_out
        cost = f"about {self.cost:.4f} at the prices set" if priced else "no prices set"
        cut = f"; {self.fresh - self.asked} more are over PARLEY_READER_MAX_REQUESTS" * (
            self.fresh > self.asked
        )
        return (
            f"Reader {settings.model} on {where}: {len(self.questions)} lines, "
            f"{len(self.questions) - self.fresh} answered before, {self.asked} to ask{cut}; "
            f"about {self.tokens_in:,} tokens out and {self.tokens_out:,} back, {cost}."
        )


@dataclass(slots=True)
class Report:
    """What a run asked and got; written to `last_run.json` beside the stored answers."""

    reader: str
    model: str
    rule: str
    lines: int = 0
    from_store: int = 0
    requests: int = 0
    answered: int = 0
    unanswered: int = 0
    rows: int = 0
    rows_with_rules: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    stopped: str | None = None
    not_stored: str | None = None

    def told(self) -> str:
        """The report in a sentence or two, for people."""
        refused = ", ".join(f"{n} {code}" for code, n in sorted(self.refused.items())) or "nothing"
        stopped = f" It stopped answering: {self.stopped}." if self.stopped else ""
        unanswered = f", {self.unanswered} without an answer" if self.unanswered else ""
        stopped += f" Answers could not be stored ({self.not_stored})." if self.not_stored else ""
        return (
            f"Reader {self.model}: {self.answered} of {self.lines} lines answered "
            f"({self.from_store} from the store{unanswered}), {self.requests} requests; "
            f"{self.rows} positions, refused or set aside: {refused}.{stopped}"
        )


@dataclass(frozen=True, slots=True)
class ReaderRows:
    """Positions of rules and reader together, what was set aside by the reader, and the report."""

    positions: tuple[IssuePosition, ...]
    set_aside: tuple[SetAsideRow, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a question: readings and refusals, or a fault (code, detail)."""

    readings: tuple[Reading, ...] = ()
    refused: tuple[Refused, ...] = ()
    fault: tuple[str, str] | None = None
    stored: bool = False


def say(line: str) -> None:
    """Print to standard error."""
    print(line, file=sys.stderr)


def plan(questions: Sequence[Question], issues: Sequence[Issue], settings: ReaderSettings) -> Plan:
    """Order the questions, those that name an issue first, and estimate what they cost; asks nothing."""
    cache = AnswerCache(settings.cache)
    ordered = sorted(questions, key=lambda q: not q.named)  # stable: reading order within
    fresh = [q for q in ordered if cache.get(_key(q, issues, settings)) is None]
    asked = fresh[: settings.max_requests]
    tokens_in = sum(prompt.tokens(q, issues) for q in asked)
    tokens_out = prompt.USUAL_ANSWER_TOKENS * len(asked)
    cost = (tokens_in * settings.price_in + tokens_out * settings.price_out) / 1e6
    return Plan(tuple(ordered), len(fresh), len(asked), tokens_in, tokens_out, cost)


def read_pages(
    pages: Iterable[Page],
    links: Mapping[str, Links],
    statements: Iterable[Statement],
    ruled: Sequence[IssuePosition],
    entity_ids: Collection[str],
    pack: DomainPack,
    settings: ReaderSettings,
    known: Mapping[str, Collection[str]],
    tell: Callable[[str], None] = say,
    key: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> ReaderRows:
    """Ask about every line worth asking about, and join the rows of the answers with those of the rules.

    A server that is dead, slow, wrong or hostile loses nothing: the rules' rows stay, and what the reader
    would have given is counted and listed among what was set aside.
    """
    issues = load_issues(pack.folder)
    ids = {issue.id for issue in issues.issues}
    words = load_words(pack.reference)
    told = _by_document(statements)
    questions: list[Question] = []
    withheld: list[Withheld] = []
    bare: dict[str, Page] = {}
    for page in pages:
        document_id = page.document.document_id
        own = links.get(document_id, Links(()))
        asked, held = questions_of(page, own, told.get(document_id, []), issues, words)
        questions += asked
        withheld += held
        if asked:
            bare[document_id] = Page(page.document, page.blocks, {})  # without parses: a corpus may be large
    planned = plan(questions, issues.issues, settings)
    tell(planned.told(settings))
    report = Report(settings.url, settings.model, settings.rule, lines=len(questions))
    guard = Guard("positions")
    refused: Counter[str] = Counter()

    def refuse(document_id: str | None, code: str, detail: str) -> None:
        refused[code] += 1
        guard.record(document_id, "issue_positions", settings.rule, code, detail)

    for line in withheld:
        refuse(line.document_id, "reader_withheld", f"line {line.block_no}: {line.detail}")
    outcomes = _ask(planned.questions, issues.issues, ids, settings, report, key, sleep)
    faults: Counter[tuple[str, str, str]] = Counter()
    read: dict[str, list[IssuePosition]] = {}
    answered: set[str] = set()
    for question, outcome in zip(planned.questions, outcomes, strict=True):
        page = bare[question.document_id]
        if outcome.fault is not None:
            faults[(question.document_id, *outcome.fault)] += 1
            continue
        answered.add(_block_id(page, question.block_no))
        for fault in outcome.refused:
            refuse(question.document_id, fault.code, f"line {question.block_no}: {fault.detail}")
        found = rows_of(outcome.readings, question, page, told.get(question.document_id, []), settings)
        sound = guard.keep("issue_positions", known_holders(found, entity_ids), known, Lines(page))
        read.setdefault(question.document_id, []).extend(sound)
    for (document_id, code, detail), n in faults.items():
        refuse(document_id, code, f"{n} line(s): {detail}")
        refused[code] += n - 1
    joined = join(ruled, [row for rows in read.values() for row in rows], answered, instead=settings.instead)
    for row, why in joined.replaced:
        refused["reader_differs"] += 1
        guard.record(
            row.document_id, "issue_positions", row.rule, "reader_differs", f"{row.position_id}: {why}"
        )
    report.answered = sum(outcome.fault is None for outcome in outcomes)
    report.unanswered = len(outcomes) - report.answered
    report.rows = sum(row.rule == settings.rule for row in joined.rows)
    report.rows_with_rules = len(joined.rows)
    report.refused = dict(sorted(refused.items()))
    tell(report.told())
    try:
        write_atomically(settings.cache / REPORT, asdict(report))
    except OSError as error:
        tell(f"The report of the reader could not be written: {error}.")
    return ReaderRows(joined.rows, guard.set_aside(), report)


def _ask(
    questions: Sequence[Question],
    issues: Sequence[Issue],
    ids: Collection[str],
    settings: ReaderSettings,
    report: Report,
    key: str | None,
    sleep: Callable[[float], None],
) -> list[_Outcome]:
    """Outcomes in the questions' order."""
    cache = AnswerCache(settings.cache)
    client = Client(settings, key if key is not None else os.environ.get(KEY_VARIABLE), sleep)

    def one(question: Question) -> _Outcome:
        messages, schema = prompt.messages(question, issues), prompt.schema(question, issues)
        at = key_of(settings, messages, schema)
        stored = cache.get(at)
        if stored is not None:
            try:
                return _Outcome(*judge(stored, question, ids), stored=True)
            except MalformedAnswerError:
                pass  # a file that somebody changed: asked again as if it were not there
        try:
            answer = client.ask(messages, schema)
            outcome = _Outcome(*judge(answer, question, ids))
        except ReaderFaultError as fault:
            return _Outcome(fault=(fault.code, fault.detail))
        except MalformedAnswerError as error:
            return _Outcome(fault=("reader_answer", str(error)))
        except Exception as error:  # whatever a server or its client thinks of, the rules' rows stay
            return _Outcome(fault=("reader_unavailable", described(error)))
        try:
            cache.put(at, settings, answer)
        except OSError as error:
            report.not_stored = f"{type(error).__name__}: {error.strerror}"
        return outcome

    try:
        with ThreadPoolExecutor(max_workers=settings.parallel) as pool:
            outcomes = list(pool.map(one, questions))
    finally:
        client.close()
    report.from_store = sum(outcome.stored for outcome in outcomes)
    report.requests = client.requests
    report.tokens_in, report.tokens_out = client.tokens_in, client.tokens_out
    report.cost = (client.tokens_in * settings.price_in + client.tokens_out * settings.price_out) / 1e6
    report.stopped = client.dead
    return outcomes


def _key(question: Question, issues: Sequence[Issue], settings: ReaderSettings) -> str:
    return key_of(settings, prompt.messages(question, issues), prompt.schema(question, issues))


def _block_id(page: Page, block_no: int) -> str:
    return next(b.block_id for b in page.blocks if b.block_no == block_no)


def _by_document(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.document_id, []).append(statement)
    return found


def metadata(report: Report) -> dict[str, Any]:
    """What of a report is shown beside the asset."""
    return {f"reader_{name}": value for name, value in asdict(report).items() if value not in (None, {}, 0)}
