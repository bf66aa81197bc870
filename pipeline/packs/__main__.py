"""`python -m pipeline.packs NAME`: write a pack that is not there, check one that is, tell what it covers."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ParleyError
from pipeline.listing import list_files
from pipeline.packs.check import check_pack
from pipeline.packs.coverage import Coverage, cover
from pipeline.packs.scaffold import scaffold
from pipeline.settings import PROJECT_ROOT, Settings, settings_from_env

_WIDTH = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is next for the pack; 0 if it can be used, 1 if it has errors."""
    parser = argparse.ArgumentParser(prog="pipeline.packs", description=__doc__)
    parser.add_argument("name", help="name of a pack under seeds/domains, or path of its folder")
    parser.add_argument("--no-coverage", action="store_true", help="only check the files")
    given = parser.parse_args(arguments)
    try:
        settings = replace(settings_from_env(), domain=given.name)
        folder = settings.domain_folder
        if not (folder / "pack.yaml").is_file():
            named = Path(given.name)
            folder = named if len(named.parts) > 1 else PROJECT_ROOT / "seeds" / "domains" / given.name
            for path in scaffold(folder):
                print(f"wrote   {path}")
            print(f"Write over the examples (docs/packs.md), then: make pack NAME={given.name}")
            return 0
        faults = check_pack(settings)
        for fault in faults:
            print(fault)
        errors = sum(fault.is_error for fault in faults)
        print(f"{folder}: {errors} errors, {len(faults) - errors} warnings")
        if errors:
            return 1
        if given.no_coverage:
            return 0
        print("\n".join(_coverage(settings)))
    except (ParleyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _coverage(settings: Settings) -> list[str]:
    """The report on the folder of input documents, if it holds any."""
    if not any(file.is_input for file in list_files(settings.seeds)):
        return [f"No documents in {settings.seeds}: set PARLEY_SEEDS to see what the pack finds in yours."]
    found = cover(settings, dt.datetime.now(dt.UTC))
    return [f"Coverage of {settings.seeds}", *told(found)]


def told(found: Coverage) -> list[str]:
    """A coverage in lines, for people."""
    lines = [
        f"  {found.documents} documents, {found.on_topic} with an anchor, {found.lines} lines on topic",
        "",
        f"  {'issue':28s}{'lines':>7s}{'documents':>11s}{'positions':>11s}",
    ]
    ordered = sorted(found.issues, key=lambda issue: -issue.lines)
    lines += [f"  {i.issue_id:28s}{i.lines:>7}{i.documents:>11}{i.positions:>11}" for i in ordered]
    never = [issue.issue_id for issue in ordered if not issue.lines]
    lines += ["", f"Issues never found: {', '.join(never) or 'none'}", ""]
    lines.append("Phrases near a proposition where the vocabulary finds nothing of it (lines, issue, phrase)")
    lines += [
        f"  {m.lines:>4}  {m.issue_id:26s}{m.phrase:34s} {_short(m.example)}" for m in found.missed
    ] or ["  none"]
    lines += ["", "What actors want, refuse or weigh where no issue is named (documents, lines, phrase)"]
    lines += [
        f"  {u.documents:>4}{u.lines:>5}  {u.phrase[:34]:36s} {_short(u.example)}" for u in found.unclaimed
    ] or ["  none"]
    lines += ["", "Names that cannot hold a position (lines, name, why); actors.yaml can give them a party"]
    lines += [
        f"  {u.lines:>4}  {u.name[:32]:34s}{u.why:34s} {_short(u.example)}" for u in found.unresolved
    ] or ["  none"]
    return lines


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


if __name__ == "__main__":
    sys.exit(main())
