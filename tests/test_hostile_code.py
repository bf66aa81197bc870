"""What the code never does, read off its syntax: run data, unpickle, make SQL of data, start a shell."""

import ast
import functools
from collections.abc import Iterator

import pytest

from tests.attack_strings import PACKAGES, ROOT

BANNED_CALLS = frozenset({"eval", "exec", "compile", "__import__", "input"})
BANNED_MODULES = frozenset(
    {"pickle", "cPickle", "dill", "shelve", "marshal", "cloudpickle", "joblib", "jsonpickle"}
)
BANNED_METHODS = {
    "yaml": frozenset({"load_all", "unsafe_load", "unsafe_load_all", "full_load", "full_load_all"}),
    "os": frozenset({"system", "popen", "execv", "execl", "spawnl", "spawnv"}),
    "tempfile": frozenset({"mktemp"}),
    "pl": frozenset({"read_ndjson_unsafe"}),
}
SQL_METHODS = frozenset({"execute", "executemany", "sql", "query", "from_query", "execute_batch"})
SQL_FROM_NAMES = {
    "pipeline/contract/ddl.py",
    "pipeline/renewal.py",
    "pipeline/warehouse.py",
    "pipeline/views.py",
    "expectations/files.py",
    "dashboard/changes.py",
}
"""Files whose SQL is put together, all of it from the contract's names and the project's own descriptions."""
CONTRACT_WORDS = {
    "about", "column", "create_table", "declared", "described", "literal",
    "mismatches_sql", "name", "names", "relation", "tables", "tables_read", "con", "text", "view",
    "warnings_sql", "into",
    "_mismatches_sql", "_thresholds_sql", "reference", "_warnings_sql", "file",
    # Differences of tables: names of the contract; views' own definitions; a file's path as a literal.
    "_difference", "_named", "_same_key", "_temporary", "alike", "c", "difference", "in_place", "k", "rows",
    "select", "source", "target", "here", "key", "keyed", "query", "scan", "table", "touched",
}  # fmt: skip
"""What stands in the holes of such SQL: names of tables, columns, views, and `literal` of a description."""


@functools.cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8")))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    )


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{name}:{node.lineno}", node


def test_nothing_is_evaluated():
    found = [
        (where, node.func.id)
        for where, node in calls()
        if isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS
    ]
    assert found == []


def test_nothing_is_unpickled():
    found = []
    for name, tree in sources():
        for node in ast.walk(tree):
            modules = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            found += [(name, m) for m in modules if m.split(".")[0] in BANNED_MODULES]
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                found.append((name, "allow_pickle"))
    assert found == []


def test_yaml_is_read_in_one_place_by_the_safe_loader():
    used = {}
    for name, tree in sources():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "yaml"
            ):
                used.setdefault(name, set()).add(node.attr)
    reading = {
        name for name, attributes in used.items() if attributes & {"load", "safe_load", "parse", "compose"}
    }
    assert reading == {"pipeline/reference.py"}
    from pipeline.reference import _LOADER

    assert "Safe" in _LOADER.__name__


@pytest.mark.parametrize("module", sorted(BANNED_METHODS))
def test_functions_that_trust_their_input_are_not_called(module):
    found = [
        (where, node.func.attr)
        for where, node in calls()
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == module
        and node.func.attr in BANNED_METHODS[module]
    ]
    assert found == []


def test_no_shell_is_started():
    found = [
        where
        for where, node in calls()
        for keyword in node.keywords
        if keyword.arg == "shell"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    assert found == []


def put_together(node: ast.expr) -> bool:
    """Whether an expression joins strings: an f-string, a sum, a percent, a format."""
    return (
        (isinstance(node, ast.JoinedStr) and any(isinstance(v, ast.FormattedValue) for v in node.values))
        or isinstance(node, ast.BinOp)
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"format", "join"}
        )
    )


def sql_calls() -> Iterator[tuple[str, ast.expr]]:
    for where, node in calls():
        if isinstance(node.func, ast.Attribute) and node.func.attr in SQL_METHODS and node.args:
            yield where, node.args[0]


def test_sql_is_not_made_from_data():
    found = []
    for where, query in sql_calls():
        if not put_together(query):
            continue
        # A module's own constants are no data.
        words = {n.id for n in ast.walk(query) if isinstance(n, ast.Name) and not n.id.strip("_").isupper()}
        if words and (where.split(":")[0] not in SQL_FROM_NAMES or not words <= CONTRACT_WORDS):
            found.append((where, ast.unparse(query)))
    assert found == []
    assert len(list(sql_calls())) > 15


@pytest.mark.parametrize(
    ("code", "expected"),
    [('f"SELECT {x}"', True), ('"SELECT " + x', True), ('"%s" % x', True), ('"{}".format(x)', True),
     ('"SELECT 1"', False), ("query", False), ('f"SELECT 1"', False)],
)  # fmt: skip
def test_joined_strings_are_seen(code, expected):
    assert put_together(ast.parse(code, mode="eval").body) is expected
