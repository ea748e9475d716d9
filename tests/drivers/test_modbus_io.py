"""The cabinet's I/O board: doors, tamper, presence, the operator's switch."""

import pytest
from io_boards import AT_REST, DRIVER, WIRING, check, inputs

from drivers import registry
from drivers.contract import DeviceState, HealthLevel, Part, PersonAsked, Reset, StatusChanged
from drivers.errors import Action, Reason

ONLINE, POWER_OFF, FRAUD = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.POTENTIAL_FRAUD
OUR_PARTS = {"cabinetFrontDoor": Part.CLOSED, "tamperSensor": Part.OFF, "proximitySensor": Part.NOT_PRESENT, "operatorSwitch": Part.RUN}


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


def part(cabinet, name):
    return cabinet.status.parts[name]


def test_at_rest(cabinet):
    assert cabinet.status.parts == OUR_PARTS | dict.fromkeys(WIRING["lights"], Part.OFF)
    assert cabinet.status.identity == {"maker": "Beispiel GmbH", "model": "IO-8", "firmware": "1.2"}


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({"i0": False}, "cabinetFrontDoor", Part.OPEN),
        ({"i1": True}, "cabinetFrontDoor", Part.LOCKED),
        ({"i0": False, "i1": True}, "cabinetFrontDoor", Part.OPEN),
        ({"i3": True}, "proximitySensor", Part.PRESENT),
        ({"i4": True}, "operatorSwitch", Part.MAINTENANCE),
        ({"i5": True}, "operatorSwitch", Part.SUPERVISOR),
        ({"i4": True, "i5": True}, "operatorSwitch", Part.UNKNOWN),
    ],
    ids=str,
)
def test_a_change_is_told_and_so_is_its_end(cabinet, board, ear, changes, name, expected):
    board.set(inputs=inputs(**changes))
    told = ear.first(StatusChanged, lambda event: event.status.parts[name] is expected)
    assert name in told.changed
    assert set(told.changed) == {name}
    board.set(inputs=AT_REST)
    ear.until(lambda: part(cabinet, name) is OUR_PARTS[name])
    assert ear.states() == [ONLINE] * len(ear.states())


def test_opened_with_a_crowbar(cabinet, board, ear):
    board.set(inputs=inputs(i0=False, i2=False))
    ear.until(lambda: cabinet.status.state is FRAUD)
    assert part(cabinet, "tamperSensor") is Part.ON
    ear.until(lambda: part(cabinet, "cabinetFrontDoor") is Part.OPEN)
    board.set(inputs=AT_REST)
    ear.until(lambda: cabinet.status.state is ONLINE)
    assert cabinet.counters["tamperCount"] == 1
    assert cabinet.counters["doorOpenedCount"] == 1


def test_a_cut_wire_is_an_open_door(cabinet, board, ear):
    board.set(inputs=[False] * 8)
    ear.until(lambda: cabinet.status.state is FRAUD and part(cabinet, "cabinetFrontDoor") is Part.OPEN)


def test_a_bouncing_contact_is_told_and_counted_once(cabinet, board, ear):
    board.set(bounce_ms=200)
    for level in (False, True) * 3:
        board.set(inputs=inputs(i0=level))
        ear.until(lambda level=level: part(cabinet, "cabinetFrontDoor") is (Part.CLOSED if level else Part.OPEN))
    assert cabinet.counters["doorOpenedCount"] == 3
    assert len([event for event in ear.events if isinstance(event, StatusChanged)]) == 1 + 6


def test_a_door_that_opened_while_the_board_was_unplugged_is_counted(cabinet, board, ear):
    board.unplug()
    ear.state(ONLINE, POWER_OFF)
    assert set(cabinet.status.parts.values()) == {Part.UNKNOWN}
    board.set(inputs=inputs(i0=False))
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    assert part(cabinet, "cabinetFrontDoor") is Part.OPEN
    assert cabinet.counters["doorOpenedCount"] == 1


def test_a_door_found_open_at_the_start_has_not_been_opened(board, device, ear):
    board.set(inputs=inputs(i0=False))
    cabinet = device(DRIVER, port=board.port, **WIRING)
    cabinet.start(ear)
    ear.state(ONLINE)
    assert part(cabinet, "cabinetFrontDoor") is Part.OPEN
    assert "doorOpenedCount" not in cabinet.counters


