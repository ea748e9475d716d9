"""The security module inside the ID-card reader: what it tells of itself, and when it is unusable."""

import pytest
from card_reading import ROLE, read, reason

from drivers.contract import DeviceState, Failed, Part, Reset
from drivers.errors import Action, Reason

ONLINE, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.HARDWARE_ERROR


def test_tells_its_number_and_that_it_is_well(make_reader):
    status = make_reader().status
    assert status.state is ONLINE
    assert status.parts == {"module": Part.OK}
    assert status.identity == {"serial": "05.01-20181859-0002679109-1234567890"}


def test_module_that_does_not_tell_its_number_is_well_all_the_same(make_reader, reader_board):
    reader_board.set(id_sw3="24")
    status = make_reader().status
    assert status.state is ONLINE
    assert status.identity == {}


@pytest.mark.parametrize(("code", "expected"), [("60", Reason.HARDWARE), ("66", Reason.NOT_AUTHORISED)])
def test_module_that_is_unusable_needs_maintenance_and_is_taken_back_when_it_is_well(make_reader, reader_board, ear, code, expected):
    reader_board.set(module=code)
    reader = make_reader()
    assert reader.status.state is HARDWARE_ERROR
    assert (reader.status.error.reason, reader.status.error.action) == (expected, Action.MAINTENANCE)
    read(reader)
    assert reason(ear) is expected
    reader_board.set(module="90")
    ear.state(HARDWARE_ERROR, ONLINE)


@pytest.mark.parametrize("code", ["60", "66"])
def test_module_that_fails_while_idle_is_noticed(make_reader, reader_board, ear, code):
    make_reader()
    reader_board.set(module=code)
    ear.state(ONLINE, HARDWARE_ERROR)


def test_module_that_fails_while_a_card_is_waited_for(make_reader, reader_board, ear):
    reader = make_reader(health_ms=60000)
    read(reader)
    reader_board.set(module="60")
    assert reason(ear) is Reason.HARDWARE
    ear.state(ONLINE, HARDWARE_ERROR)


def test_reset_is_done(make_reader, ear):
    reader = make_reader()
    reader.do(Reset(role=ROLE, id="r"))
    assert not isinstance(ear.answer("r"), Failed)
