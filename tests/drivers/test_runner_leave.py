"""What a driver still says when its device is stopped."""

import os
import threading

import pytest
from echo import Echo

from drivers.context import Context
from drivers.contract import DeviceState
from drivers.errors import Action, DeviceError, Reason
from drivers.runner import Runner
from drivers.transport import SerialSettings, serial_line


class Polite(Echo):
    """Says goodbye and waits for the answer."""

    def __init__(self, error=None):
        super().__init__()
        self.error = error
        self.heard = b""
        self.said = threading.Event()

    def leave(self, link):
        if self.error is not None:
            raise self.error
        link.send(b"bye")
        self.said.set()
        self.heard = link.receive(5.0)


@pytest.fixture
def start(line, stack, ear):
    def started(driver):
        runner = Runner(Context(role="device"), driver, serial_line(SerialSettings(port=line[1])))
        stack.callback(runner.stop)
        runner.start(ear)
        ear.state(DeviceState.ONLINE)
        return runner

    return started


def test_the_line_is_open_and_waits_are_not_ended_while_it_leaves(start, line):
    polite = Polite()
    runner = start(polite)
    stopping = threading.Thread(target=runner.stop)
    stopping.start()
    assert polite.said.wait(10)
    os.write(line[0], b"ok")
    stopping.join(10)
    assert os.read(line[0], 10).endswith(b"bye")
    assert polite.heard == b"ok"


def test_a_goodbye_that_fails_does_not_keep_the_device_from_stopping(start):
    start(Polite(DeviceError(Reason.SILENT, Action.CLEAR))).stop()
    assert "device-device" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.errors_logged
def test_a_driver_that_breaks_while_it_leaves_does_not_keep_the_device_from_stopping(start):
    start(Polite(KeyError("x"))).stop()
    assert "device-device" not in {thread.name for thread in threading.enumerate()}
