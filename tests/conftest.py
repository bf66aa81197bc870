"""Fixtures shared by all test modules: the language model, loaded once a session."""

import os

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import pytest

from pipeline.nlp import load_model
from pipeline.settings import DEFAULT_MODEL


@pytest.fixture(scope="session")
def nlp():
    return load_model(DEFAULT_MODEL)
