"""Parley as a Dagster project: thin assets, checks, one job, a schedule and a sensor over `pipeline`."""

from pipeline.allocators import bound_allocators
from pipeline.heap import collected_seldom

bound_allocators()  # before anything here loads Polars
collected_seldom()
