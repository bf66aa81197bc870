"""Which feeds are read: the file ``feeds.yaml``, validated."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from pipeline.reference import Strict, load_reference


class Feed(Strict):
    """One feed.

    Attributes:
        name: folder of its items: small letters, digits, hyphens and underscores.
        url: its address, ``http`` or ``https``.
        publisher: said of every item in its sidecar, and wins over what pages say.
        language: the same, an ISO 639 code.
        take: ``page`` fetches the page that an item links to; ``entry`` takes the text in the feed itself.
        hosts: hosts from which pages may be fetched, beside the feed's own.
        max_items: pages fetched in one run at most; the rest follows in the next.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    url: str
    publisher: str | None = Field(default=None, min_length=1)
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    take: Literal["page", "entry"] = "page"
    hosts: tuple[str, ...] = ()
    max_items: int = Field(default=50, ge=1, le=1000)

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("no address that begins with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise ValueError("an address with a password does not belong into a file")
        return value

    @property
    def allowed(self) -> frozenset[str]:
        """Hosts from which its pages may be fetched."""
        return frozenset({bare_host(self.url), *(bare_host(f"//{host}") for host in self.hosts)})


class Feeds(Strict):
    """The file ``feeds.yaml``."""

    feeds: tuple[Feed, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Feeds:
        names = [feed.name for feed in self.feeds]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"more than one feed is named {', '.join(twice)}")
        return self


def load_feeds(path: Path) -> Feeds:
    """Read the file; none if it is not there. Raise ReferenceDataError if it is not valid."""
    return load_reference(path, Feeds) if path.exists() else Feeds()


def bare_host(url: str) -> str:
    """Host of an address in small letters, with its port if it names one, without a leading ``www.``."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    return host if parts.port is None else f"{host}:{parts.port}"
