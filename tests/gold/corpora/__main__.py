"""Prints the figures of both corpora side by side; `--write-baseline` keeps them."""

from __future__ import annotations

import argparse
import json

from pipeline.settings import settings_from_env
from tests.gold.corpora import BASELINE, CORPORA, HERE, figures


def main() -> None:
    """A line for each figure, a column for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-baseline", action="store_true", help=f"write {BASELINE.name}")
    given = parser.parse_args()
    found = {name: figures(HERE / name, settings_from_env()) for name in CORPORA}
    print(f"{'':16s}" + "".join(f"{name:>9s}" for name in CORPORA))
    for key in next(iter(found.values())):
        print(f"{key:16s}" + "".join(f"{found[name][key]:9.3f}" for name in CORPORA))
    if given.write_baseline:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
