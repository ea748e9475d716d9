"""Printers that answer with anything: the driver says what is wrong, ends every wait, and keeps its memory."""

import contextlib
import select
import socket
import threading
import tracemalloc
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipp_bytes import attribute, reply

from drivers.contract import Cancel, DeviceState, Document, PrintDocument
from drivers.errors import DeviceError, Reason
from drivers.printers import ipp_http, ipp_run
from drivers.printers.ipp_page import check_page

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
PRINTER = reply(b"\x04", attribute(0x23, "printer-state", b"\0\0\0\3"), attribute(0x44, "printer-state-reasons", b"none"))
QUICK = {"answer_ms": 200, "health_ms": 100}


def sized(body):
    return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body


def echoing(body):
    """The right request id in the answer."""
    return lambda request: sized(body[:4] + request.partition(b"\r\n\r\n")[2][4:8] + body[8:])


class Peer:
    """Answers each request with what `answer` makes of it; pieces are sent one by one until the host leaves."""

    def __init__(self, answer):
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ipp://127.0.0.1:{self._listener.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self):
        while True:
            try:
                host, _ = self._listener.accept()
            except OSError:
                return
            with host, contextlib.suppress(OSError):
                self._attend(host)

    def _attend(self, host):
        host.settimeout(5)
        request = whole(host)
        answer = self._answer(request) if callable(self._answer) else self._answer
        for piece in [answer] if isinstance(answer, bytes) else answer:
            host.sendall(piece)
        host.shutdown(socket.SHUT_WR)
        while host.recv(65536):
            pass


@pytest.fixture
def peer(stack):
    def make(answer):
        made = Peer(answer)
        stack.callback(made.close)
        return made.url

    return make


