"""The thread of a device goes on whatever its driver, its line or its listener does."""

import logging
import threading

import pytest
from echo import ping

from drivers.contract import DeviceState, Done, Failed, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.runner import FAILING_RETRY, FIRST_RETRY, MISSING_RETRY, retry_after

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR


def raises(error):
    def act(*_):
        raise error

    return act


@pytest.mark.errors_logged
def test_a_fault_in_a_driver_is_told_without_its_message_and_the_device_goes_on(runner, echo, ear, caplog):
    echo.on_handle = raises(ValueError("测试·甲一 999999199001010016"))
    runner.start(ear)
    ear.state(ONLINE)
    with caplog.at_level(logging.ERROR):
        ping(runner)
        answer = ear.answer("1")
    assert isinstance(answer, Failed)
    assert (answer.error.reason, answer.error.action) == (Reason.HARDWARE, Action.MAINTENANCE)
    ear.state(ONLINE, HARDWARE_ERROR, ONLINE)
    assert "ValueError" in caplog.text
    assert "test_runner_faults.py" in caplog.text
    for secret in ("甲一", "999999199001010016"):
        assert secret not in caplog.text + repr(ear.events) + str(answer.error)


@pytest.mark.parametrize("method", ["on_connect", "on_idle"])
@pytest.mark.errors_logged
def test_a_fault_anywhere_does_not_end_the_thread(runner, echo, ear, method):
    well = getattr(echo, method)
    setattr(echo, method, raises(KeyError("x")))
    runner.start(ear)
    ear.until(lambda: HARDWARE_ERROR in ear.states())
    setattr(echo, method, well)
    ear.until(lambda: ear.states()[-1] is ONLINE)
    ping(runner)
    assert isinstance(ear.answer("1"), Done)


@pytest.mark.errors_logged
def test_an_os_error_that_is_not_of_the_line_is_not_read_as_unplugged(runner, echo, ear):
    echo.on_handle = raises(FileNotFoundError("font"))
    runner.start(ear)
    ping(runner)
    assert ear.answer("1").error.reason is Reason.HARDWARE


def test_a_failed_command_leaves_the_device_as_it_is(runner, echo, ear):
    echo.on_handle = raises(DeviceError(Reason.CARD_MOVED, Action.WAIT))
    runner.start(ear)
    ping(runner)
    ping(runner, "2")
    ear.answer("2")
    assert ear.states() == [ONLINE]


def test_a_command_that_gets_no_answer_ends_the_connection(runner, echo, ear):
    echo.on_handle = raises(DeviceError(Reason.SILENT, Action.CLEAR))
    runner.start(ear)
    ping(runner)
    assert ear.answer("1").error.reason is Reason.SILENT
    ear.state(ONLINE, POWER_OFF, ONLINE)


def test_commands_that_wait_fail_with_the_error_of_the_device(runner, echo, ear):
    gate = threading.Event()

    def handle(link, command):
        gate.wait(10)
        raise DeviceError(Reason.SILENT, Action.CLEAR)

    echo.on_handle = handle
    runner.start(ear)
    for number in "123":
        ping(runner, number)
    gate.set()
    assert [ear.answer(number).error.reason for number in "123"] == [Reason.SILENT] * 3
    ear.until(lambda: ear.states()[-1] is ONLINE)
    assert [len(ear.finals(number)) for number in "123"] == [1, 1, 1]


@pytest.mark.errors_logged
def test_a_listener_that_raises_does_not_stop_the_device(runner, ear, caplog):
    def emit(event):
        ear(event)
        raise RuntimeError("测试·甲一")

    runner.start(emit)
    for number in "123":
        ping(runner, number)
        assert isinstance(ear.answer(number), Done)
    assert "RuntimeError" in caplog.text
    assert "甲一" not in caplog.text


def test_what_is_unknown_after_a_break_is_told_as_unknown(runner, echo, ear):
    well = Status(
        state=ONLINE,
        parts={"cover": Part.CLOSED, "stacker": Part.NOT_SUPPORTED},
        supplies={"upper": Level.FULL, "lower": Level.NOT_SUPPORTED},
        identity={"model": "x"},
    )
    echo.on_connect = lambda link: well
    failing = threading.Event()

    def idle(link):
        if failing.is_set():
            failing.clear()
            raise DeviceError(Reason.SILENT, Action.CLEAR)
        link.listen(0.01)

    echo.on_idle = idle
    runner.start(ear)
    ear.state(ONLINE)
    failing.set()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    down = ear.events[1]
    assert down.status.parts == {"cover": Part.UNKNOWN, "stacker": Part.NOT_SUPPORTED}
    assert down.status.supplies == {"upper": Level.UNKNOWN, "lower": Level.NOT_SUPPORTED}
    assert down.changed == ("state", "error", "cover", "upper")
    assert ear.events[2].status == well


def test_sending_to_a_device_that_takes_nothing_is_silence(runner, echo, ear):
    def handle(link, command):
        link.send(bytes(100_000), 0.05)

    echo.on_handle = handle
    runner.start(ear)
    ping(runner)
    assert ear.answer("1").error.reason is Reason.SILENT


def test_without_a_line_there_is_no_port(runner, echo, ear):
    kept = []
    echo.on_connect = lambda link: kept.append(link) or Status(state=ONLINE)
    runner.start(ear)
    ear.state(ONLINE)
    kept[0].down(DeviceError(Reason.UNPLUGGED, Action.CLEAR))
    with pytest.raises(DeviceError):
        kept[0].port.drain()


def test_retries_are_quick_first_and_limited_later():
    unplugged, silent = DeviceError(Reason.UNPLUGGED, Action.CLEAR), DeviceError(Reason.SILENT, Action.CLEAR)
    assert retry_after(unplugged, 1) == retry_after(silent, 1) == FIRST_RETRY
    assert retry_after(unplugged, 1000) == MISSING_RETRY
    assert retry_after(silent, 1000) == FAILING_RETRY
