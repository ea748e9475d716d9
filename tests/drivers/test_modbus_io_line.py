"""The I/O board's line and settings: noise, damaged and late answers, exceptions, other boards on the line, wrong wiring."""

import pytest
from io_boards import AT_REST, DRIVER, WIRING, check, inputs, light

from drivers import registry
from drivers.bench import io_board
from drivers.contract import DeviceState, Done, Flash, HealthLevel, Part
from drivers.errors import Reason
from drivers.registry import DriverConfigError

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR


@pytest.fixture
def board(bench):
    board = bench("io_board")
    board.set(inputs=AT_REST)
    return board


@pytest.fixture
def cabinet(board, device, ear):
    cabinet = device(DRIVER, port=board.port, **WIRING)
    cabinet.start(ear)
    ear.state(ONLINE)
    return cabinet


@pytest.mark.parametrize(
    "fault", [{"bad_checksum": True}, {"half_frame": 4}, {"garbage": "instead"}, {"silent": True}, {"late_ms": 1300}], ids=str
)
def test_one_bad_answer_is_asked_for_again(cabinet, board, ear, fault):
    board.set(faulty=1, **fault)
    board.set(inputs=inputs(i0=False))
    ear.until(lambda: cabinet.status.parts["cabinetFrontDoor"] is Part.OPEN)
    assert ear.states() == [ONLINE, ONLINE]


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 4}, {"garbage": "instead"}], ids=str)
def test_only_bad_answers_are_garbled_and_never_a_state_of_a_door(cabinet, board, ear, fault):
    board.set(inputs=inputs(i0=False), **fault)
    ear.state(ONLINE, HARDWARE_ERROR)
    assert cabinet.status.error.reason is Reason.GARBLED
    assert cabinet.status.parts["cabinetFrontDoor"] is Part.UNKNOWN
    board.set(garbage="", half_frame=0, bad_checksum=False)
    ear.state(ONLINE, HARDWARE_ERROR, ONLINE)
    assert cabinet.status.parts["cabinetFrontDoor"] is Part.OPEN


def test_noise_before_every_answer(cabinet, board, ear):
    board.set(garbage="before")
    cabinet.do(light("cardReader", Flash.CONTINUOUS))
    assert isinstance(ear.answer("l"), Done)
    assert cabinet.status.state is ONLINE


def test_another_slave_talks_just_before_ours(cabinet, board, ear):
    frame = bytes.fromhex("02 02 01 FF")
    board.set(other=(frame + io_board.crc(frame)).hex())
    board.set(inputs=inputs(i0=False))
    ear.until(lambda: cabinet.status.parts["cabinetFrontDoor"] is Part.OPEN)
    assert set(ear.states()) == {ONLINE}


def test_a_busy_board_is_asked_again(cabinet, board, ear):
    board.set(busy=2)
    cabinet.do(check(HealthLevel.INTERNAL))
    assert ear.answer("h").passed
    assert ear.states() == [ONLINE]


@pytest.mark.parametrize(("code", "state", "reason"), [(2, POWER_OFF, Reason.NOT_CONFIGURED), (4, HARDWARE_ERROR, Reason.HARDWARE)])
def test_a_board_that_answers_exceptions(cabinet, board, ear, code, state, reason):
    board.set(exception=code)
    ear.state(ONLINE, state)
    assert cabinet.status.error.reason is reason
    board.set(exception=0)
    ear.state(ONLINE, state, ONLINE)


def test_a_board_with_another_address_is_silent(board, device, ear):
    cabinet = device(DRIVER, port=board.port, unit=7, **WIRING)
    cabinet.start(ear)
    ear.state(POWER_OFF)
    assert cabinet.status.error.reason is Reason.SILENT


def test_a_board_that_does_not_tell_who_it_is_is_no_worse_for_it(board, device, ear):
    board.set(identity=None)
    cabinet = device(DRIVER, port=board.port, **WIRING)
    cabinet.start(ear)
    ear.state(ONLINE)
    assert cabinet.status.identity == {}


def test_a_fast_line(board, device, ear):
    cabinet = device(DRIVER, port=board.port, baud=115200, **WIRING)
    cabinet.start(ear)
    ear.state(ONLINE)
    board.set(inputs=inputs(i4=True))
    ear.until(lambda: cabinet.status.parts["operatorSwitch"] is Part.MAINTENANCE)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lights": {"recieptPrinter": 0}}, "no light 'recieptPrinter'; nearest is 'receiptPrinter'"),
        ({"contacts": {"frontDoor": {"input": 0}}}, "no contact 'frontDoor'; nearest is 'cabinetFrontDoor'"),
        ({"lights": {"scanner": 0}, "stay_on": ["scaner"]}, "no light 'scaner'; nearest is 'scanner'"),
        ({"lights": {"scanner": 3, "cardReader": 3}}, "coil 3 is used twice"),
        ({"contacts": {"cabinetDoor": {"input": 1}}, "operator_switch": {"maintenance": 1}}, "input 1 is used twice"),
        ({"lights": {"scanner": {}}}, "light scanner needs one of coil, colors, register"),
        ({"lights": {"scanner": {"coil": 1, "register": 1}}}, "light scanner needs one of coil, colors, register"),
        ({"lights": {"scanner": {"register": 1, "values": {"off": 0}}}}, "light scanner needs a value for each of off"),
        ({"lights": {"scanner": 70000}}, "<= 65535"),
        ({"lights": {"scanner": {"coils": 1}}}, "unknown field `coils`"),
        ({"contacts": {"tamperSensor": {"input": 0, "locked": 1}}}, "contact tamperSensor is no door"),
        ({"lights": {"scanner": 1}, "unit": 0}, "from 1 to 247"),
        ({"lights": {"scanner": 1}, "unit": 248}, "from 1 to 247"),
        ({}, "nothing is wired"),
    ],
    ids=str,
)
def test_wrong_wiring_is_refused_at_load(settings, said):
    with pytest.raises(DriverConfigError, match=said):
        registry.check(DRIVER, {"port": "/dev/null", **settings})
