"""Parley as a Dagster project: thin assets, checks, one job, a schedule and a sensor over `pipeline`."""
