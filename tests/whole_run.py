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

The World Food Programme will go on, WFP said in Lome.

Q: Will you meet?

A: We will both meet on Monday and Tuesday, he said, quoting a letter posted on Telegram at 12:30.

Copyright 2026 Example News. All rights reserved.
"""


def use_everything() -> None:
    """Read every pack, run a page from its file to its rows, and build a database."""
    from pipeline.contract import TABLES
    from pipeline.dates.occasions import _expiry
    from pipeline.dates.page_date import parse_page_date
    from pipeline.domain import load_domain
    from pipeline.packs.check import check_pack
    from pipeline.reader.questions import load_words, speaks_to_model
    from pipeline.run import run_corpus
    from pipeline.settings import PROJECT_ROOT, Settings
    from pipeline.tables import frame
    from pipeline.warehouse import build_database

    for folder in sorted((PROJECT_ROOT / "seeds" / "domains").iterdir()):
        own = Settings(domain=folder.name)
        load_domain(own)
        check_pack(own)
    parse_page_date("12 mars 2026")
    _expiry()
    speaks_to_model(PAGE, load_words(Settings().reference))
    with tempfile.TemporaryDirectory() as name:
        seeds = Path(name)
        (seeds / "page.txt").write_text(PAGE, encoding="utf-8")
        run_corpus(Settings(seeds=seeds), dt.datetime(2026, 3, 12, tzinfo=dt.UTC))
        build_database(seeds / "parley.duckdb", {t.name: frame(t.name, ()) for t in TABLES})
