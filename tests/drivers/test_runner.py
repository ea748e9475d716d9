"""The thread of a device, with drivers made for the test on a pty."""

import logging
import os
import threading
from pathlib import Path

import pytest
from echo import ping

from drivers.context import Context
from drivers.contract import Cancel, Command, DeviceState, Done, Level, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import differences
from drivers.runner import Driver, Runner
from drivers.transport import SerialSettings, serial_line

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


def test_serves_commands(runner, ear):
    runner.start(ear)
    ping(runner)
    assert isinstance(ear.answer("1"), Done)


def test_a_command_sent_before_the_device_is_up_waits_for_it(runner, echo, ear):
    gate = threading.Event()

    def connect(link):
        gate.wait(10)
        return Status(state=ONLINE)

    echo.on_connect = connect
    runner.start(ear)
    ping(runner)
    gate.set()
    assert isinstance(ear.answer("1"), Done)


def test_status_is_logged_when_it_changes_and_only_then(runner, echo, ear, caplog):
    caplog.set_level(logging.INFO)
    asked = []

    def idle(link):
        asked.append(1)
        link.report(Status(state=ONLINE))
        link.listen(0.001)

    echo.on_idle = idle
    runner.start(ear)
    ear.until(lambda: len(asked) > 20)
    runner.stop()
    assert len(caplog.records) == 1


def test_error_details_alone_are_no_change():
    before = Status(state=POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.CLEAR, "read failed"))
    after = Status(state=POWER_OFF, error=DeviceError(Reason.UNPLUGGED, Action.CLEAR, "no such file"))
    assert differences(before, after) == ()
    assert differences(before, Status(state=ONLINE)) == ("state", "error")
    assert differences(Status(state=ONLINE), Status(state=ONLINE, identity={"model": "x"}, supplies={"upper": Level.LOW})) == ("upper", "model")


def test_receive_is_not_cut_short_by_commands_but_listen_is(runner, echo, line, ear):
    master, _ = line
    seen = []

    def idle(link):
        seen.append(link.listen(10))

    def handle(link, command):
        os.write(master, b"reply") if command.id == "1" else None
        return Done(role=link.role, id=f"{command.id}-{link.receive(10).decode()}") if command.id == "1" else Done(role=link.role, id=command.id)

    echo.on_idle, echo.on_handle = idle, handle
    runner.start(ear)
    ping(runner, "1")
    ping(runner, "2")
    assert isinstance(ear.answer("1-reply"), Done)
    assert isinstance(ear.answer("2"), Done)
    assert set(seen) <= {b""}


def test_pause_ends_by_cancel_and_not_by_other_commands(runner, echo, ear):
    def handle(link, command):
        link.pause(10)
        return Done(role=link.role, id=command.id)

    echo.on_handle = handle
    runner.start(ear)
    ping(runner, "1")
    runner.do(Command(role="device", id="2"))
    runner.do(Cancel(role="device", id="c", of="2"))
    assert ear.answer("2").error.reason is Reason.CANCELED
    assert not ear.finals("1")
    runner.do(Cancel(role="device", id="c", of="1"))
    assert ear.answer("1").error.reason is Reason.CANCELED


def test_a_driver_without_commands_knows_none(line, stack, ear):
    class Bare(Driver):
        def connect(self, link):
            return Status(state=ONLINE)

    runner = Runner(Context(role="device"), Bare(), serial_line(SerialSettings(port=line[1])))
    stack.callback(runner.stop)
    runner.start(ear)
    ping(runner)
    assert ear.answer("1").error.reason is Reason.UNSUPPORTED


def test_a_driver_must_say_hello():
    with pytest.raises(NotImplementedError):
        Driver().connect(None)


def test_starting_twice_is_an_error_and_stopping_twice_is_not(runner, ear):
    runner.stop()
    ping(runner)
    runner.start(ear)
    with pytest.raises(RuntimeError):
        runner.start(ear)
    runner.stop()
    runner.stop()
    ping(runner)
    assert not ear.finals("1")
    assert runner.status.state in {ONLINE, DeviceState.STARTING}


def test_no_file_descriptor_is_left(runner, ear):
    before = len(list(Path("/proc/self/fd").iterdir()))
    for count in range(1, 4):
        runner.start(ear)
        ear.state(*[ONLINE] * count)
        runner.stop()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
