"""The thread of a device, with drivers made for the test on a pty."""

import logging
import os
import threading
import tty
from pathlib import Path

import pytest

from drivers.contract import Cancel, Command, DeviceState, Done, Failed, Level, Part, Reset, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import differences
from drivers.runner import FAILING_RETRY, FIRST_RETRY, MISSING_RETRY, Driver, Runner, retry_after
from drivers.transport import SerialSettings

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR


class Echo(Driver):
    """Carries out Reset; what connect, handle and idle do can be changed by the test."""

    def __init__(self):
        self.on_connect = lambda link: Status(state=ONLINE)
        self.on_handle = lambda link, command: Done(role=link.role, id=command.id)
        self.on_idle = lambda link: link.listen(1)

    def connect(self, link):
        return self.on_connect(link)

    def handle(self, link, command):
        return self.on_handle(link, command)

    def idle(self, link):
        self.on_idle(link)


@pytest.fixture
def line():
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def driver():
    return Echo()


@pytest.fixture
def one(line, driver, stack):
    made = Runner("device", driver, SerialSettings(port=line[1]))
    stack.callback(made.stop)
    return made


def reset(device, command_id="1"):
    device.do(Reset(role="device", id=command_id))


def raises(error):
    def act(*_):
        raise error

    return act


def test_serves_commands(one, ear):
    one.start(ear)
    reset(one)
    assert isinstance(ear.answer("1"), Done)


def test_a_command_sent_before_the_device_is_up_waits_for_it(one, driver, ear):
    gate = threading.Event()

    def connect(link):
        gate.wait(10)
        return Status(state=ONLINE)

    driver.on_connect = connect
    one.start(ear)
    reset(one)
    gate.set()
    assert isinstance(ear.answer("1"), Done)


def test_a_fault_in_a_driver_is_told_without_its_message_and_the_device_goes_on(one, driver, ear, caplog):
    driver.on_handle = raises(ValueError("测试·甲一 999999199001010016"))
    one.start(ear)
    ear.state(ONLINE)
    with caplog.at_level(logging.ERROR):
        reset(one)
        answer = ear.answer("1")
    assert isinstance(answer, Failed)
    assert (answer.error.reason, answer.error.action) == (Reason.HARDWARE, Action.MAINTENANCE)
    ear.state(ONLINE, HARDWARE_ERROR, ONLINE)
    assert "ValueError" in caplog.text
    assert "test_runner.py" in caplog.text
    for secret in ("甲一", "999999199001010016"):
        assert secret not in caplog.text + repr(ear.events) + str(answer.error)


@pytest.mark.parametrize("method", ["on_connect", "on_idle"])
def test_a_fault_anywhere_does_not_end_the_thread(one, driver, ear, method):
    well = getattr(driver, method)
    setattr(driver, method, raises(KeyError("x")))
    one.start(ear)
    ear.until(lambda: HARDWARE_ERROR in ear.states())
    setattr(driver, method, well)
    ear.until(lambda: ear.states()[-1] is ONLINE)
    reset(one)
    assert isinstance(ear.answer("1"), Done)


def test_an_os_error_that_is_not_of_the_line_is_not_read_as_unplugged(one, driver, ear):
    driver.on_handle = raises(FileNotFoundError("font"))
    one.start(ear)
    reset(one)
    assert ear.answer("1").error.reason is Reason.HARDWARE


def test_a_failed_command_leaves_the_device_as_it_is(one, driver, ear):
    driver.on_handle = raises(DeviceError(Reason.CARD_MOVED, Action.WAIT))
    one.start(ear)
    reset(one)
    reset(one, "2")
    ear.answer("2")
    assert ear.states() == [ONLINE]


def test_a_command_that_gets_no_answer_ends_the_connection(one, driver, ear):
    driver.on_handle = raises(DeviceError(Reason.SILENT, Action.CLEAR))
    one.start(ear)
    reset(one)
    assert ear.answer("1").error.reason is Reason.SILENT
    ear.state(ONLINE, POWER_OFF, ONLINE)


def test_commands_that_wait_fail_with_the_error_of_the_device(one, driver, ear):
    gate = threading.Event()

    def handle(link, command):
        gate.wait(10)
        raise DeviceError(Reason.SILENT, Action.CLEAR)

    driver.on_handle = handle
    one.start(ear)
    for number in "123":
        reset(one, number)
    gate.set()
    assert [ear.answer(number).error.reason for number in "123"] == [Reason.SILENT] * 3
    ear.until(lambda: ear.states()[-1] is ONLINE)
    assert [len(ear.finals(number)) for number in "123"] == [1, 1, 1]


def test_a_listener_that_raises_does_not_stop_the_device(one, ear, caplog):
    def emit(event):
        ear(event)
        raise RuntimeError("测试·甲一")

    one.start(emit)
    for number in "123":
        reset(one, number)
        assert isinstance(ear.answer(number), Done)
    assert "RuntimeError" in caplog.text
    assert "甲一" not in caplog.text


