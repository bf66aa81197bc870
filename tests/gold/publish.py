"""Write the measured figures into the documentation: `python -m tests.gold.publish`.

The figures are those of `baseline.json` and `reliability.json`; nothing is measured here, and a test
holds that the documentation says what those files say.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.settings import PROJECT_ROOT
from tests.gold.corpora import BASELINE as CORPORA
from tests.gold.reliability import RECORD, WANTED
from tests.gold.sets import BASELINE

ACCURACY = PROJECT_ROOT / "docs" / "accuracy.md"
README = PROJECT_ROOT / "README.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"
HEADLINE = (
    "statements F1",
    "statements P",
    "statements R",
    "meeting_mentions F1",
    "meeting_mentions status",
    "positions F1",
    "positions P",
    "boilerplate_lines F1",
    "metadata_fields",
)

_HEAD = """\
# Measured accuracy

Written by `python -m tests.gold.publish` from what `make score` and `python -m tests.gold.reliability`
measured; [the method](method.md) tells how rows are made and what a right row is.

## Precision and recall

By `tests/gold/score.py` on annotated pages. *Dev* are the seed documents, on which the rules were
developed. Of the *wild* pages (other outlets, other negotiations, most names invented) errors were read on
one half. The *fresh* and *broad* pages are more of that kind: first halves read from the start, second
halves *opened* after they had been only scored. The columns **scored** are pages whose errors nobody has
read: **what to expect on pages that nobody has looked at.** They were watched while changes were chosen, so
they are a little too good; the *blind* pages were written last.

"""
_RELIABILITY = """
## Confidence

Of the rows on pages that were only scored: in each band of confidence, how many rows there are, the mean
confidence that they state, and the share that was right (for a meeting with its status, for a position
with its stance). The curves that give confidences were fitted on these pages (`python -m
tests.gold.calibrate` prints how they hold on pages they were not fitted on).

"""


_CORPORA = """
## Meetings over several documents

Two corpora of fourteen pages each that tell of the same meetings (`tests/gold/corpora/README.md`): how many
of the mentions are found, whether those of one meeting are held together (pairs of mentions), and whether the
row that most of a meeting's mentions are tied to has the right status, place and day. Rules were changed with
an eye on *read*; of *scored* only the figures were looked at.

"""


def figures(baseline: Mapping[str, Mapping[str, float | None]], keys: Sequence[str]) -> str:
    """A Markdown table: a line for each figure, a column for each set."""
    names = list(baseline)
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for key in keys:
        cells = ["-" if baseline[n][key] is None else f"{baseline[n][key]:.3f}" for n in names]
        lines.append(f"| {key} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def reliability(record: Mapping[str, Any]) -> str:
    """Markdown tables of the bands of confidence, and the thresholds in words."""
    parts = []
    for name, own in record.items():
        lines = [
            f"### {name}, {own['rows']} rows",
            "",
            "| from | rows | stated | right |",
            "|---|---|---|---|",
        ]
        lines += [f"| {low:.2f} | {n} | {mean:.3f} | {share:.3f} |" for low, n, mean, share in own["bands"]]
        if own["threshold"] is None:
            lines += ["", f"No confidence was found from which on {WANTED:.0%} of the rows are right."]
        else:
            at, precision, recall = own["threshold"]
            lines += [
                "",
                f"For few rows and right ones: `WHERE confidence >= {at}` kept rows of which "
                f"{precision:.1%} were right, and they were {recall:.1%} of those that annotators found.",
            ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def accuracy() -> str:
    """The page of all figures."""
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    keys = list(next(iter(baseline.values())))
    corpora = json.loads(CORPORA.read_text(encoding="utf-8"))
    told = _CORPORA + figures(corpora, list(next(iter(corpora.values()))))
    return _HEAD + figures(baseline, keys) + told + _RELIABILITY + reliability(record)


def with_figures(readme: str) -> str:
    """The README with the table of the main figures between its marks; raise ValueError without marks."""
    before, mark, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"the text has no place for figures between {START} and {END}")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    return f"{before}{START}\n{figures(baseline, HEADLINE)}{END}{after}"


def main() -> None:
    """Write the page and the README's table."""
    ACCURACY.write_text(accuracy(), encoding="utf-8")
    README.write_text(with_figures(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
