"""The cabinet's lights: on, off, flashing, in colours, after a reconnect, at stop."""

import pytest
from io_boards import AT_REST, DRIVER, WIRING, check, light

from drivers.cabinet.modbus_io_talk import Talk
from drivers.contract import Color, DeviceState, Done, Flash, HealthLevel, Part, PersonAnswered, PersonAsked, Reset
from drivers.errors import Reason

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


@pytest.fixture
def board(bench):
    board = bench("io_board")
    board.set(inputs=AT_REST)
    return board


@pytest.fixture
def make(board, device, ear):
    def start(**settings):
        cabinet = device(DRIVER, port=board.port, **{**WIRING, "health_ms": 200, **settings})
        cabinet.start(ear)
        ear.state(ONLINE)
        return cabinet

    return start


def lit(board):
    return [number for number, on in enumerate(board.get()["coils"]) if on]


def test_a_light_is_on_when_its_command_is_done_and_off_again(make, board, ear):
    cabinet = make()
    cabinet.do(light("receiptPrinter", Flash.CONTINUOUS, "1"))
    assert isinstance(ear.answer("1"), Done)
    assert lit(board) == [1]
    assert cabinet.status.parts["receiptPrinter"] is Part.ON
    cabinet.do(light("receiptPrinter", Flash.OFF, "2"))
    assert isinstance(ear.answer("2"), Done)
    assert lit(board) == []
    assert cabinet.status.parts["receiptPrinter"] is Part.OFF
    assert cabinet.counters["lightSwitchCount"] == 2


@pytest.mark.parametrize("flash", [Flash.SLOW, Flash.MEDIUM, Flash.QUICK])
def test_a_flashing_light_goes_on_and_off(make, board, ear, flash):
    cabinet = make()
    cabinet.do(light("cardReader", flash))
    ear.answer("l")
    for _ in range(2):
        ear.until(lambda: lit(board) == [0])
        ear.until(lambda: lit(board) == [])
    assert cabinet.status.parts["cardReader"] is Part.ON
    assert len([event for event in ear.events if getattr(event, "changed", ())]) == 2


def test_lights_of_one_rate_flash_together(make, board, ear):
    cabinet = make(baud=115200)
    cabinet.do(light("cardReader", Flash.QUICK, "1"))
    cabinet.do(light("receiptPrinter", Flash.QUICK, "2"))
    ear.answer("2")
    for _ in range(2):
        ear.until(lambda: lit(board) == [0, 1])
        ear.until(lambda: lit(board) == [])


def test_a_light_that_is_not_there(make, ear):
    make().do(light("recieptPrinter", Flash.CONTINUOUS))
    error = ear.answer("l").error
    assert error.reason is Reason.UNSUPPORTED
    assert "'receiptPrinter'" in error.detail


def test_colours(make, board, ear):
    cabinet = make(lights={"statusGood": {"colors": {"green": 4, "red": 5}}})
    cabinet.do(light("statusGood", Flash.CONTINUOUS, "1", color=Color.GREEN))
    ear.answer("1")
    assert lit(board) == [4]
    cabinet.do(light("statusGood", Flash.CONTINUOUS, "2", color=Color.RED))
    ear.answer("2")
    assert lit(board) == [5]
    cabinet.do(light("statusGood", Flash.CONTINUOUS, "3", color=Color.BLUE))
    assert ear.answer("3").error.reason is Reason.UNSUPPORTED
    cabinet.do(light("statusGood", Flash.OFF, "4"))
    ear.answer("4")
    assert lit(board) == []


def test_a_board_that_flashes_by_itself(make, board, ear):
    cabinet = make(lights={"scanner": {"register": 3}})
    for value, flash in enumerate((Flash.OFF, Flash.SLOW, Flash.MEDIUM, Flash.QUICK, Flash.CONTINUOUS)):
        cabinet.do(light("scanner", flash, flash))
        ear.answer(flash)
        assert board.get()["registers"][3] == value
    assert "lightSwitchCount" not in cabinet.counters
    cabinet.stop()
    assert board.get()["registers"][3] == 0


