"""What runs are given: the corpus and its settings, and the store in which stages leave their frames."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.digests import file_digest
from pipeline.parts import Written
from pipeline.reader.config import as_env, reader_from_env
from pipeline.settings import Settings, seeds_of
from pipeline.swap import LOCK_SECONDS, exclusive, storing, writing
from pipeline.tables import read


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

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Stages"]:
        """One run at a time: another waits, and gives up with the code ``publish_locked``.

        What a run that died left half-written is cleared away.
        """
        folder = Path(self.folder)
        with exclusive(folder, "run", LOCK_SECONDS, holder=context.run.run_id if context.run else None):
            for left in folder.glob(".*.parquet.*"):
                left.unlink(missing_ok=True)
            yield self

    def path(self, name: str) -> Path:
        """File of an asset."""
        return Path(self.folder) / f"{name}.parquet"

    def read(self, name: str) -> pl.DataFrame:
        """The frame of an asset; raise ContractError (``parquet_unreadable``) if it is not there whole."""
        return read(self.path(name))

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Write beside the file and rename, so that nobody reads half a frame."""
        path = self.path(name)
        with storing(path), writing(path) as new:
            frame.write_parquet(new)

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
