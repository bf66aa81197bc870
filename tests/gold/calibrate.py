"""Fit the curves of `seeds/reference/calibration.yaml` on pages that are only scored.

`python -m tests.gold.calibrate` prints the curves, and how far they hold on pages they were not fitted on:
each half of the pages is judged by the curve that the other half gives. `--write` writes the file.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipeline.calibration import Curve, log_odds
from pipeline.settings import Settings, settings_from_env
from tests.gold.judge import TABLES, Judged
from tests.gold.reliability import JudgedPage, judged_pages, table

PRIOR = 2.0
"""Weight of the belief that certainties are right as they are: as many rows would weigh against it."""
LEAST_SLOPE = 0.1
AS_IT_IS = Curve(slope=1.0, offset=0.0)


def fit(rows: Sequence[tuple[float, bool]]) -> Curve:
    """The curve under which (certainty, right) rows are likeliest; the certainty itself without rows."""
    odds = np.array([log_odds(certainty) for certainty, _ in rows])
    sign = np.array([1.0 if ok else -1.0 for _, ok in rows])

    def loss(at: np.ndarray) -> float:
        likely = np.logaddexp(0, -sign * (at[0] * odds + at[1])).sum()
        return float(likely + PRIOR * ((at[0] - 1) ** 2 + at[1] ** 2 / 4))

    found = minimize(loss, [1.0, 0.0], bounds=[(LEAST_SLOPE, None), (None, None)])
    return Curve(slope=round(float(found.x[0]), 3), offset=round(float(found.x[1]), 3))


def cross_fitted(pages: Sequence[JudgedPage], name: str) -> list[tuple[float, bool]]:
    """(confidence, right) of every row, its confidence read off the curve of the other half of the pages."""
    found = []
    for half in (0, 1):
        curve = fit(pairs([j for page in pages[1 - half :: 2] for j in page.rows[name]]))
        own = pairs([j for page in pages[half::2] for j in page.rows[name]])
        found += [(curve.confidence(certainty), ok) for certainty, ok in own]
    return found


def pairs(rows: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Confidence of each judged row, and whether it is right."""
    return [(row.confidence, ok) for row, ok in rows]


def uncalibrated(settings: Settings, folder: Path, kept: dict[str, Curve]) -> Settings:
    """The settings with a copy of the reference data whose curves are those of `kept`, others none."""
    for path in settings.reference.iterdir():
        if path.name != "calibration.yaml":
            (folder / path.name).symlink_to(path)
    write(folder / "calibration.yaml", {name: kept.get(name, AS_IT_IS) for name in TABLES}, [])
    return replace(settings, reference=folder)


def write(path: Path, curves: dict[str, Curve], head: list[str]) -> None:
    """Write a file of curves."""
    lines = [f"{name}: {{slope: {c.slope}, offset: {c.offset}}}" for name, c in curves.items()]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, print, and write when asked to.

    Statements come first: certainties of positions build on their confidence.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the file of the reference data")
    arguments = parser.parse_args()
    settings = settings_from_env()
    curves: dict[str, Curve] = {}
    for names in (TABLES[:1], TABLES[1:]):
        with tempfile.TemporaryDirectory() as scratch:
            pages = judged_pages(uncalibrated(settings, Path(scratch), curves))["only scored"]
        for name in names:
            rows = pairs([j for page in pages for j in page.rows[name]])
            curves[name] = fit(rows)
            print(f"\n{name}: {len(rows)} rows, {curves[name]}")
            print(f"{'from':>6s}{'rows':>6s}{'stated':>8s}{'right':>8s}   cross-fitted")
            for low, count, mean, share in table(cross_fitted(pages, name)):
                print(f"{low:6.2f}{count:6d}{mean:8.3f}{share:8.3f}")
    if arguments.write:
        path = settings.reference / "calibration.yaml"
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        write(path, curves, head)


if __name__ == "__main__":
    main()
