"""Score the extractors on every annotated set, side by side: `make score`, `make score ERRORS=30`.

Half of the wild pages and all of the further and the blind ones are only ever scored: their errors are
never listed, so that a gain there means that an idea carries over to text that nobody has looked at.
Pages that were only scored for a time are opened for reading when new ones take their place, as the
second halves of the fresh and the broad pages were.
"""

import argparse
import contextlib
import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.run import run_corpus
from pipeline.settings import PROJECT_ROOT, Settings, settings_from_env
from pipeline.tables import frame
from tests.gold import score

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
SCORED_TABLES = ("documents", "blocks", "statements", "meeting_mentions", "issue_positions")


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated pages that are scored together; errors may be listed only if `read`."""

    name: str
    seeds: Path
    gold: tuple[Path, ...]
    read: bool


def gold_sets() -> list[GoldSet]:
    """The sets: the seeds, each half of the wild, fresh and broad pages, and pages of one set only."""
    dev = tuple(sorted((HERE / "dev").glob("*.json")))
    wild = sorted((HERE / "wild").glob("*.json"))
    further = tuple(sorted((HERE / "further").glob("*.json")))
    fresh = sorted((HERE / "fresh").glob("*.json"))
    broad = sorted((HERE / "broad").glob("*.json"))
    blind = tuple(sorted((HERE / "blind").glob("*.json")))
    texts, fresh_texts, broad_texts = (HERE / name / "texts" for name in ("wild", "fresh", "broad"))
    sets = [
        GoldSet("dev", PROJECT_ROOT / "seeds" / "documents", dev, read=True),
        GoldSet("wild", texts, tuple(wild), read=False),
        GoldSet("wild, read", texts, tuple(wild[0::2]), read=True),
        GoldSet("wild, scored", texts, tuple(wild[1::2]), read=False),
        GoldSet("fresh, read", fresh_texts, tuple(fresh[0::2]), read=True),
        GoldSet("fresh, opened", fresh_texts, tuple(fresh[1::2]), read=True),
        GoldSet("broad, read", broad_texts, tuple(broad[0::2]), read=True),
        GoldSet("broad, opened", broad_texts, tuple(broad[1::2]), read=True),
        GoldSet("further, scored", HERE / "further" / "texts", further, read=False),
        GoldSet("blind, scored", HERE / "blind" / "texts", blind, read=False),
    ]
    return [each for each in sets if each.gold]


def export_for_scoring(seeds: Path, folder: Path, settings: Settings) -> None:
    """Run the pipeline on `seeds` and write the tables that the scorer reads to `folder` as Parquet."""
    rows = run_corpus(replace(settings, seeds=seeds), NOW).rows()
    for table in SCORED_TABLES:
        frame(table, rows[table]).write_parquet(folder / f"{table}.parquet")


def score_sets(settings: Settings, errors: int = 0) -> Iterator[tuple[GoldSet, dict[str, object], str]]:
    """Yield each set with its figures and, for sets whose errors may be read, the scorer's listing."""
    with tempfile.TemporaryDirectory() as scratch:
        exported: dict[Path, Path] = {}
        for gold_set in gold_sets():
            folder = exported.get(gold_set.seeds)
            if folder is None:
                folder = exported[gold_set.seeds] = Path(scratch) / str(len(exported))
                folder.mkdir()
                export_for_scoring(gold_set.seeds, folder, settings)
            figures = Path(scratch) / "figures.json"
            arguments = [str(folder), str(gold_set.seeds), *map(str, gold_set.gold), "--json", str(figures)]
            if gold_set.read:
                arguments += ["--errors", str(errors)]
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                score.main(arguments)
            listing = said.getvalue().partition("\n## ")
            yield gold_set, json.loads(figures.read_text()), listing[1].strip("\n") + listing[2]


def headline(figures: dict[str, dict[str, float] | float | None]) -> dict[str, float | None]:
    """The figures that are compared over time: flat, one number each."""
    flat: dict[str, float | None] = {}
    for table, keys in {
        "statements": ("F1", "P", "R", "form", "party", "date", "reported_by", "channel"),
        "meeting_mentions": ("F1", "P", "R", "status", "place", "date", "clustering"),
        "positions": ("F1", "P", "R", "F1_without_stance"),
        "boilerplate_lines": ("F1",),
    }.items():
        for key in keys:
            value = figures[table]
            assert isinstance(value, dict)
            flat[f"{table} {key}"] = value[key]
    for key in ("metadata_fields", "entry_dates"):
        value = figures[key]
        assert not isinstance(value, dict)
        flat[key] = value
    return flat


def main() -> None:
    """Print the figures of all sets as one table; list errors, or rewrite the baseline, when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="list up to N errors of each class")
    parser.add_argument("--write-baseline", action="store_true", help=f"write {BASELINE.name}")
    arguments = parser.parse_args()
    columns: dict[str, dict[str, float | None]] = {}
    listings: list[str] = []
    for gold_set, figures, listing in score_sets(settings_from_env(), arguments.errors):
        columns[gold_set.name] = headline(figures)
        if arguments.errors and gold_set.read:
            listings.append(f"\n# {gold_set.name}\n{listing}")
    names = list(columns)
    print(f"{'':32s}" + "".join(f"{name:>16s}" for name in names))
    for key in columns[names[0]]:
        cells = ("-" if columns[n][key] is None else f"{columns[n][key]:.3f}" for n in names)
        print(f"{key:32s}" + "".join(f"{cell:>16s}" for cell in cells))
    print("".join(listings))
    if arguments.write_baseline:
        BASELINE.write_text(json.dumps(columns, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
