"""The line to a device on the network: what each failure means, and that a printer that is not there holds nobody up."""

import socket
import threading
import time
from contextlib import ExitStack

import pytest

from drivers import tcp
from drivers.context import Context
from drivers.contract import Cancel, DeviceState, Failed, Paper, Print
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.runner import Driver, Runner
from drivers.tcp import TcpLine
from drivers.transport import Port, SerialSettings, serial_line

FOR_EVER = 1000.0  # s: longer than a test may take


@pytest.fixture
def waker():
    made = Waker()
    yield made
    made.close()


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def url(server):
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def black_hole(monkeypatch):
    """An address that takes no connection and refuses none, as a printer that is switched off: its queue is full."""
    monkeypatch.setattr(tcp, "_CONNECT", FOR_EVER)
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"


def soon():
    return time.monotonic() + 5


def error_of(action):
    with pytest.raises(DeviceError) as caught:
        action()
    return caught.value


def test_every_socket_url_gets_this_line_and_no_other(url):
    assert serial_line(SerialSettings(port=url)).func is TcpLine
    assert serial_line(SerialSettings(port="loop://")).func is Port


def test_bytes_go_both_ways(server, url, waker):
    with TcpLine(url, waker) as line, server.accept()[0] as peer:
        peer.sendall(b"abc")
        assert line.read(soon()) == b"abc"
        assert line.write(b"xyz", soon()) == 3
        assert peer.recv(10) == b"xyz"
        assert line.drain() == b""


def test_the_other_side_closes(server, url, waker):
    with TcpLine(url, waker) as line:
        peer = server.accept()[0]
        peer.sendall(b"last words")
        peer.close()
        assert line.read(soon()) == b"last words"
        for wait in (lambda: line.rest(soon()), lambda: line.read(soon()), line.drain):
            error = error_of(wait)
            assert (error.reason, error.action) == (Reason.UNPLUGGED, Action.CLEAR)


def test_the_other_side_is_reset_in_the_middle_of_a_job(server, url, waker):
    with TcpLine(url, waker) as line:
        peer = server.accept()[0]
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, tcp._FORGET)
        peer.close()

        def write():
            while True:
                line.write(b"x" * 4096, soon())

        assert error_of(write).reason is Reason.UNPLUGGED
    line.close()


def test_a_refused_connection_is_unplugged(server, url, waker):
    server.close()
    error = error_of(lambda: TcpLine(url, waker))
    assert (error.reason, error.action) == (Reason.UNPLUGGED, Action.CLEAR)
    assert "ECONNREFUSED" in error.detail


def test_an_address_where_nobody_answers_is_unplugged(black_hole, waker, monkeypatch):
    monkeypatch.setattr(tcp, "_CONNECT", 0.05)
    assert error_of(lambda: TcpLine(black_hole, waker)).reason is Reason.UNPLUGGED


def test_a_wake_up_before_connecting_does_not_keep_a_device_that_is_there_from_being_opened(url, waker):
    waker.set()
    TcpLine(url, waker).close()


@pytest.mark.parametrize("wrong", ["socket://", "socket://127.0.0.1", "socket://127.0.0.1:0", "socket://127.0.0.1:99999", "socket://printer.hall.invalid:9100", "socket://[::1", "socket://:9100"])
def test_what_is_no_address_is_a_wrong_configuration(waker, wrong):
    error = error_of(lambda: TcpLine(wrong, waker))
    assert (error.reason, error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)


def test_one_owner_only_however_the_address_is_written(server, url, waker):
    with TcpLine(url, waker):
        error = error_of(lambda: TcpLine(url.replace("127.0.0.1", "localhost"), waker))
        assert (error.reason, error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)
    TcpLine(url, waker).close()


def test_a_failed_connection_leaves_no_claim(server, url, waker):
    server.close()
    for _ in range(2):
        assert error_of(lambda: TcpLine(url, waker)).reason is Reason.UNPLUGGED


def test_a_peer_that_vanished_without_a_word_is_looked_for(url, waker):
    with TcpLine(url, waker) as line:
        for level, option, value in tcp._OPTIONS:
            assert line._socket.getsockopt(level, option) == value


@pytest.mark.parametrize("way", ["read", "rest", "write"])
def test_a_waker_ends_every_way_of_waiting(server, url, waker, way):
    with TcpLine(url, waker) as line, server.accept()[0]:
        timer = threading.Timer(0.1, waker.set)
        timer.start()
        deadline = time.monotonic() + FOR_EVER
        match way:
            case "read":
                assert line.read(deadline) == b""
            case "rest":
                line.rest(deadline)
            case "write":
                while line.write(b"x" * 4096, deadline):
                    pass  # the peer never reads: at last the line takes no more
        timer.join()


def test_a_peer_that_never_stops_sending_does_not_hold_drain(server, url, waker):
    with TcpLine(url, waker) as line, server.accept()[0] as peer:
        enough = threading.Event()

        def talk():
            while not enough.is_set():
                peer.send(b"x" * 4096)

        thread = threading.Thread(target=talk)
        thread.start()
        taken = line.drain()
        assert len(taken) <= tcp._DRAIN_LIMIT + 4096
        enough.set()
        while line.drain():
            pass
        thread.join()


def printer_at(stack, url):
    made = Runner(Context(role="device"), Driver(), serial_line(SerialSettings(port=url)))
    stack.callback(made.stop)
    return made


def test_stop_does_not_wait_for_a_printer_that_is_switched_off(black_hole, stack, ear):
    device = printer_at(stack, black_hole)
    device.start(ear)
    device.stop()
    device.start(ear)
    threading.Event().wait(0.05)
    device.stop()


def test_cancel_does_not_wait_for_a_printer_that_is_switched_off(black_hole, stack, ear):
    device = printer_at(stack, black_hole)
    device.start(ear)
    device.do(Print(role="device", id="p", paper=Paper(())))
    device.do(Cancel(role="device", id="c", of="p"))
    assert isinstance(ear.answer("p"), Failed)
    ear.state(DeviceState.POWER_OFF)
    device.stop()
    assert len(ear.finals("p")) == 1
