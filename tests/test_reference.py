"""Reference data is validated on load, and an error says which file and which field."""

import os

import pytest

from pipeline.errors import ReferenceDataError
from pipeline.reference import Strict, load_reference


class Verbs(Strict):
    """A small model of reference data."""

    verbs: tuple[str, ...]


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_valid_file_is_read(tmp_path):
    assert load_reference(write(tmp_path / "v.yaml", "verbs: [say, tell]"), Verbs).verbs == ("say", "tell")


def test_an_edited_file_is_read_anew(tmp_path):
    path = write(tmp_path / "v.yaml", "verbs: [say]")
    load_reference(path, Verbs)
    write(path, "verbs: [say, ask]")
    os.utime(path, ns=(1, 1))
    assert load_reference(path, Verbs).verbs == ("say", "ask")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("verbs: [say]\nverb: [tell]", "reference_invalid", "verb"),
        ("verbs: say", "reference_invalid", "verbs"),
        ("verbs: [", "reference_unreadable", "v.yaml"),
        ("!!python/object/apply:os.system [ls]", "reference_unreadable", "v.yaml"),
    ],
)
def test_a_bad_file_is_refused_by_file_and_field(tmp_path, text, code, named):
    with pytest.raises(ReferenceDataError, match=named) as refused:
        load_reference(write(tmp_path / "v.yaml", text), Verbs)
    assert refused.value.code == code


def test_a_misspelt_field_is_told_with_the_one_that_is_meant(tmp_path):
    with pytest.raises(
        ReferenceDataError, match=r"verb: there is no such field; did you mean 'verbs'\? Known"
    ):
        load_reference(write(tmp_path / "v.yaml", "verb: [tell]\nverbs: [say]"), Verbs)


def test_a_field_that_is_like_none_is_told_with_those_there_are(tmp_path):
    with pytest.raises(ReferenceDataError, match=r"colour: there is no such field; Known are verbs"):
        load_reference(write(tmp_path / "v.yaml", "verbs: [say]\ncolour: red"), Verbs)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReferenceDataError, match=r"none\.yaml") as refused:
        load_reference(tmp_path / "none.yaml", Verbs)
    assert refused.value.code == "reference_missing"
