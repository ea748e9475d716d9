"""The speed of the ID-card reader's line: a module that somebody left at another one is found, set right and used."""

import logging
from functools import partial

import pytest
from card_reading import read

from drivers.contract import CardRead, DeviceState
from drivers.errors import Reason
from drivers.readers import sdt_id_talk
from drivers.registry import DriverConfigError

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


@pytest.fixture
def make_reader(make_reader, monkeypatch):
    """Starts the driver; a module of the bench answers soon or not at all, but on a busy machine not as soon as a real one."""
    monkeypatch.setattr(sdt_id_talk, "_PROBE", 0.5)
    return partial(make_reader, status_ms=400)


@pytest.fixture
def lines(caplog):
    """What was said of speeds."""
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records if "bit/s" in record.getMessage()]


@pytest.mark.parametrize("wanted", [115200, 57600, 38400, 19200, 9600])
def test_a_card_is_read_at_every_speed_with_its_fingerprints(make_reader, reader_board, ear, wanted, lines):
    reader_board.set(baud=wanted, card="jia", fingerprint=1024)
    read(make_reader(baud=wanted, fingerprint=True))
    answer = ear.answer("1")
    assert isinstance(answer, CardRead)
    assert len(answer.card.fingerprint) == 1024
    assert lines() == []


@pytest.mark.parametrize(("own", "wanted"), [(9600, 115200), (57600, 115200), (115200, 19200), (19200, 38400)])
def test_a_module_at_another_speed_is_set_to_the_configured_one(make_reader, reader_board, ear, own, wanted, lines):
    reader_board.set(baud=own, card="jia")
    reader = make_reader(baud=wanted)
    assert reader.status.state is ONLINE
    assert reader_board.get()["baud"] == wanted
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)
    assert lines() == [f"id_reader: the module talks at {own} bit/s and is set to {wanted}"]


def test_the_speed_is_set_again_at_every_connect_and_told_once(make_reader, reader_board, ear, lines):
    reader_board.set(baud=9600)
    make_reader()
    for states in ([ONLINE, POWER_OFF, ONLINE], [ONLINE, POWER_OFF, ONLINE, POWER_OFF, ONLINE]):
        reader_board.unplug()
        reader_board.set(baud=9600)
        ear.state(*states[:-1])
        reader_board.plug()
        ear.state(*states)
        assert reader_board.get()["baud"] == 115200
    assert len(lines()) == 1


def test_a_module_that_forgets_its_speed_while_it_is_used_is_taken_back(make_reader, reader_board, ear):
    make_reader()
    reader_board.set(baud=38400)
    ear.state(ONLINE, POWER_OFF, ONLINE)
    assert reader_board.get()["baud"] == 115200


def test_a_module_that_does_not_take_the_speed_is_used_at_its_own(make_reader, reader_board, ear, lines):
    reader_board.set(baud=38400, baud_fixed=True, card="jia")
    read(make_reader())
    assert isinstance(ear.answer("1"), CardRead)
    assert lines() == ["id_reader: the module talks at 38400 bit/s and does not take 115200"]


def test_a_silent_module_is_silent_at_every_speed(make_reader, reader_board, ear):
    reader_board.set(silent=True)
    reader = make_reader()
    assert (reader.status.state, reader.status.error.reason) == (POWER_OFF, Reason.SILENT)
    reader_board.set(silent=False)
    ear.state(POWER_OFF, ONLINE)


def test_a_speed_the_module_cannot_have_is_a_wrong_setting(device):
    with pytest.raises(DriverConfigError, match="baud"):
        device("readers.sdt_id", port="/dev/null", baud=4800)
