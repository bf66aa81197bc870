"""Fixtures shared by all test modules: the language model and the seeds' database, made once a session."""

import datetime as dt
import os

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import hypothesis
import pytest

from pipeline.contract import TABLES
from pipeline.domain import load_domain
from pipeline.known import issue_rows
from pipeline.nlp import load_model
from pipeline.run import run_corpus
from pipeline.settings import DEFAULT_MODEL, Settings
from pipeline.tables import frame
from pipeline.warehouse import build_database, open_database

# How long one example takes says how busy the machine is; what must be linear in time has tests of its own.
hypothesis.settings.register_profile(
    "parley", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("parley")


@pytest.fixture(scope="session")
def nlp():
    return load_model(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def seeds_database(tmp_path_factory, nlp):
    """The database that a run on the seed documents makes, open for reading."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("seeds"))
    corpus = run_corpus(settings, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    rows = dict(corpus.rows()) | {"issues": issue_rows(load_domain(settings)), "quality_results": ()}
    build_database(settings.database, {t.name: frame(t.name, rows[t.name]) for t in TABLES})
    with open_database(settings.database) as con:
        yield con


@pytest.fixture
def seeds(tmp_path):
    """An empty folder for documents."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder
