"""News feeds (RSS, Atom) as a source: what is new in them is fetched politely and put among the inputs."""

from pipeline.feeds.collect import FEED_ROWS, FeedRow, collect, feed_frame
from pipeline.feeds.config import Feed, Feeds, load_feeds

__all__ = ["FEED_ROWS", "Feed", "FeedRow", "Feeds", "collect", "feed_frame", "load_feeds"]
