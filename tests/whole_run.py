"""One small run through every part that compiles patterns late, for the tests that look at all of them."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

PAGE = """Talks resume in Geneva

By Jane Doe, Example News

12 March 2026

The foreign minister, Ben Okoro, told reporters in Paris that talks with Russia would resume on Friday.

“There will be no ceasefire,” Kremlin spokesman Dmitry Peskov said on 5/6/2026 [12]. Macron met Zelenskyy.

Q: Will you meet?

A: We will both meet on Monday and Tuesday, he said, quoting a letter posted on Telegram at 12:30.

Copyright 2026 Example News. All rights reserved.
"""


def use_everything() -> None:
    """Read every pack and run a page from its file to its rows."""
    from pipeline.domain import load_domain
    from pipeline.run import run_corpus
    from pipeline.settings import PROJECT_ROOT, Settings

    for folder in sorted((PROJECT_ROOT / "seeds" / "domains").iterdir()):
        load_domain(Settings(domain=folder.name))
    with tempfile.TemporaryDirectory() as name:
        seeds = Path(name)
        (seeds / "page.txt").write_text(PAGE, encoding="utf-8")
        run_corpus(Settings(seeds=seeds), dt.datetime(2026, 3, 12, tzinfo=dt.UTC))
