"""The metadata file beside an input: what it says of one document, or of all records of a file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from pipeline.ingest.model import Sidecar

FieldName = Literal["text", "html", "url", "title", "published", "publisher", "authors", "language"]


class Beside(Sidecar):
    """``<stem>.meta.yaml``: what is true of every document in the file, and how its fields are named.

    `fields` and `delimiter` are for files of records (JSON Lines, CSV, Parquet) alone.
    """

    fields: dict[FieldName, str] | None = None
    """Ours -> theirs; a dot leads into a JSON object. Those not named are looked for by default names."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """What stands between the values of a CSV row."""

    @field_validator("fields")
    @classmethod
    def _named(cls, value: dict[FieldName, str] | None) -> dict[FieldName, str] | None:
        if value is not None and not all(name.strip() for name in value.values()):
            raise ValueError("a field has no name")
        return value

    @property
    def sidecar(self) -> Sidecar | None:
        """What it says of the documents; None if it only names fields."""
        plain = Sidecar.model_construct(**{name: getattr(self, name) for name in Sidecar.model_fields})
        return None if plain == Sidecar() and self.maps else plain

    @property
    def maps(self) -> bool:
        """Whether it says something of records and their fields."""
        return self.fields is not None or self.delimiter is not None
