"""What is remembered of feeds from run to run: a JSON file in the warehouse, replaced whole."""

from __future__ import annotations

import datetime as dt
import logging
import os
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

logger = logging.getLogger(__name__)

FILE: Final = "feeds.json"
MOST_SEEN: Final = 20_000
"""Items remembered of one feed; the oldest are forgotten, long after they have left it."""


class Item(BaseModel):
    """One item of a feed."""

    model_config = ConfigDict(extra="forbid")

    key: str
    """Digest of its identity in the feed."""
    url: str | None
    title: str | None = None
    published_on: dt.date | None = None
    content: str | None = None
    """Its text as the feed has it; kept for feeds of which that is taken."""
    tries: int = 0


class FeedState(BaseModel):
    """What is remembered of one feed."""

    model_config = ConfigDict(extra="forbid")

    url: str
    etag: str | None = None
    last_modified: str | None = None
    not_before: dt.datetime | None = None
    """The server has asked to be left alone until then."""
    seen: list[str] = Field(default_factory=list)
    """Keys of items that are done with, the latest last."""
    pending: list[Item] = Field(default_factory=list)
    """Items still to be fetched: more than one run's share, or failed for the time being."""


class State(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    feeds: dict[str, FeedState] = Field(default_factory=dict)


def load_state(warehouse: Path) -> State:
    """The state of the last run; an empty one, with a warning, if the file is damaged."""
    path = warehouse / FILE
    try:
        return State.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return State()
    except (OSError, ValidationError) as error:
        logger.warning("%s cannot be read and is made anew: %s", path, type(error).__name__)
        return State()


def save_state(warehouse: Path, state: State) -> None:
    """Write beside the file and rename."""
    warehouse.mkdir(parents=True, exist_ok=True)
    path = warehouse / FILE
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(state.model_dump_json(indent=1), encoding="utf-8")
    new.replace(path)
