"""Faults of a pack, all at once: each with a code, the file, the key, and what is wrong there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.contract.fields import PARTY
from pipeline.domain import Actors, DatesFile, Manifest, PlacesFile, QuestionsFile, load_domain
from pipeline.errors import ParleyError, ReferenceDataError
from pipeline.extract.positions.patterns import compile_pattern
from pipeline.extract.positions.similarity import FEWEST
from pipeline.extract.positions.vocabulary import IssuesFile
from pipeline.known import party_codes
from pipeline.reference import parse_yaml
from pipeline.settings import Settings

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_SHOWN_NUMBER: Final = 10**18
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a pack. `is_error`: it cannot be used so; else something that is likely a slip."""

    code: str
    file: str
    key: str
    detail: str
    is_error: bool = True

    def __str__(self) -> str:
        kind = "error" if self.is_error else "warning"
        return f"{kind:8s}{self.file}: {self.key or '(whole file)'}: {self.detail} [{self.code}]"


def check_pack(settings: Settings) -> list[Fault]:
    """All faults of the pack that the settings name; empty if there is nothing to say."""
    folder = settings.domain_folder
    faults: list[Fault] = []
    manifest = _read(folder / "pack.yaml", Manifest, faults)
    issues = _read(folder / "issues.yaml", IssuesFile, faults)
    if manifest is None:
        return faults
    if manifest.id != folder.name:
        faults.append(
            Fault("pack_id", "pack.yaml", "id", f"{manifest.id!r} is not the folder's name, {folder.name!r}")
        )
    _optional(folder, manifest.actors, Actors, faults)
    _optional(folder, manifest.places, PlacesFile, faults)
    dates = _optional(folder, manifest.dates, DatesFile, faults)
    questions = _optional(folder, manifest.questions, QuestionsFile, faults)
    ids = {issue.id for issue in issues.issues} if issues is not None else set()
    if issues is not None:
        faults += _issues(issues)
        named = [(manifest.dates, f"dates.{n}", d.issues) for n, d in enumerate(dates.dates if dates else ())]
        asked = questions.questions if questions else ()
        named += [(manifest.questions, f"questions.{n}", q.issues) for n, q in enumerate(asked)]
        for file, key, own in named:
            for issue in sorted(set(own) - ids):
                faults.append(Fault("issue_unknown", file or "", f"{key}.issues", f"no issue {issue!r}"))
    if questions is not None:
        faults += _sql(manifest.questions or "", questions)
    if not any(fault.is_error for fault in faults):
        try:
            faults += _against_reference(settings, manifest, issues)
        except ParleyError as error:
            faults.append(Fault(error.code, "pack.yaml", "", error.message))
    return faults


def _read(path: Path, model: type[M], faults: list[Fault]) -> M | None:
    """The file, or None with every fault of it noted."""
    try:
        data = parse_yaml(path)
    except OSError as error:
        faults.append(Fault("file_missing", path.name, "", f"cannot be read: {error.strerror}"))
        return None
    except UnicodeDecodeError as error:
        faults.append(Fault("file_not_utf8", path.name, "", f"is not UTF-8 at byte {error.start}"))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or (str(error) if mark is None else "not readable")
        faults.append(Fault("yaml_unreadable", path.name, where, str(problem)))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for each in error.errors():
            key = ".".join(str(part) for part in each["loc"])
            given = each.get("input")
            shown = f", not {given!r}" if isinstance(given, str | float | bool | None) else ""
            if isinstance(given, int) and abs(given) <= _SHOWN_NUMBER:
                shown = f", not {given}"
            faults.append(Fault(f"schema_{each['type']}", path.name, key, each["msg"] + shown))
        return None


def _optional(folder: Path, name: str | None, model: type[M], faults: list[Fault]) -> M | None:
    return None if name is None else _read(folder / name, model, faults)


