"""Meetings: mentions of contacts between parties, read off pages and merged into occasions over documents."""

from pipeline.extract.meetings.build import read_page as extract_meeting_mentions
from pipeline.extract.meetings.merge import Merged, merge_meetings

__all__ = ["Merged", "extract_meeting_mentions", "merge_meetings"]
