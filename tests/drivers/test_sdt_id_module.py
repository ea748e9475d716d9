"""The security module inside the ID-card reader: what it tells of itself, and when it is unusable."""

import pytest
from card_reading import ROLE, read, reason

from drivers.contract import CheckHealth, DeviceState, Failed, HealthLevel, Part, PersonAsked, Reset
from drivers.errors import Action, Reason

ONLINE, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.HARDWARE_ERROR


def test_tells_its_number_and_that_it_is_well(make_reader):
    status = make_reader().status
    assert status.state is ONLINE
    assert status.parts == {"module": Part.OK, "fingerprint": Part.UNKNOWN, "photoDecoder": Part.NOT_SUPPORTED}
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
    assert reader.status.parts["module"] is Part.INOPERATIVE
    assert reader.status.identity == {}
    read(reader)
    assert reason(ear) is expected
    reader.do(CheckHealth(role=ROLE, id="h", level=HealthLevel.INTERNAL))
    assert ear.answer("h").error.reason is expected
    reader_board.set(module="90")
    ear.state(HARDWARE_ERROR, ONLINE)
    assert reader.status.parts["module"] is Part.OK
    assert reader.status.identity


@pytest.mark.parametrize("code", ["60", "66"])
def test_module_that_fails_while_idle_is_noticed(make_reader, reader_board, ear, code):
    reader = make_reader()
    reader_board.set(module=code)
    ear.state(ONLINE, HARDWARE_ERROR)
    assert reader.status.parts["module"] is Part.INOPERATIVE
    assert reader.status.identity


def test_module_that_is_unusable_cannot_be_reset(make_reader, reader_board, ear):
    reader_board.set(module="60")
    reader = make_reader()
    reader.do(Reset(role=ROLE, id="r"))
    assert reason(ear, "r") is Reason.HARDWARE


@pytest.mark.parametrize("code", ["24", "10", "55"])
def test_module_that_answers_nonsense_about_itself_is_down(make_reader, reader_board, ear, code):
    reader_board.set(module=code)
    reader = make_reader()
    assert reader.status.state is HARDWARE_ERROR
    assert reader.status.parts["module"] is Part.UNKNOWN
    reader_board.set(module="90")
    ear.state(HARDWARE_ERROR, ONLINE)


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


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_interactive_check_reads_a_card_and_tells_sizes_only(make_reader, reader_board, ear, size):
    reader_board.set(fingerprint=size)
    reader = make_reader(fingerprint=True)
    reader.do(CheckHealth(role=ROLE, id="h", level=HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).key == "check-lay-card"
    reader_board.set(card="jia")
    checked = ear.answer("h")
    assert checked.passed
    assert checked.findings == {**reader.status.identity, "fingerprint": f"{size} bytes", "picture": "0 bytes"}