def _issues(file: IssuesFile) -> Iterator[Fault]:
    """Slips in ids, terms, sets and references within `issues.yaml`."""
    name = "issues.yaml"
    counts = Counter(issue.id for issue in file.issues)
    used: set[str] = set()
    for word in (*file.anchors, *file.home):
        if word != word.lower() or " " in word:
            yield Fault("anchor_form", name, "anchors", f"{word!r} must be one word in lower case")
    for n, issue in enumerate(file.issues):
        key = f"issues.{n} ({issue.id})"
        if not _ID.fullmatch(issue.id):
            yield Fault("issue_id", name, key, "an id is lower-case letters, digits and underscores")
        if counts[issue.id] > 1:
            yield Fault("issue_twice", name, key, "another issue has the same id")
        if not issue.terms:
            few = len(file.issues) < FEWEST
            told = f"and in a pack of fewer than {FEWEST} issues none does" if few else "which finds few"
            yield Fault(
                "issue_without_terms", name, key, f"only words of its proposition can name it, {told}", few
            )
        for other in sorted(set(issue.yields_to) - set(counts)):
            yield Fault("issue_unknown", name, f"{key}.yields_to", f"no issue {other!r}")
        for t, term in enumerate(issue.terms):
            at = f"{key}.terms.{t}"
            if not term.any:
                yield Fault("term_empty", name, f"{at}.any", "holds no pattern")
            for pattern in term.any:
                used |= {w[1:].removesuffix("?") for w in re.split(r"[\s|]+", pattern) if w.startswith("@")}
                try:
                    compile_pattern(pattern, file.sets)
                except ReferenceDataError as error:
                    yield Fault(error.code, name, f"{at}.any", error.message)
            for field, words in (("require", term.require), ("forbid", term.forbid)):
                for word in words:
                    if word != word.lower() or " " in word:
                        yield Fault(
                            "word_form", name, f"{at}.{field}", f"{word!r} must be one word in lower case"
                        )
    for unused in sorted(set(file.sets) - used):
        yield Fault("set_unused", name, f"sets.{unused}", "no pattern uses it", is_error=False)
    if file.issues and not file.anchors:
        yield Fault("no_anchors", name, "anchors", "none: every page is taken to be on topic", is_error=False)


def _sql(name: str, file: QuestionsFile) -> Iterator[Fault]:
    """Questions whose SQL an empty database cannot run."""
    import duckdb

    from pipeline.warehouse import create_all

    with duckdb.connect() as con:
        create_all(con)
        # The SQL is the pack's: it may ask the tables, and read or write nothing else.
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        for n, question in enumerate(file.questions):
            try:
                con.execute(question.sql).fetchall()
            except duckdb.Error as error:
                yield Fault("question_sql", name, f"questions.{n}.sql", str(error).splitlines()[0])


def _against_reference(settings: Settings, manifest: Manifest, file: IssuesFile | None) -> Iterator[Fault]:
    """What the pack names that neither it nor the reference data defines."""
    pack = load_domain(settings)
    codes, states = party_codes(pack), {country.code for country in pack.countries}
    roles = {noun for role in pack.roles for noun in (role.noun, *role.aliases)}
    reference = {code for body in pack.organisations if (code := body.party) is not None} | states
    actors = manifest.actors or ""
    own = load_own(settings.domain_folder, manifest.actors)
    for n, person in enumerate(own.people):
        key = f"people.{n} ({person.name})"
        for party in (person.party, *(office.party for office in person.offices)):
            if party is None:
                continue
            if not re.fullmatch(PARTY, party):
                yield Fault("party_form", actors, f"{key}.party", f"{party!r} is no code such as UA or NATO")
            elif party not in reference:
                yield Fault(
                    "party_unknown", actors, f"{key}.party",
                    f"{party!r} is no state and no institution's party; define one if it is meant", False,
                )  # fmt: skip
        for office in person.offices:
            if office.title not in roles and office.title.split()[-1] not in roles:
                yield Fault(
                    "role_unknown", actors, f"{key}.offices",
                    f"{office.title!r} is no role noun, so no text leads to it", False,
                )  # fmt: skip
    for n, body in enumerate(own.institutions):
        if body.party is not None and not re.fullmatch(PARTY, body.party):
            yield Fault(
                "party_form", actors, f"institutions.{n} ({body.name}).party",
                f"{body.party!r} is no code such as UA or NATO",
            )  # fmt: skip
    for place in load_places(settings.domain_folder, manifest.places):
        if place.country not in states:
            yield Fault("country_unknown", manifest.places or "", place.name, f"no state {place.country!r}")
    for state, bloc in manifest.allies_of.items():
        for code in sorted({state, bloc} - codes):
            yield Fault("party_unknown", "pack.yaml", "allies_of", f"no party {code!r}")
    for side in manifest.opponents:
        if side.party is not None and side.party not in codes:
            yield Fault("party_unknown", "pack.yaml", "opponents", f"no party {side.party!r}")
    for issue in file.issues if file is not None else ():
        parties: Iterable[Any] = (issue.document_of, *(a for term in issue.terms for a in term.agents))
        for code in sorted({p for p in parties if p is not None} - codes):
            yield Fault("party_unknown", "issues.yaml", issue.id, f"no party {code!r}")


def load_own(folder: Path, name: str | None) -> Actors:
    """The pack's own actors, without those of the reference data."""
    return Actors() if name is None else Actors.model_validate(_yaml(folder / name))


def load_places(folder: Path, name: str | None) -> tuple[Any, ...]:
    """The pack's own places."""
    return () if name is None else PlacesFile.model_validate(_yaml(folder / name)).places


def _yaml(path: Path) -> Any:
    return parse_yaml(path)
