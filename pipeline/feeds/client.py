"""Fetching one address: within limits of time and size, one request at a time, and never led elsewhere."""

from __future__ import annotations

import time
import urllib.robotparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from pipeline import __version__
from pipeline.feeds.config import bare_host

if TYPE_CHECKING:
    import requests

AGENT: Final = f"Parley/{__version__} (news feeds; one request at a time)"
_ROBOT: Final = "Parley"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_PIECE: Final = 64 * 1024
_ROBOTS_BYTES: Final = 500_000
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for connecting and for an answer, seconds between requests to one host, bytes of an answer."""

    connect: float = 10.0
    total: float = 30.0
    pause: float = 1.0
    max_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: 200 with a body, or 304 without."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class FetchError(Exception):
    """An address that gave nothing: why, by `code`; `again` if another try may do better, `wait` seconds."""

    def __init__(self, code: str, detail: str, again: bool = False, wait: float | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.again = again
        self.wait = wait


class Client:
    """Fetches addresses one after the other, with a pause between two at the same host."""

    def __init__(
        self,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        import requests

        self._limits = limits or Limits()
        self._sleep = sleep
        self._clock = clock
        self._last: dict[str, float] = {}
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        # Without this the session would send passwords that it finds in the user's .netrc.
        self._session.auth = _no_password

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def fetch(
        self, url: str, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Answer:
        """The answer of an address; raise FetchError if there is none that can be used.

        Redirects are followed on the same host only (``www.`` and the change to https aside).
        """
        first = bare_host(url)
        limit = min(max_bytes or self._limits.max_bytes, self._limits.max_bytes)
        for _ in range(_MOST_REDIRECTS + 1):
            answer, leads = self._once(url, headers or {}, limit)
            if leads is None:
                return answer
            url = urljoin(url, leads)
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https"):
                raise FetchError("redirect_refused", f"It leads to an address of another kind, {url[:200]}.")
            if bare_host(url) != first:
                raise FetchError("redirect_refused", f"It leads to another host, {parts.hostname}.")
        raise FetchError("redirect_refused", f"It leads on more than {_MOST_REDIRECTS} times.")

    def may_fetch(self, url: str) -> bool:
        """Whether the site's robots.txt lets a page be fetched; a site without one lets all."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            rules = urllib.robotparser.RobotFileParser()
            try:
                answer, leads = self._once(f"{site}/robots.txt", {}, _ROBOTS_BYTES)
                lines = [] if leads is not None else answer.body.decode("utf-8", "replace").splitlines()
            except FetchError as error:
                if error.again:
                    raise
                lines = []
            rules.parse(lines)
            self._robots[site] = rules
        return self._robots[site].can_fetch(_ROBOT, url)

    def _once(self, url: str, headers: Mapping[str, str], limit: int) -> tuple[Answer, str | None]:
        """One request: the answer, or the address that it leads to."""
        import requests
        import urllib3

        self._wait(bare_host(url))
        deadline = self._clock() + self._limits.total
        timeout = (self._limits.connect, self._limits.total)
        try:
            with self._session.get(
                url, headers=dict(headers), timeout=timeout, stream=True, allow_redirects=False
            ) as got:
                if got.status_code in _REDIRECTS and "Location" in got.headers:
                    return Answer(got.status_code, url, dict(got.headers), b""), got.headers["Location"]
                if got.status_code == 304:
                    return Answer(304, url, dict(got.headers), b""), None
                if got.status_code != 200:
                    again = got.status_code in _AGAIN
                    wait = _seconds(got.headers.get("Retry-After"))
                    raise FetchError("status", f"The server answered {got.status_code}.", again, wait)
                body = self._body(got, deadline, limit)
                return Answer(200, url, {k.lower(): v for k, v in got.headers.items()}, body), None
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise FetchError("timeout", "The server did not answer in time.", again=True) from error
        except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
            raise FetchError("connection", f"No connection: {type(error).__name__}.", again=True) from error
        except (requests.RequestException, ValueError) as error:
            raise FetchError("address", f"The address cannot be fetched: {type(error).__name__}.") from error

    def _body(self, got: requests.Response, deadline: float, limit: int) -> bytes:
        """The body, in pieces, so that neither its size nor its slowness is without limit."""
        body = bytearray()
        for piece in got.raw.stream(_PIECE, decode_content=True):
            body += piece
            if len(body) > limit:
                raise FetchError("too_large", f"The answer has more than the limit of {limit} bytes.")
            if self._clock() > deadline:
                raise FetchError(
                    "timeout", f"The answer took more than {self._limits.total} seconds.", again=True
                )
        return bytes(body)

    def _wait(self, host: str) -> None:
        left = self._last.get(host, -self._limits.pause) + self._limits.pause - self._clock()
        if left > 0 and host in self._last:
            self._sleep(left)
        self._last[host] = self._clock()


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _seconds(value: str | None) -> float | None:
    return float(value) if value is not None and value.isdecimal() and len(value) < 8 else None
