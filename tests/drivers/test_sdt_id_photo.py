"""Cards whose photo is decoded: a picture where the decoder makes one, and the card in any case."""

import threading

import pytest
from card_reading import ROLE, read

from drivers.bench import cards
from drivers.contract import Cancel, CardFound, CardRead, CheckHealth, DeviceState, HealthLevel, Part, PersonAsked, Reset
from drivers.errors import Reason
from drivers.readers.photo_decoder import RESTARTS
from drivers.registry import DriverConfigError

ONLINE = DeviceState.ONLINE


def part(reader):
    return reader.status.parts["photoDecoder"]


def processes(reader):
    child = reader._decoder._child
    return None if child is None else child._process


def next_card(board, reader, number):
    board.set(card=None)
    board.set(card=("jia", "yi")[number % 2])
    read(reader, f"card{number}")


def test_a_card_comes_with_its_picture(make_reader, reader_board, ear):
    reader = make_reader(photo_decoder="decode_by_order", photo_ms=10_000)
    reader_board.set(card="jia")
    read(reader)
    card = ear.answer("1").card
    assert card.picture.startswith(b"BM")
    assert card.photo == cards.photo(cards.person("jia"))
    ear.until(lambda: part(reader) is Part.OK)
    reader.stop()
    assert processes(reader) is None


def test_without_a_decoder_the_card_has_no_picture_and_the_status_says_why(make_reader, reader_board, ear):
    reader_board.set(card="jia")
    reader = make_reader()
    read(reader)
    assert ear.answer("1").card.picture == b""
    assert part(reader) is Part.NOT_SUPPORTED
    assert "failedPictureCount" not in reader.counters


def test_a_decoder_that_crashes_never_fails_a_card_and_is_given_up(make_reader, reader_board, ear):
    reader = make_reader(photo_decoder="decode_aborts", photo_ms=10_000)
    for number in range(RESTARTS + 2):
        next_card(reader_board, reader, number)
        answer = ear.answer(f"card{number}")
        assert isinstance(answer, CardRead)
        assert answer.card.picture == b""
    ear.until(lambda: part(reader) is Part.INOPERATIVE)
    assert reader.status.state is ONLINE
    assert reader.counters["failedPictureCount"] == RESTARTS + 2
    assert reader.counters["goodReadCount"] == RESTARTS + 2
    reader.do(Reset(role=ROLE, id="r"))
    ear.answer("r")
    ear.until(lambda: part(reader) is Part.OK)


def test_cancel_and_stop_while_a_photo_is_decoded(make_reader, reader_board, ear, tmp_path, monkeypatch):
    (tmp_path / "decode_slowly.py").write_text("import time\n\ndef decode(wlt):\n    time.sleep(600)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    reader = make_reader(photo_decoder="decode_slowly", photo_ms=100_000)
    reader_board.set(card="jia")
    read(reader)
    ear.first(CardFound)
    threading.Event().wait(0.5)
    process = processes(reader)
    reader.do(Cancel(role=ROLE, id="c", of="1"))
    assert ear.answer("1").error.reason is Reason.CANCELED
    assert process.returncode is not None
    next_card(reader_board, reader, 1)
    ear.first(CardFound, lambda event: event.id == "card1")
    reader.stop()
    assert ear.answer("card1").error.reason is Reason.CANCELED
    assert processes(reader) is None


def test_the_decoder_outlives_a_pulled_plug_and_ends_with_the_device(make_reader, reader_board, ear):
    reader = make_reader(photo_decoder="decode_by_order")
    ear.until(lambda: part(reader) is Part.OK)
    process = processes(reader)
    reader_board.unplug()
    ear.until(lambda: part(reader) is Part.UNKNOWN)
    reader_board.plug()
    ear.until(lambda: part(reader) is Part.OK)
    assert processes(reader) is process
    reader_board.unplug()
    ear.until(lambda: reader.status.state is DeviceState.POWER_OFF)
    reader.stop()
    assert process.returncode is not None


def test_interactive_check_tells_the_size_of_the_picture(make_reader, reader_board, ear):
    reader = make_reader(photo_decoder="decode_by_order", photo_ms=10_000)
    reader.do(CheckHealth(role=ROLE, id="h", level=HealthLevel.INTERACTIVE))
    ear.first(PersonAsked)
    reader_board.set(card="jia")
    assert ear.answer("h").findings["picture"] == "38862 bytes"


@pytest.mark.parametrize("name", ["a b", "a..b", ".a", "a;b", "1a", "-c"])
def test_a_decoder_whose_name_is_no_module_is_a_wrong_setting(device, name):
    with pytest.raises(DriverConfigError, match="photo_decoder"):
        device("readers.sdt_id", port="/dev/null", photo_decoder=name)
