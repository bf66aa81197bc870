"""What each step of the job made last and out of what, so that a step with nothing new to do says so.

A step that finds its inputs, the code, the settings and what it has made as they were leaves everything
where it is: it materialises its assets with a note, and reads and writes nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import dagster as dg

from assets.resources import Stages
from pipeline.allocators import give_back
from pipeline.digests import code_digest, settings_facts, text_digest
from pipeline.errors import ParleyError
from pipeline.settings import Settings
from pipeline.swap import replace_text

Fingerprint = Callable[[], str]
"""Digest of something that was made; raises OSError or ParleyError where it is not whole."""

UNCHANGED = "unchanged since run"
"""Entry of the metadata of what was taken over: the run that made it."""


class Step:
    """One step of one run: told what it reads, it knows whether there is anything to do.

    Args:
        reads: fingerprints of what is read, by name: `Stages.fingerprints` gives those of frames.
        writes: fingerprints of what the step makes, by asset.
        facts: whatever else its results depend on, besides code and settings.
    """

    def __init__(
        self,
        name: str,
        run_id: str,
        stages: Stages,
        settings: Settings,
        *,
        reads: Mapping[str, str],
        writes: Mapping[str, Fingerprint],
        facts: Mapping[str, str] | None = None,
    ) -> None:
        give_back()  # what the step before has let go of
        self._run_id = run_id
        self._path = stages.notes(name)
        self._writes = dict(writes)
        self._told: dict[str, dict[str, Any]] = {}
        known = {**settings_facts(settings), **(facts or {})}
        self._reads = dict(reads)
        self._by = text_digest(name, code_digest(), sorted(known.items()))
        self._key = text_digest(self._by, sorted(reads.items()))

    @classmethod
    def of_frames(
        cls,
        context: dg.AssetExecutionContext,
        stages: Stages,
        settings: Settings,
        *,
        reads: Iterable[str],
        besides: Mapping[str, str] | None = None,
    ) -> "Step":
        """The step of `context`, which makes frames of stages, and nothing else, out of such frames.

        `besides` are fingerprints of what else it reads, by name.
        """
        names = sorted(key.to_user_string() for key in context.assets_def.keys)
        return cls(
            context.op_execution_context.op.name,
            context.run.run_id,
            stages,
            settings,
            reads={**stages.fingerprints(reads), **(besides or {})},
            writes={name: partial(stages.fingerprint, name) for name in names},
        )

    def taken_over(self) -> list[dg.MaterializeResult[Any]] | None:
        """Results that say that nothing has changed, or None where there is something to do."""
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
            same = noted["key"] == self._key and noted["writes"] == self._fingerprints()
        except (OSError, ValueError, KeyError, TypeError, ParleyError):
            return None  # never made, or not whole any more: it is made anew
        if not same:
            return None
        return [
            dg.MaterializeResult(
                asset_key=name, metadata={UNCHANGED: noted["run_id"], **_read(noted["told"].get(name, {}))}
            )
            for name in self._writes
        ]

    def same_reads(self) -> frozenset[str] | None:
        """Names of what is read that is what it was when this very step made what stands there now.

        None where other code or settings made it, or it is not whole: nothing can be built upon it.
        """
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
            if noted["by"] != self._by or noted["writes"] != self._fingerprints():
                return None
            before = dict(noted["reads"])
        except (OSError, ValueError, KeyError, TypeError, ParleyError):
            return None
        return frozenset(name for name, digest in self._reads.items() if before.get(name) == digest)

    def told(self, result: dg.MaterializeResult[Any]) -> dg.MaterializeResult[Any]:
        """The result as it is; what it tells is kept for runs that change nothing."""
        name = result.asset_key.to_user_string() if isinstance(result.asset_key, dg.AssetKey) else ""
        self._told[name] = _plain(result.metadata or {})
        return result

    def done(self) -> None:
        """Note what was made; to be called when all of it is in its place."""
        replace_text(
            self._path,
            json.dumps(
                {
                    "key": self._key,
                    "by": self._by,
                    "reads": self._reads,
                    "run_id": self._run_id,
                    "writes": self._fingerprints(),
                    "told": self._told,
                }
            ),
        )

    def _fingerprints(self) -> dict[str, str]:
        return {name: fingerprint() for name, fingerprint in self._writes.items()}


def _plain(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata as JSON: Markdown, paths and plain values; what else there may be is not kept."""
    kept: dict[str, Any] = {}
    for name, value in metadata.items():
        if isinstance(value, dg.MarkdownMetadataValue):
            kept[name] = {"markdown": value.md_str}
        elif isinstance(value, dg.PathMetadataValue):
            kept[name] = {"path": str(value.path)}
        elif isinstance(value, str | int | float | bool | list | dict):
            kept[name] = {"value": value}
    return kept


def _read(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The inverse of `_plain`."""
    made = {"markdown": dg.MetadataValue.md, "path": dg.MetadataValue.path, "value": lambda value: value}
    return {name: made[kind](value) for name, entry in kept.items() for kind, value in entry.items()}
