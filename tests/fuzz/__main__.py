"""`python -m tests.fuzz TARGET --seconds N`: fuzz one target, starting from the seeds and the odd pages.

What is found is written to a file in `.fuzz/`, together with the corpus, from which the next call goes on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".fuzz"


def seed(folder: Path) -> None:
    """Write texts to start from: the seed documents' lines and the odd pages."""
    from tests.odd_pages import odd_pages

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in odd_pages(2_000, nested=20).items():
        (folder / name).write_bytes(text.encode("utf-8")[:4_000])
    for path in sorted((ROOT / "seeds" / "documents").glob("*.txt")):
        (folder / path.stem).write_bytes(path.read_bytes()[:4_000])
    for path in sorted((ROOT / "seeds").glob("pack_template/*.yaml")):
        (folder / path.stem).write_bytes(path.read_bytes()[:4_000])


def main() -> int:
    """Fuzz until the time is up or something is found; the exit code tells which."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    try:
        import atheris
    except ModuleNotFoundError:
        print("Atheris is not installed: pip install -e .[fuzz]", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["pipeline"]):
        from tests.fuzz.targets import TARGETS
    if given.target not in TARGETS:
        print(f"No target {given.target!r}; there are {', '.join(TARGETS)}.", file=sys.stderr)
        return 2
    corpus = FOLDER / given.target
    if not corpus.is_dir():
        seed(corpus)
    flags = [
        f"-max_total_time={given.seconds}",
        "-timeout=20",
        "-max_len=4000",
        f"-artifact_prefix={FOLDER}/",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *flags], TARGETS[given.target])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