def test_lights_are_put_on_again_after_a_reconnect(make, board, ear):
    cabinet = make()
    cabinet.do(light("cardReader", Flash.CONTINUOUS))
    ear.answer("l")
    board.unplug()
    ear.until(lambda: cabinet.status.state is POWER_OFF)
    board.plug()
    ear.until(lambda: cabinet.status.state is ONLINE)
    assert lit(board) == [0]


def test_a_board_that_restarts_by_itself_gets_its_lights_again(make, board, ear):
    cabinet = make()
    cabinet.do(light("cardReader", Flash.CONTINUOUS))
    ear.answer("l")
    board.set(restart=1)
    ear.until(lambda: lit(board) == [])
    ear.until(lambda: lit(board) == [0])
    assert cabinet.status.state is ONLINE


def test_reset_tells_the_board_again(make, board, ear):
    cabinet = make(health_ms=600_000)
    cabinet.do(light("cardReader", Flash.CONTINUOUS))
    ear.answer("l")
    board.set(coils=[False] * 8)
    cabinet.do(Reset(role="device", id="r"))
    assert isinstance(ear.answer("r"), Done)
    assert lit(board) == [0]


def test_at_stop_the_lights_go_off_but_those_that_shall_stay(make, board, ear):
    cabinet = make(stay_on=("statusBad",))
    cabinet.do(light("cardReader", Flash.QUICK, "1"))
    cabinet.do(light("receiptPrinter", Flash.CONTINUOUS, "2"))
    ear.answer("2")
    cabinet.stop()
    assert lit(board) == [2]


def test_a_board_that_hears_but_is_not_heard_goes_dark_at_stop(make, board, ear):
    cabinet = make(answer_ms=100)
    cabinet.do(light("cardReader", Flash.CONTINUOUS, "1"))
    cabinet.do(light("receiptPrinter", Flash.CONTINUOUS, "2"))
    ear.answer("2")
    board.set(silent=True)
    cabinet.stop()
    assert lit(board) == []


def test_external_check_shows_each_light_alone_and_leaves_them_as_they_were(make, board, ear, monkeypatch):
    """However little time is left for it: a machine that is busy makes no relay one that does not follow."""
    monkeypatch.setattr("drivers.cabinet.modbus_io._SHOWN", 0.0)
    shown = []
    outputs = Talk.outputs
    monkeypatch.setattr(Talk, "outputs", lambda *given: shown.append(lit(board)) or outputs(*given))
    cabinet = make(health_ms=60_000)
    cabinet.do(light("receiptPrinter", Flash.CONTINUOUS))
    ear.answer("l")
    told = len(ear.events)
    cabinet.do(check(HealthLevel.EXTERNAL))
    assert ear.answer("h").passed
    assert shown[-4:] == [[1], [0], [1], [2]]
    assert lit(board) == [1]
    assert len(ear.events) == told + 1


def test_a_relay_that_is_stuck_fails_the_external_check(make, board, ear):
    board.set(stuck=[2])
    cabinet = make()
    cabinet.do(check(HealthLevel.EXTERNAL))
    error = ear.answer("h").error
    assert error.reason is Reason.CHECK_FAILED
    assert error.detail.startswith("statusBad")
    assert cabinet.status.state is ONLINE


@pytest.mark.parametrize(("choice", "passed"), [("yes", True), ("no", False)])
def test_interactive_check_asks_what_the_eye_saw(make, ear, monkeypatch, choice, passed):
    monkeypatch.setattr("drivers.cabinet.modbus_io._SHOWN", 0.05)
    cabinet = make(contacts={}, operator_switch=None)
    cabinet.do(check(HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).choices == ("yes", "no")
    cabinet.do(PersonAnswered(role="device", id="a", of="h", choice=choice))
    assert ear.answer("h").passed is passed
    assert passed or ear.answer("h").error.reason is Reason.CHECK_FAILED


def test_a_board_with_lights_only_is_noticed_when_it_goes_silent(make, board, ear):
    cabinet = make(contacts={}, operator_switch=None)
    board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert cabinet.status.error.reason is Reason.SILENT
