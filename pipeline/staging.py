"""Where a run leaves what is not published yet: frames of stages, results of checks, database and exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.settings import Settings


def stages_folder(settings: Settings) -> Path:
    """Folder of the frames that stages exchange."""
    return settings.warehouse / "stages"


def store_file(settings: Settings) -> Path:
    """Results of earlier runs by content; it may be deleted at any time, which costs time only."""
    return settings.warehouse / "store.sqlite"


def checks_folder(settings: Settings) -> Path:
    """Folder of the results of checks, one file a suite."""
    return stages_folder(settings) / "checks"


def staged(settings: Settings) -> Settings:
    """The settings under which database and exports are built to be checked before they are published."""
    return replace(settings, warehouse=stages_folder(settings) / "staged")


def report_file(settings: Settings) -> Path:
    """The quality report."""
    return settings.warehouse / "quality_report.html"


def briefing_file(settings: Settings) -> Path:
    """The briefing: what the last change of the data brought."""
    return settings.warehouse / "briefing.html"
