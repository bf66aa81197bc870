"""Tables of one generation joined and ordered for reading: what every page starts from."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import polars as pl

from dashboard.changes import changes
from dashboard.source import Generation

UNKNOWN_PUBLISHER: Final = "publisher not known"


class Corpus:
    """One generation of exports with what pages share; frames are made when first asked for, and kept.

    Rows of near-duplicate documents are left out of `statements`, `positions` and `mentions`, as they are
    of the views in the database, so that each text counts once.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    def table(self, name: str) -> pl.DataFrame:
        """A table as exported; see `Generation.table`."""
        return self.generation.table(name)

    @cached_property
    def documents(self) -> pl.DataFrame:
        """`documents` without the text, the publisher never null."""
        return (
            self.table("documents")
            .drop("text")
            .with_columns(pl.col("publisher").fill_null(UNKNOWN_PUBLISHER))
        )

    @cached_property
    def texts(self) -> dict[str, str] | None:
        """Text of each document by key; None if the exports do not carry texts."""
        carried = self.table("documents").filter(pl.col("text").is_not_null())
        return dict(carried.select("document_id", "text").iter_rows()) if carried.height else None

    @cached_property
    def n_duplicates(self) -> int:
        """Documents that nearly repeat another."""
        return self.documents.height - self.documents["duplicate_of"].null_count()

    @cached_property
    def _sources(self) -> pl.DataFrame:
        return self.documents.filter(pl.col("duplicate_of").is_null()).select(
            "document_id", "publisher", "title", "source_file", "url"
        )

    @cached_property
    def statements(self) -> pl.DataFrame:
        """`statements` with publisher, title, source_file and url of the document."""
        return self.table("statements").join(self._sources, on="document_id", maintain_order="left")

    @cached_property
    def statement_places(self) -> dict[str, int]:
        """Where in the table `statements` each of its rows stands."""
        return {key: place for place, key in enumerate(self.table("statements")["statement_id"])}

    @cached_property
    def searchable(self) -> pl.Series:
        """For each row of `statements`, the text that is searched: content and speaker, folded."""
        joined = self.statements.select(pl.concat_str("content", "speaker_name", separator=" \n"))
        return joined.select(folded(pl.first())).to_series()

    @cached_property
    def chronology(self) -> pl.DataFrame:
        """`block_id` and `time_no`: lines in order of time, entries of feeds that grow upwards reversed."""
        blocks = self.table("blocks")
        dated = blocks.filter(pl.col("entry_date").is_not_null())
        upwards = dated.group_by("document_id").agg(
            is_newest_first=(
                pl.col("entry_date").sort_by("block_no").first()
                > pl.col("entry_date").sort_by("block_no").last()
            )
        )
        # What stands above the first entry is the latest of a feed that grows upwards, else the earliest.
        entry = (
            pl.when(pl.col("is_newest_first").fill_null(False))
            .then((-pl.col("entry_no")).fill_null(1))
            .otherwise(pl.col("entry_no").fill_null(-1))
        )
        return (
            blocks.join(upwards, on="document_id", how="left")
            .sort("document_id", entry, "block_no")
            .select("block_id", pl.int_range(pl.len()).over("document_id").alias("time_no"))
        )

    @cached_property
    def positions(self) -> pl.DataFrame:
        """`issue_positions` with the issue's label, the document's facts and `time_no`."""
        return (
            self.table("issue_positions")
            .join(self._sources, on="document_id")
            .join(self.issues, on="issue_id", how="left")
            .join(self.chronology, on="block_id", how="left")
            .with_columns(pl.col("issue").fill_null(pl.col("issue_id")))
        )

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Changes of stance: the rows of `position_changes` in the database."""
        return changes(self.table)

    @cached_property
    def issues(self) -> pl.DataFrame:
        """`issue_id`, `issue` (its label) and `proposition`."""
        return self.table("issues").rename({"label": "issue"})

    @cached_property
    def meetings(self) -> pl.DataFrame:
        """`meetings` as exported."""
        return self.table("meetings")

    @cached_property
    def participants(self) -> pl.DataFrame:
        """`meeting_participants` under the names of their entities, once per meeting."""
        names = self.table("entities").select("entity_id", entity="name")
        return (
            self.table("meeting_participants")
            .join(names, on="entity_id", how="left")
            .with_columns(name=pl.coalesce("entity", "name"))
            .drop("entity")
            .unique(["meeting_id", "name"], keep="first", maintain_order=True)
        )

    @cached_property
    def mentions(self) -> pl.DataFrame:
        """`meeting_mentions` with the document's facts, `asserted_by` (a speaker, or null) and `time_no`."""
        speakers = self.table("statements").select("statement_id", asserted_by="speaker_name")
        return (
            self.table("meeting_mentions")
            .join(self._sources, on="document_id")
            .join(self.chronology, on="block_id", how="left")
            .join(speakers, on="statement_id", how="left")
        )

    @cached_property
    def parties(self) -> dict[str, str]:
        """Readable name of a party code: that of the government most mentioned for it, if there is one."""
        governments = self.table("entities").filter(
            (pl.col("kind") == "government") & pl.col("party").is_not_null()
        )
        top = governments.sort("n_mentions", "name", descending=[True, False]).unique(
            "party", keep="first", maintain_order=True
        )
        return dict(top.select("party", "name").iter_rows())

    def party_label(self, code: str | None) -> str:
        """“Russia (RU)”, or the code alone where no name is known."""
        if code is None:
            return "no party"
        name = self.parties.get(code)
        return f"{name} ({code})" if name else code


def folded(column: pl.Expr) -> pl.Expr:
    """Lower case without accents, so that `orban` finds `Orbán`."""
    return column.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
