"""Recordings of the bench: each is played to the driver as it is now, which must tell the same; and nobody is in them."""

import json

import pytest
from record import FOLDER, SCENES, record
from scenes import CARD, CODE, LONG, PAPER

from drivers.bench.people import PEOPLE
from drivers.recordings import recording
from drivers.recordings.replay import replay

FILES = sorted(FOLDER.glob("*.jsonl"))
FRESH = ("sdt_id_card_is_read_and_taken", "escpos_cover_is_opened_while_printing")  # all the others with --heavy
PERSON = next(one for one in PEOPLE if one.key == CARD)
PERSONAL = [
    CODE,
    *(PERSON.name, PERSON.number, PERSON.address, f"{PERSON.born:%Y%m%d}"),
    *("测试·录像纸", "A012", "zwfw.invalid", "囧仌", "测试第", "行"),
]


def bytes_in(file):
    """All that a recording keeps, as bytes: the file itself, and what was said."""
    records = recording.read(file).records
    return [file.read_bytes(), *(b"".join(bytes.fromhex(getattr(one, way) or "") for one in records) for way in ("out", "inward"))]


def assert_nobody_is_in(file):
    kept = bytes_in(file)
    for text in PERSONAL:
        for charset in ("utf-8", "gb18030", "utf-16-le"):
            assert not [1 for data in kept if text.encode(charset) in data], f"{text} as {charset}"


def test_what_is_looked_for_was_there():
    words = str([block for paper in (PAPER, LONG) for block in paper.blocks])
    assert [text for text in PERSONAL[-5:] if text not in words] == []


def test_there_are_recordings_and_each_can_be_made_anew():
    assert FILES
    assert {file.stem for file in FILES} <= set(SCENES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_driver_tells_what_it_told_when_it_was_recorded(file):
    report = replay(file)
    assert report.finished
    assert report.differences == ()
    assert report.unknown == ()
    assert report.events > 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nobody_is_in_a_recording_that_is_kept(file):
    assert_nobody_is_in(file)
    assert file.stat().st_size < 40_000
    assert "/tmp" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCENES)
def test_what_the_bench_does_is_recorded_without_anybody_and_played_again(name, tmp_path, heavy):
    if name not in FRESH and not heavy:
        pytest.skip("only with --heavy")
    file = tmp_path / "fresh.jsonl"
    stage = record(SCENES[name], file)
    assert_nobody_is_in(file)
    report = replay(file)
    assert report.differences == ()
    assert report.events == len(stage.events)


def test_what_a_driver_tells_otherwise_is_a_difference(tmp_path):
    lines = (FOLDER / "sdt_id_card_is_moved.jsonl").read_text(encoding="utf-8").splitlines()
    changed = [line.replace('"cardMoved"', '"cardRefused"') for line in lines if '"CardRead"' not in line]
    assert changed != lines
    file = tmp_path / "changed.jsonl"
    file.write_text("\n".join(changed) + "\n", encoding="utf-8")
    report = replay(file)
    assert not report.same
    assert {(line[0], json.loads(line[2:])["type"]) for line in report.differences} == {("-", "Failed"), ("+", "Failed"), ("+", "CardRead")}


def test_what_a_device_answers_otherwise_is_a_difference(tmp_path):
    text = (FOLDER / "sdt_id_card_is_moved.jsonl").read_text(encoding="utf-8")
    answer = '"in":"aaaaaa9669000400008084"'  # no card found
    good = '"in":"aaaaaa9669000400004145"'  # reading the card failed
    assert good in text
    file = tmp_path / "changed.jsonl"
    file.write_text(text.replace(good, answer.replace("8084", "3337")), encoding="utf-8")
    assert not replay(file).same
