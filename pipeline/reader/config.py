"""Settings of the reader: whose server, which model, and how much it may be asked."""

from __future__ import annotations

import importlib.util
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import SettingsError

KEY_VARIABLE = "PARLEY_READER_KEY"


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """A server that speaks the OpenAI protocol, and its limits.

    Attributes:
        url: base address of the server, such as ``http://127.0.0.1:8080/v1`` (``PARLEY_READER``).
        model: name by which the server knows the model (``PARLEY_READER_MODEL``).
        cache: folder of answers (``PARLEY_READER_CACHE``; by default ``reader`` in the warehouse).
        max_requests: requests that one run may send, retries among them (``PARLEY_READER_MAX_REQUESTS``).
        price_in: price of a million tokens sent (``PARLEY_READER_PRICE_IN``), in whatever currency.
        price_out: price of a million tokens received (``PARLEY_READER_PRICE_OUT``).
        timeout: seconds that one answer may take in all (``PARLEY_READER_TIMEOUT``).
        parallel: questions that are out at once (``PARLEY_READER_PARALLEL``).
        confidence: what its rows are given for one (``PARLEY_READER_CONFIDENCE``); measure before raising it.
        instead: whether its rows stand in place of the rules' in the lines that it has answered, not beside
            them (``PARLEY_READER_ROWS`` is ``instead``, by default ``beside``).

    The key is no setting: it stays in the environment (``PARLEY_READER_KEY``) and is read when it is sent.
    """

    url: str
    model: str
    cache: Path
    max_requests: int = 200
    price_in: float = 0.0
    price_out: float = 0.0
    timeout: float = 60.0
    parallel: int = 2
    confidence: float = 0.5
    instead: bool = False

    @property
    def rule(self) -> str:
        """The `rule` of its rows: ``reader_`` and the model's name in plain characters."""
        return "reader_" + re.sub(r"[^a-z0-9]+", "_", self.model.lower()).strip("_")

    @property
    def is_local(self) -> bool:
        """Whether the server is this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def reader_from_env(env: Mapping[str, str], warehouse: Path) -> ReaderSettings | None:
    """The reader that ``env`` names, or None if it names none; raise SettingsError on a bad value."""
    url = env.get("PARLEY_READER", "").strip()
    if not url:
        return None
    default = ReaderSettings("", "", warehouse / "reader")
    rows = env.get("PARLEY_READER_ROWS", "beside")
    if rows not in {"beside", "instead"}:
        raise SettingsError(
            "reader_rows_unknown", f"PARLEY_READER_ROWS must be beside or instead, not {rows!r}."
        )
    model = env.get("PARLEY_READER_MODEL", "").strip()
    if not model:
        raise SettingsError(
            "reader_model_missing", "PARLEY_READER is set, so PARLEY_READER_MODEL must name a model."
        )
    if importlib.util.find_spec("openai") is None:
        raise SettingsError(
            "reader_extra_missing",
            "PARLEY_READER is set, but its client is not installed: "
            "pip install -c constraints.txt -e '.[reader]'.",
        )
    return ReaderSettings(
        url=_checked(url, bool(env.get(KEY_VARIABLE))),
        model=model,
        cache=Path(env.get("PARLEY_READER_CACHE", default.cache)),
        max_requests=int(
            _number(env, "PARLEY_READER_MAX_REQUESTS", default.max_requests, 0, 10_000_000, whole=True)
        ),
        price_in=_number(env, "PARLEY_READER_PRICE_IN", default.price_in, 0, 1e6),
        price_out=_number(env, "PARLEY_READER_PRICE_OUT", default.price_out, 0, 1e6),
        timeout=_number(env, "PARLEY_READER_TIMEOUT", default.timeout, 0.1, 3600),
        parallel=int(_number(env, "PARLEY_READER_PARALLEL", default.parallel, 1, 64, whole=True)),
        confidence=_number(env, "PARLEY_READER_CONFIDENCE", default.confidence, 0, 1),
        instead=rows == "instead",
    )


def as_env(settings: ReaderSettings | None) -> dict[str, str]:
    """The environment variables that `reader_from_env` reads `settings` from; the key is not among them."""
    if settings is None:
        return {}
    return {
        "PARLEY_READER": settings.url,
        "PARLEY_READER_MODEL": settings.model,
        "PARLEY_READER_CACHE": str(settings.cache),
        "PARLEY_READER_MAX_REQUESTS": str(settings.max_requests),
        "PARLEY_READER_PRICE_IN": str(settings.price_in),
        "PARLEY_READER_PRICE_OUT": str(settings.price_out),
        "PARLEY_READER_TIMEOUT": str(settings.timeout),
        "PARLEY_READER_PARALLEL": str(settings.parallel),
        "PARLEY_READER_CONFIDENCE": str(settings.confidence),
        "PARLEY_READER_ROWS": "instead" if settings.instead else "beside",
    }


def _checked(url: str, has_key: bool) -> str:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SettingsError(
            "reader_url_invalid",
            "PARLEY_READER must be an address such as http://127.0.0.1:8080/v1.",
        )
    if parts.username or parts.password or parts.query:
        raise SettingsError(
            "reader_url_secret",
            "PARLEY_READER is recorded beside the rows and must hold no secret: "
            f"the key goes into {KEY_VARIABLE}.",
        )
    found = ReaderSettings(url.rstrip("/"), "", Path())
    if has_key and parts.scheme == "http" and not found.is_local:
        raise SettingsError(
            "reader_key_unprotected",
            f"{KEY_VARIABLE} would travel unencrypted to {parts.hostname}: "
            "use https, or a server on this machine.",
        )
    return found.url


def _number(
    env: Mapping[str, str],
    name: str,
    default: float,
    least: float,
    most: float,
    *,
    whole: bool = False,
) -> float:
    raw = env.get(name)
    if raw is None:
        return default
    try:
        value = float(int(raw) if whole else float(raw))
    except ValueError:
        value = -1.0
    if not least <= value <= most:
        kind = "a whole number" if whole else "a number"
        raise SettingsError(
            "reader_number_invalid", f"{name} must be {kind} from {least:g} to {most:g}, not {raw!r}."
        )
    return value
