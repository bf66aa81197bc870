"""A corpus of any size and seed from templates of ours, with the rows that each page holds.

`python -m tests.synthetic_corpus FOLDER --documents 1000 --seed 1` writes text files in folders by day;
`--truth FOLDER` adds annotations in the form of tests/gold; `--jsonl FILE` writes JSON Lines instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.synthetic.pages import Page, page


def pages(n_documents: int, seed: int = 1, n_words: int = 500, first: int = 0) -> Iterator[Page]:
    """Pages one after the other; none is kept, and each depends on seed and number alone."""
    for number in range(first, first + n_documents):
        yield page(seed, number, n_words)


def write_corpus(
    folder: Path,
    n_documents: int,
    seed: int = 1,
    n_words: int = 500,
    *,
    truth: Path | None = None,
    first: int = 0,
) -> int:
    """Write the pages as text files below `folder`, annotations below `truth`; return the number of words."""
    words = 0
    for made in pages(n_documents, seed, n_words, first):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
        if truth is not None:
            truth.mkdir(parents=True, exist_ok=True)
            (truth / f"{made.name}.json").write_text(made.gold_json(), encoding="utf-8")
        words += len(made.text.split())
    return words


def json_lines(n_documents: int, seed: int = 1, n_words: int = 500) -> Iterator[str]:
    """A JSON object a page: its name, text, day and outlet."""
    for made in pages(n_documents, seed, n_words):
        fields = {"id": made.name, "text": made.text, "published": made.day.isoformat()}
        yield json.dumps(fields | {"publisher": made.gold["meta"]["publisher"]}, ensure_ascii=False)


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where the text files go")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=500, help="words of an article on the average")
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument("--truth", type=Path, help="where the annotations go")
    parser.add_argument("--jsonl", type=Path, help="write JSON Lines to this file instead; - is the terminal")
    given = parser.parse_args()
    if given.jsonl is not None:
        lines = json_lines(given.documents, given.seed, given.words)
        if str(given.jsonl) == "-":
            sys.stdout.writelines(line + "\n" for line in lines)
            return
        with given.jsonl.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        return
    if given.folder is None:
        parser.error("name a folder, or --jsonl FILE")
    words = write_corpus(
        given.folder, given.documents, given.seed, given.words, truth=given.truth, first=given.first
    )
    print(f"{given.documents:,} documents, {words:,} words, in {given.folder}")


if __name__ == "__main__":
    main()