def test_a_silent_board_has_no_closed_door(cabinet, board, ear):
    board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert cabinet.status.error.reason is Reason.SILENT
    assert set(cabinet.status.parts.values()) == {Part.UNKNOWN}


def test_contacts_are_watched_while_a_check_runs(cabinet, board, ear):
    cabinet.do(check(HealthLevel.EXTERNAL))
    ear.until(lambda: any(board.get()["coils"]))
    board.set(inputs=inputs(i3=True))
    ear.until(lambda: part(cabinet, "proximitySensor") is Part.PRESENT)
    assert ear.finals("h") == []
    assert ear.answer("h").passed


def test_internal_check_says_what_all_is(cabinet, ear):
    cabinet.do(check(HealthLevel.INTERNAL))
    assert ear.answer("h").findings == {name: str(part) for name, part in cabinet.status.parts.items()}


def asked(ear, key):
    return ear.first(PersonAsked, lambda event: event.key == key)


@pytest.mark.parametrize("at_first", [True, False], ids=["closed", "open"])
def test_interactive_check_passes_by_the_door_and_the_switch_moving(board, device, ear, at_first):
    board.set(inputs=inputs(i0=at_first))
    cabinet = device(DRIVER, port=board.port, **{**WIRING, "lights": {}})
    cabinet.start(ear)
    ear.state(ONLINE)
    before = part(cabinet, "cabinetFrontDoor")
    cabinet.do(check(HealthLevel.INTERACTIVE))
    asked(ear, "check-open-door")
    board.set(inputs=inputs(i0=not at_first))
    ear.until(lambda: part(cabinet, "cabinetFrontDoor") is not before)
    assert not [event for event in ear.events if isinstance(event, PersonAsked) and event.key == "check-switch"]
    board.set(inputs=inputs(i0=at_first))
    asked(ear, "check-switch")
    board.set(inputs=inputs(i0=at_first, i4=True))
    ear.until(lambda: part(cabinet, "operatorSwitch") is Part.MAINTENANCE)
    assert ear.finals("h") == []
    board.set(inputs=inputs(i0=at_first))
    assert ear.answer("h").passed


def test_nobody_opens_the_door(cabinet, board, device, ear, monkeypatch):
    monkeypatch.setattr("drivers.cabinet.modbus_io._HANDS", 0.1)
    monkeypatch.setattr("drivers.cabinet.modbus_io._SHOWN", 0.0)
    cabinet.stop()
    cabinet = device(DRIVER, port=board.port, contacts=WIRING["contacts"])
    cabinet.start(ear)
    cabinet.do(check(HealthLevel.INTERACTIVE))
    assert ear.answer("h").error.reason is Reason.TIMEOUT


def test_counts_outlive_a_restart(board, tmp_path, stack, ear):
    for expected in (1, 2):
        cabinet = registry.load("cabinet", DRIVER, {"port": board.port, **WIRING}, keep=tmp_path)
        stack.callback(cabinet.stop)
        cabinet.start(ear)
        ear.until(lambda cabinet=cabinet: cabinet.status.state is ONLINE)
        board.set(inputs=inputs(i0=False))
        ear.until(lambda cabinet=cabinet: part(cabinet, "cabinetFrontDoor") is Part.OPEN)
        board.set(inputs=AT_REST)
        ear.until(lambda cabinet=cabinet: part(cabinet, "cabinetFrontDoor") is Part.CLOSED)
        cabinet.stop()
        assert cabinet.counters["doorOpenedCount"] == expected


def test_only_contacts_is_enough(board, device, ear):
    cabinet = device(DRIVER, port=board.port, contacts={"cabinetDoor": {"input": 0}})
    assert "SetLight" not in cabinet.capabilities.commands
    assert HealthLevel.EXTERNAL not in cabinet.capabilities.health
    cabinet.start(ear)
    ear.state(ONLINE)
    cabinet.do(Reset(role="device", id="r"))
    ear.answer("r")
    assert cabinet.status.parts == {"cabinetDoor": Part.CLOSED}


def test_an_input_that_the_board_does_not_have_is_a_matter_of_configuration(board, device, ear):
    cabinet = device(DRIVER, port=board.port, contacts={"cabinetDoor": {"input": 70}})
    cabinet.start(ear)
    ear.state(POWER_OFF)
    assert cabinet.status.error.reason is Reason.NOT_CONFIGURED
    assert cabinet.status.error.action is Action.CONFIGURATION
