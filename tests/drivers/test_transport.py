"""The byte pipe: what each failure of a line means, and that every wait can be ended."""

import os
import threading
import time
import tty

import pytest

from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.transport import Port, SerialSettings


@pytest.fixture
def waker():
    made = Waker()
    yield made
    made.close()


class Pair:
    def __init__(self):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)

    def hang_up(self):
        for fd in (self.slave, self.master):
            if fd >= 0:
                os.close(fd)
        self.master = self.slave = -1


@pytest.fixture
def pair():
    made = Pair()
    yield made
    made.hang_up()


def soon():
    return time.monotonic() + 5


def error_of(action):
    with pytest.raises(DeviceError) as caught:
        action()
    return caught.value


def opened(url, waker):
    return Port(SerialSettings(port=url), waker)


def test_bytes_go_both_ways_on_a_pty(pair, waker):
    with opened(pair.path, waker) as port:
        os.write(pair.master, b"hello")
        assert port.read(soon()) == b"hello"
        assert port.write(b"answer", soon()) == 6
        assert os.read(pair.master, 100) == b"answer"


def test_loop(waker):
    with opened("loop://", waker) as port:
        assert port.read(time.monotonic() + 0.03) == b""
        port.write(b"abc", soon())
        got = b""
        while len(got) < 3:
            got += port.read(soon())
        assert got == b"abc"
        port.write(b"xyz", soon())
        assert port.drain() == b"xyz"
        waker.set()
        assert port.read(soon()) == b""
        port.rest(soon())


def test_spy_passes_bytes_on_and_shows_them(pair, waker, capfd):
    with opened(f"spy://{pair.path}", waker) as port:
        os.write(pair.master, b"hello")
        assert port.read(soon()) == b"hello"
    assert "hello" in capfd.readouterr().err


def test_a_port_that_does_not_exist_is_unplugged(tmp_path, waker):
    error = error_of(lambda: opened(str(tmp_path / "none"), waker))
    assert (error.reason, error.action) == (Reason.UNPLUGGED, Action.CLEAR)


def test_a_port_in_use_is_not_unplugged(pair, waker):
    with opened(pair.path, waker):
        error = error_of(lambda: opened(pair.path, waker))
    assert (error.reason, error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)
    assert "another program" in error.detail
    opened(pair.path, waker).close()


@pytest.mark.parametrize("what", ["file", "folder", "scheme", "baud"])
def test_what_is_no_port_is_a_wrong_configuration(pair, tmp_path, waker, what):
    (tmp_path / "file").write_text("no port")
    url, baud = {
        "file": (str(tmp_path / "file"), 9600),
        "folder": (str(tmp_path), 9600),
        "scheme": ("nothing://x", 9600),
        "baud": (pair.path, -1),
    }[what]
    assert error_of(lambda: Port(SerialSettings(port=url, baud=baud), waker)).reason is Reason.NOT_CONFIGURED


def test_hanging_up_ends_every_way_of_waiting(pair, waker):
    with opened(pair.path, waker) as port:
        pair.hang_up()
        for wait in (lambda: port.read(soon()), lambda: port.rest(soon()), lambda: port.write(b"x", soon()), port.drain):
            error = error_of(wait)
            assert (error.reason, error.action) == (Reason.UNPLUGGED, Action.CLEAR)


def test_hanging_up_is_noticed_in_the_middle_of_a_wait(pair, waker):
    with opened(pair.path, waker) as port:
        timer = threading.Timer(0.05, pair.hang_up)
        timer.start()
        assert error_of(lambda: port.rest(soon())).reason is Reason.UNPLUGGED
        timer.join()


@pytest.mark.parametrize("way", ["read", "rest", "write"])
def test_a_waker_ends_every_way_of_waiting(pair, waker, way):
    with opened(pair.path, waker) as port:
        timer = threading.Timer(0.2, waker.set)
        timer.start()
        deadline = time.monotonic() + 15
        match way:
            case "read":
                assert port.read(deadline) == b""
            case "rest":
                port.rest(deadline)
            case "write":
                while port.write(b"x" * 4096, deadline):
                    pass  # the peer never reads: at last the line takes no more
        assert time.monotonic() < deadline
        timer.join()


def test_a_line_that_takes_no_bytes_takes_none_after_the_deadline(pair, waker):
    with opened(pair.path, waker) as port:
        taken = 0
        while some := port.write(b"x" * 4096, time.monotonic() + 0.01):
            taken += some
            assert taken < 1_000_000
        assert taken > 1000
        port.close()


def test_drain_takes_what_is_there_and_does_not_wait(pair, waker):
    with opened(pair.path, waker) as port:
        os.write(pair.master, b"late answer")
        assert port.read(soon())
        os.write(pair.master, b"more")
        deadline = soon()
        got = b""
        while not got and time.monotonic() < deadline:
            got = port.drain()
        assert got == b"more"
        assert port.drain() == b""


def test_closing_a_broken_line_is_no_error(pair, waker):
    port = opened(pair.path, waker)
    pair.hang_up()
    port.close()
    port.close()


def test_a_waker_stays_set_until_cleared(waker):
    assert not waker.wait(0)
    waker.set()
    waker.set()
    assert waker.wait(5)
    assert waker.wait(0)
    waker.clear()
    waker.clear()
    assert not waker.wait(0)
