"""Counts that outlive restarts, whatever is on the disk."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.counters import Counters

HOSTILE = ["", "{", "[]", "3", '{"": 5}', '{"": {"a": -1}}', '{"": {"a": "7"}}', '{"": {"a": true}}', "[" * 100_000, "\x00\xff"]


def test_counts_are_kept_by_serial_number(tmp_path):
    path = tmp_path / "printer.json"
    counters = Counters(path)
    counters.select("S1")
    counters.add("paperCutCount", 3)
    counters.select("S2")
    counters.add("paperCutCount")
    counters.save()
    again = Counters(path)
    again.select("S1")
    assert again.values == {"paperCutCount": 3}
    again.select("S2")
    assert again.values == {"paperCutCount": 1}
    again.select("S3")
    assert again.values == {}


def test_thresholds_name_what_has_reached_them():
    counters = Counters(thresholds={"paperCutCount": 2, "resetCount": 5})
    counters.add("paperCutCount")
    assert counters.over == ()
    counters.add("paperCutCount")
    assert counters.over == ("paperCutCount",)


def test_nothing_is_written_when_nothing_was_counted(tmp_path):
    counters = Counters(tmp_path / "new" / "x.json")
    counters.select("S")
    counters.save()
    assert not (tmp_path / "new").exists()
    counters.add("a")
    counters.save()
    before = (tmp_path / "new" / "x.json").stat().st_mtime_ns
    counters.save()
    assert (tmp_path / "new" / "x.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_spoilt_file_starts_anew(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    counters = Counters(path)
    assert counters.values == {}
    counters.add("a")
    counters.save()
    assert json.loads(path.read_text()) == {"": {"a": 1}}


@given(st.binary(max_size=200))
@settings(derandomize=True, max_examples=100)
def test_any_bytes_on_the_disk_are_survived(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("counters") / "x.json"
    path.write_bytes(content)
    assert all(count >= 0 for count in Counters(path).values.values())


def test_a_disk_that_cannot_be_written_is_survived(tmp_path, caplog):
    folder = tmp_path / "file"
    folder.write_text("in the way")
    counters = Counters(folder / "x.json")
    counters.add("a")
    counters.save()
    assert counters.values == {"a": 1}
    assert "cannot be kept" in caplog.text


def test_no_half_file_is_left(tmp_path):
    counters = Counters(tmp_path / "x.json")
    counters.add("a")
    counters.save()
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
