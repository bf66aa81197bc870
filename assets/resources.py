"""What runs are given: the corpus and its settings, and the store in which stages leave their frames."""

import os
from collections.abc import Iterable
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.digests import file_digest
from pipeline.parts import Written
from pipeline.reader.config import as_env, reader_from_env
from pipeline.settings import Settings, seeds_of


class Corpus(dg.ConfigurableResource):
    """Settings of one corpus, as shown and changeable in the UI."""

    seeds: str
    feeds: str
    warehouse: str
    domain: str
    reference: str
    model: str
    max_bytes: int
    max_expanded_bytes: int
    workers: str
    max_seconds: int
    max_memory: int
    cluster: str | None
    export_text: bool
    publish_to: str | None
    reader: dict[str, str]
    """Settings of the reader as environment variables, without the key."""

    @classmethod
    def of(cls, settings: Settings) -> "Corpus":
        """The resource that holds `settings`."""
        return cls(
            seeds=str(settings.seeds),
            feeds=str(settings.feeds),
            warehouse=str(settings.warehouse),
            domain=settings.domain,
            reference=str(settings.reference),
            model=settings.model,
            max_bytes=settings.max_bytes,
            max_expanded_bytes=settings.max_expanded_bytes,
            workers=settings.workers,
            max_seconds=settings.max_seconds,
            max_memory=settings.max_memory,
            cluster=settings.cluster,
            export_text=settings.export_text,
            publish_to=settings.publish_to,
            reader=as_env(settings.reader),
        )

    def settings(self) -> Settings:
        """The settings for `pipeline`."""
        return Settings(
            seeds=seeds_of(self.seeds),
            feeds=Path(self.feeds),
            warehouse=Path(self.warehouse),
            domain=self.domain,
            reference=Path(self.reference),
            model=self.model,
            max_bytes=self.max_bytes,
            max_expanded_bytes=self.max_expanded_bytes,
            workers=self.workers,
            max_seconds=self.max_seconds,
            max_memory=self.max_memory,
            cluster=self.cluster,
            export_text=self.export_text,
            publish_to=self.publish_to,
            reader=reader_from_env(self.reader, Path(self.warehouse)),
        )


class Stages(dg.ConfigurableResource):
    """Frames of stages as Parquet files, one an asset, replaced whole."""

    folder: str

    def path(self, name: str) -> Path:
        """File of an asset."""
        return Path(self.folder) / f"{name}.parquet"

    def read(self, name: str) -> pl.DataFrame:
        """The frame of an asset; raise FileNotFoundError if it was never made."""
        return pl.read_parquet(self.path(name))

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Write beside the file and rename, so that nobody reads half a frame."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}")
        frame.write_parquet(new)
        new.replace(path)

    def take(self, name: str, written: Written) -> None:
        """Put a file that was written in parts in the place of the asset's."""
        written.path.replace(self.path(name))

    def exists(self, name: str) -> bool:
        """Whether the asset was ever made."""
        return self.path(name).is_file()

    def fingerprint(self, name: str) -> str:
        """Digest of an asset's file: what a check has looked at, and what is published, must be the same."""
        return file_digest(self.path(name))

    def fingerprints(self, names: Iterable[str]) -> dict[str, str]:
        """Digests of several assets' files, by name."""
        return {name: self.fingerprint(name) for name in names}

    def notes(self, step: str) -> Path:
        """File in which a step notes what it made, and out of what."""
        return Path(self.folder) / "steps" / f"{step}.json"


class StageStore(dg.ConfigurableIOManager):
    """Hands the frames of assets from step to step.

    It has the folder of its own: given the other resource, Dagster would use what it warns of itself.
    """

    folder: str

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame | Written) -> None:
        """Keep the frame of an asset, or the file that holds it already."""
        stages, name = Stages(folder=self.folder), context.asset_key.path[-1]
        if isinstance(obj, Written):
            stages.take(name, obj)
        else:
            stages.write(name, obj)

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        """The frame of an upstream asset."""
        return Stages(folder=self.folder).read(context.asset_key.path[-1])