def whole(host):
    """All of a request."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += some(host)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += some(host)
    return head + b"\r\n\r\n" + body


def some(host):
    if not (data := host.recv(65536)):
        raise ConnectionResetError
    return data


def drip():
    """A byte now and then, for ever."""
    while True:
        threading.Event().wait(0.01)
        yield b"x"


def for_ever(piece):
    while True:
        yield piece


@pytest.mark.parametrize(
    ("answer", "reasons"),
    [
        (b"", {Reason.UNPLUGGED}),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", {Reason.GARBLED}),
        (b"\x00\xff\xfe", {Reason.GARBLED}),
        (b"HTTP/1.1 200\r\n\r\n", {Reason.GARBLED}),
        (OK + b"Content-Length: -5\r\n\r\n", {Reason.GARBLED}),
        (OK + b"Content-Length: 500\r\n\r\nshort", {Reason.GARBLED}),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {Reason.GARBLED}),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nx", {Reason.GARBLED}),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", {Reason.GARBLED}),
        (b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", {Reason.GARBLED}),
        (b"HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n", {Reason.NOT_CONFIGURED}),
        (b"HTTP/1.1 426 TLS\r\nContent-Length: 0\r\n\r\n", {Reason.NOT_CONFIGURED}),
        (sized(b"not IPP at all"), {Reason.GARBLED}),
        (sized(PRINTER), {Reason.GARBLED}),  # the answer to another request
        (sized(b"x" * (2 << 20)), {Reason.GARBLED}),
        (OK + b"X: y\r\n" * 200 + b"\r\n", {Reason.GARBLED}),
    ],
    ids=[
        "hangs up", "SSH", "noise", "no headers", "negative length", "cut short", "bad chunk", "huge chunk", "500", "redirect", "401", "426", "no IPP",
        "another's answer", "too long", "too many headers",
    ],
)  # fmt: skip
def test_a_peer_that_is_no_printer(peer, device, ear, answer, reasons):
    printer = device("printers.ipp", url=peer(answer), **QUICK)
    printer.start(ear)
    ear.until(lambda: printer.status.error is not None)
    assert printer.status.error.reason in reasons


@pytest.mark.parametrize(
    "endless",
    [
        drip,
        lambda: for_ever(b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda: chain([OK + b"\r\n"], for_ever(b"x" * 65536)),
        lambda: chain([OK + b"Content-Length: 900\r\n\r\n"], drip()),
    ],
    ids=["a byte now and then", "100 Continue", "no end", "a late body"],
)
def test_a_peer_that_never_ends_its_answer(peer, device, ear, endless):
    printer = device("printers.ipp", url=peer(lambda _: endless()), **QUICK)
    printer.start(ear)
    ear.until(lambda: printer.status.error is not None)
    assert printer.status.error.reason in {Reason.SILENT, Reason.GARBLED}


def test_a_printer_that_says_next_to_nothing_is_taken_at_its_word(peer, device, ear, monkeypatch):
    monkeypatch.setattr(ipp_run, "_LATE", 0.2)
    printer = device("printers.ipp", url=peer(echoing(PRINTER)), **QUICK)
    printer.start(ear)
    ear.state(DeviceState.ONLINE)
    printer.do(PrintDocument(role="device", id="job", document=Document(pdf=check_page(("x",)).pdf)))
    assert ear.answer("job").error.reason is Reason.GARBLED  # no answer ever names the job


def test_cancelled_while_the_document_is_being_sent(device, ear, stack):
    """The printer takes the first bytes of a large document and then no more."""
    stuck = threading.Event()

    class Stuck(Peer):
        def _attend(self, host):
            host.settimeout(20)
            first = host.recv(2000)
            if first.partition(b"\r\n\r\n")[2][2:4] == b"\x00\x02" or b"Content-Length: 16" in first:
                stuck.set()
                select.select([self._listener], [], [], 20)  # until the driver dials anew
                return
            body = first.partition(b"\r\n\r\n")[2] or host.recv(2000)
            host.sendall(sized(PRINTER[:4] + body[4:8] + PRINTER[8:]))
            host.shutdown(socket.SHUT_WR)
            while host.recv(65536):
                pass

    stuck_peer = Stuck(b"")
    stack.callback(stuck_peer.close)
    printer = device("printers.ipp", url=stuck_peer.url, answer_ms=15_000, health_ms=60_000)
    printer.start(ear)
    ear.state(DeviceState.ONLINE)
    pdf = check_page(("x",)).pdf + b"%" * (16 << 20)
    printer.do(PrintDocument(role="device", id="job", document=Document(pdf=pdf)))
    assert stuck.wait(10)
    printer.do(Cancel(role="device", id="c", of="job"))
    assert ear.answer("job").error.reason is Reason.CANCELED


def test_a_stop_ends_a_wait_for_an_answer(peer, device, ear):
    arrived = threading.Event()

    def mute(_):
        arrived.set()
        threading.Event().wait(0.5)
        return b""

    printer = device("printers.ipp", url=peer(mute), answer_ms=60_000)
    printer.start(ear)
    assert arrived.wait(10)
    printer.stop()
    assert ear.states() == []


class Pieces:
    """A link whose printer sends these bytes in pieces and hangs up."""

    def __init__(self, data, size):
        self._pieces = [data[at : at + size] for at in range(0, len(data), size)]

    def receive(self, seconds):
        if not self._pieces:
            raise DeviceError(Reason.UNPLUGGED, None)
        return self._pieces.pop(0)


def answer(data, size=50):
    return ipp_http._answer(ipp_http._Stream(Pieces(data, size), 0.0))


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.binary(max_size=400), st.integers(1, 60), st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", OK, OK + b"Transfer-Encoding: chunked\r\n\r\n"]))
def test_any_bytes_are_an_answer_or_an_error(data, size, head):
    with contextlib.suppress(DeviceError):
        answer(head + data, size)


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_an_answer_is_whole_whatever_the_pieces(size):
    assert answer(sized(PRINTER), size) == PRINTER
    assert answer(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", size) == b"abcde"
    assert answer(b"HTTP/1.1 100 Continue\r\n\r\n" + sized(PRINTER), size) == PRINTER


def test_an_answer_shorter_than_promised_is_garbled():
    with pytest.raises(DeviceError) as raised:
        answer(OK + b"Content-Length: 9999\r\n\r\n" + PRINTER)
    assert raised.value.reason is Reason.GARBLED


def test_a_flood_is_not_kept():
    tracemalloc.start()
    with pytest.raises(DeviceError):
        answer(OK + b"\r\n" + b"x" * (3 << 20), 65536)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 << 20
