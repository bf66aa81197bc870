"""The fuzz targets hold on what they start from, and on any bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import seed
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_target_holds_on_its_first_corpus(tmp_path, target):
    seed(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        target(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@given(data=st.binary(max_size=200))
@settings(max_examples=40, deadline=None)
def test_a_target_holds_on_any_bytes(target, data):
    target(data)
