"""Column lineage for Dagster's UI: which columns upstream each column of a table is read from."""

from collections.abc import Mapping

import dagster as dg

from pipeline.contract.schema import Table

_TEXT = dg.TableColumnDep("documents", "text")
# What a stage reads where the contract names nothing nearer; `None`: known to no column upstream.
_READ: Mapping[str, dg.TableColumnDep | None] = {
    "raw": dg.TableColumnDep("raw_files", "path"),
    "clean": dg.TableColumnDep("raw_documents", "text"),
    "extract": _TEXT,
    "reference": None,
    "quality": None,
}


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Foreign keys lead to the column they repeat, evidence and offsets to the text, others to what is read.

    Raise KeyError for a table of a stage that is not known here.
    """
    spans = {name for span in table.spans for name in (span.start, span.end, span.text) if name}
    read = _READ[table.stage]
    deps: dict[str, list[dg.TableColumnDep]] = {}
    for column in table.columns:
        reference = column.references
        if reference is not None and reference.table != table.name:
            deps[column.name] = [dg.TableColumnDep(reference.table, reference.column)]
        elif column.name in spans and table.name != "blocks":
            deps[column.name] = [_TEXT]
        elif read is not None:
            deps[column.name] = [read]
    return dg.TableColumnLineage(deps)
