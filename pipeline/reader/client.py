"""Asking the server: one question, one answer in words, within limits of time, size and number.

The official client does the protocol; what it would take from the environment on its own (another service's
key, organisation, redirects to other hosts) is turned off, so that only what Parley was told to send is sent.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from pipeline.reader.config import ReaderSettings
from pipeline.reader.prompt import MAX_ANSWER_TOKENS

MAX_ANSWER_BYTES: Final = 262_144
TRIES: Final = 3
FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 30.0
GIVE_UP_AFTER: Final = 3
"""Questions in a row that the server leaves without an answer before it is taken for dead."""
_RETRIED: Final = frozenset({408, 409, 425, 429})
_TO_NOBODY: Final = frozenset({401, 403, 404})
_SHAPE_UNKNOWN: Final = frozenset({400, 422, 500})
"""How servers answer a form of request that they do not know; some take it for a fault of their own."""

FaultCode = Literal["reader_answer", "reader_unavailable", "reader_limit"]


class ReaderFaultError(Exception):
    """A question that got no answer in words; `code` is that of `set_aside_rows`."""

    def __init__(self, code: FaultCode, detail: str) -> None:
        super().__init__(detail)
        self.code: FaultCode = code
        self.detail = detail


class _FailedError(Exception):
    """A request that brought nothing: worth another try or not, and how long the server asks to wait."""

    def __init__(
        self, detail: str, again: bool, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.again = again
        self.status = status
        self.wait = wait


class Client:
    """A server with its limits; may be asked from several threads."""

    def __init__(
        self, settings: ReaderSettings, key: str | None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        import openai

        self._settings = settings
        self._sleep = sleep
        self._lock = threading.Lock()
        self._shape = 0
        self._proven = False
        self._silent = 0
        self._dead: str | None = None
        self.requests = 0
        self.tokens_in = 0
        self.tokens_out = 0
        self._client = openai.OpenAI(
            base_url=settings.url,
            api_key=key or "none",  # without one the client would send another service's key
            max_retries=0,
            timeout=settings.timeout,
            http_client=openai.DefaultHttpxClient(follow_redirects=False, timeout=settings.timeout),
        )
        # Read from the environment of another service; this server has no business with them.
        self._client.organization = None
        self._client.project = None

    @property
    def dead(self) -> str | None:
        """Why nothing more is asked, or None."""
        return self._dead

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> str:
        """The answer's words; raise ReaderFaultError if there is none."""
        delay = FIRST_DELAY
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._ask_in_shape(messages, schema)
            except _FailedError as failed:
                if failed.again and attempt < TRIES:
                    self._sleep(min(LONGEST_DELAY, delay if failed.wait is None else failed.wait))
                    delay *= 2
                    continue
                raise self._fault(failed) from failed
            self._silent = 0
            return answer
        raise AssertionError("the last try returns or raises")

    def _fault(self, failed: _FailedError) -> ReaderFaultError:
        with self._lock:
            if failed.status in _TO_NOBODY:
                self._dead = self._dead or failed.detail
            self._silent += 1
            if self._silent >= GIVE_UP_AFTER:
                self._dead = (
                    self._dead or f"{self._silent} questions in a row without an answer: {failed.detail}"
                )
        return ReaderFaultError("reader_unavailable", failed.detail)

    def _ask_in_shape(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> str:
        """Ask in the first shape of request that the server takes; once one has worked, it stays."""
        shapes = _shapes(schema)
        first, proven = self._shape, self._proven
        for number in range(first, len(shapes)):
            try:
                answer = self._send(messages, shapes[number])
            except _FailedError as failed:
                if proven or failed.status not in _SHAPE_UNKNOWN or number + 1 == len(shapes):
                    raise
                continue
            with self._lock:
                self._shape, self._proven = number, True
            return answer
        raise AssertionError("the last shape returns or raises")

    def _send(self, messages: Sequence[dict[str, str]], shape: dict[str, Any]) -> str:
        with self._lock:
            if self._dead is not None:
                raise ReaderFaultError("reader_unavailable", self._dead)
            if self.requests >= self._settings.max_requests:
                raise ReaderFaultError("reader_limit", f"{self.requests} requests have been sent")
            self.requests += 1
        import httpx2
        import openai

        try:
            body = self._body(messages, shape)
        except openai.APIStatusError as error:
            status = error.status_code
            again = status in _RETRIED or status >= 500
            raise _FailedError(
                f"HTTP status {status}", again, status, _wait(error.response.headers.get("retry-after"))
            ) from error
        except openai.APIConnectionError as error:  # timeouts among them
            raise _FailedError(f"{type(error).__name__}: {error}", True) from error
        except httpx2.HTTPError as error:  # while the body is read, errors of the connection come as they are
            raise _FailedError(f"{type(error).__name__}: {error or 'the connection broke'}", True) from error
        return self._words(body)

    def _body(self, messages: Sequence[dict[str, str]], shape: dict[str, Any]) -> bytes:
        """The whole body of the answer; stops reading where it is too long or comes too slowly."""
        ends = time.monotonic() + self._settings.timeout
        found = bytearray()
        with self._client.chat.completions.with_streaming_response.create(
            model=self._settings.model,
            messages=list(messages),  # type: ignore[arg-type]
            **shape,
        ) as response:
            if not 200 <= response.status_code < 300:
                raise _FailedError(f"HTTP status {response.status_code}", False, response.status_code)
            for chunk in response.iter_bytes():
                found += chunk
                if len(found) > MAX_ANSWER_BYTES:
                    raise ReaderFaultError("reader_answer", f"more than {MAX_ANSWER_BYTES:,} bytes")
                if time.monotonic() > ends:
                    raise _FailedError(f"no whole answer within {self._settings.timeout:g} s", True)
        return bytes(found)

    def _words(self, body: bytes) -> str:
        try:
            found = json.loads(body)
            choice = found["choices"][0]
            words, reason = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
            raise ReaderFaultError("reader_answer", f"no chat completion: {body[:80]!r}") from error
        usage = found.get("usage")
        if isinstance(usage, dict):
            with self._lock:
                self.tokens_in += _count(usage.get("prompt_tokens"))
                self.tokens_out += _count(usage.get("completion_tokens"))
        if not isinstance(words, str):
            raise ReaderFaultError("reader_answer", "an answer without words")
        if reason == "length":
            raise ReaderFaultError("reader_answer", f"cut off after {MAX_ANSWER_TOKENS} tokens")
        return words


def _shapes(schema: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Requests for structured output as servers know them: the standard's; hosted models that fix the
    temperature and count tokens otherwise; servers that take a schema only beside `json_object`."""
    strict = {
        "type": "json_schema",
        "json_schema": {"name": "positions", "strict": True, "schema": schema},
    }
    loose = {"type": "json_object", "schema": schema}
    plain = {"temperature": 0, "max_tokens": MAX_ANSWER_TOKENS}
    return (
        {"response_format": strict, **plain},
        {"response_format": strict, "max_completion_tokens": MAX_ANSWER_TOKENS},
        {"response_format": loose, **plain},
    )


def _wait(header: str | None) -> float | None:
    """Seconds of a `Retry-After`; dates and nonsense are left aside."""
    return float(header) if header is not None and header.isascii() and header.isdigit() else None


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