def test_what_is_unknown_after_a_break_is_told_as_unknown(one, driver, ear):
    well = Status(
        state=ONLINE,
        parts={"cover": Part.CLOSED, "stacker": Part.NOT_SUPPORTED},
        supplies={"upper": Level.FULL, "lower": Level.NOT_SUPPORTED},
        identity={"model": "x"},
    )
    driver.on_connect = lambda link: well
    failing = threading.Event()

    def idle(link):
        if failing.is_set():
            failing.clear()
            raise DeviceError(Reason.SILENT, Action.CLEAR)
        link.listen(0.01)

    driver.on_idle = idle
    one.start(ear)
    ear.state(ONLINE)
    failing.set()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    down = ear.events[1]
    assert down.status.parts == {"cover": Part.UNKNOWN, "stacker": Part.NOT_SUPPORTED}
    assert down.status.supplies == {"upper": Level.UNKNOWN, "lower": Level.NOT_SUPPORTED}
    assert down.changed == ("state", "error", "cover", "upper")
    assert ear.events[2].status == well


def test_error_details_alone_are_no_change():
    before = Status(state=POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.CLEAR, "read failed"))
    after = Status(state=POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.CLEAR, "no such file"))
    assert differences(before, after) == ()
    assert differences(before, Status(state=ONLINE)) == ("state", "error")
    assert differences(Status(state=ONLINE), Status(state=ONLINE, identity={"model": "x"}, supplies={"upper": Level.LOW})) == ("upper", "model")


def test_status_is_logged_when_it_changes_and_only_then(one, driver, ear, caplog):
    caplog.set_level(logging.INFO)
    asked = []

    def idle(link):
        asked.append(1)
        link.report(Status(state=ONLINE))
        link.listen(0.001)

    driver.on_idle = idle
    one.start(ear)
    ear.until(lambda: len(asked) > 20)
    one.stop()
    assert len(caplog.records) == 1


def test_receive_is_not_cut_short_by_commands_but_listen_is(one, driver, line, ear):
    master, _ = line
    seen = []

    def idle(link):
        seen.append(link.listen(10))

    def handle(link, command):
        os.write(master, b"reply") if command.id == "1" else None
        return Done(role=link.role, id=f"{command.id}-{link.receive(10).decode()}") if command.id == "1" else Done(role=link.role, id=command.id)

    driver.on_idle, driver.on_handle = idle, handle
    one.start(ear)
    reset(one, "1")
    reset(one, "2")
    assert isinstance(ear.answer("1-reply"), Done)
    assert isinstance(ear.answer("2"), Done)
    assert set(seen) <= {b""}


def test_pause_ends_by_cancel_and_not_by_other_commands(one, driver, ear):
    def handle(link, command):
        link.pause(10)
        return Done(role=link.role, id=command.id)

    driver.on_handle = handle
    one.start(ear)
    reset(one, "1")
    one.do(Command(role="device", id="2"))
    one.do(Cancel(role="device", id="c", of="2"))
    assert ear.answer("2").error.reason is Reason.CANCELED
    assert not ear.finals("1")
    one.do(Cancel(role="device", id="c", of="1"))
    assert ear.answer("1").error.reason is Reason.CANCELED


def test_sending_to_a_device_that_takes_nothing_is_silence(one, driver, ear):
    def handle(link, command):
        link.send(bytes(100_000), 0.05)

    driver.on_handle = handle
    one.start(ear)
    reset(one)
    assert ear.answer("1").error.reason is Reason.SILENT


def test_without_a_line_there_is_no_port(one, driver, ear):
    kept = []
    driver.on_connect = lambda link: kept.append(link) or Status(state=ONLINE)
    one.start(ear)
    ear.state(ONLINE)
    kept[0].down(DeviceError(Reason.UNPLUGGED, Action.CLEAR))
    with pytest.raises(DeviceError):
        kept[0].port.drain()


def test_a_driver_without_commands_knows_none(line, stack, ear):
    class Bare(Driver):
        def connect(self, link):
            return Status(state=ONLINE)

    one = Runner("device", Bare(), SerialSettings(port=line[1]))
    stack.callback(one.stop)
    one.start(ear)
    reset(one)
    assert ear.answer("1").error.reason is Reason.UNSUPPORTED


def test_a_driver_must_say_hello():
    with pytest.raises(NotImplementedError):
        Driver().connect(None)


def test_starting_twice_is_an_error_and_stopping_twice_is_not(one, ear):
    one.stop()
    reset(one)
    one.start(ear)
    with pytest.raises(RuntimeError):
        one.start(ear)
    one.stop()
    one.stop()
    reset(one)
    assert not ear.finals("1")
    assert one.status.state in {ONLINE, DeviceState.STARTING}


def test_no_file_descriptor_is_left(one, ear):
    before = len(list(Path("/proc/self/fd").iterdir()))
    for count in range(1, 4):
        one.start(ear)
        ear.state(*[ONLINE] * count)
        one.stop()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_retries_are_quick_first_and_limited_later():
    unplugged, silent = DeviceError(Reason.UNPLUGGED, Action.CLEAR), DeviceError(Reason.SILENT, Action.CLEAR)
    assert retry_after(unplugged, 1) == retry_after(silent, 1) == FIRST_RETRY
    assert retry_after(unplugged, 1000) == MISSING_RETRY
    assert retry_after(silent, 1000) == FAILING_RETRY
