"""Answers on disk, by the content of what was asked: the same question is never paid for twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.reader.config import ReaderSettings
from pipeline.reader.prompt import PROTOCOL


def key_of(settings: ReaderSettings, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> str:
    """Digest of server, model, protocol, messages and schema."""
    asked = json.dumps(
        [PROTOCOL, settings.url, settings.model, list(messages), schema], ensure_ascii=True, sort_keys=True
    )
    return hashlib.sha256(asked.encode("ascii")).hexdigest()


class AnswerCache:
    """One file an answer. What is read from it is judged again: a file that was changed proves nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        """File of a question's answer."""
        return self._folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> str | None:
        """The answer, or None if there is none that can be read."""
        try:
            found = json.loads(self.path(key).read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return None  # a torn or foreign file is as good as none: the question is asked again
        answer = found.get("answer") if isinstance(found, dict) and found.get("key") == key else None
        return answer if isinstance(answer, str) else None

    def put(self, key: str, settings: ReaderSettings, answer: str) -> None:
        """Write beside the file and rename, so that nobody reads half an answer."""
        path = self.path(key)
        write_atomically(
            path, {"key": key, "reader": settings.url, "model": settings.model, "answer": answer}
        )


def write_atomically(path: Path, value: object) -> None:
    """Write `value` as JSON in the place of `path`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
