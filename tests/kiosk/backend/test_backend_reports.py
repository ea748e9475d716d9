"""Print reports reach the office in the end: black-outs, refusals, broken disks."""

import threading
import time

import apsw
import pytest
from hostile import Hostile, hang, reply, say
from office_help import nonce
from office_line import HEALTHY, Line

from drivers.contract import DeviceState, StatusChanged
from kiosk.backend.messages import PrintState, Refused, Replied, ReportPrint, TakeTicket
from kiosk.backend.outbox import Outbox
from kiosk.errors import BackendReason


def printed(ticket, attempt=1, state=PrintState.PRINTED):
    return ReportPrint(ticket=ticket, state=state, attempt=attempt)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.db"


def waiting(path):
    box = Outbox(path)
    kept = [one.report for one in box.waiting()]
    box.close()
    return kept


def test_a_report_reaches_the_office_and_leaves_the_outbox(running, path):
    with Line(running[0].url, outbox=path) as line:
        line.ask("t", TakeTicket(nonce=nonce(1), service="business", language="en"))
        ticket = line.answer("t").reply.id
        line.ask("r", printed(ticket))
        assert line.answer("r").reply.print_state is PrintState.PRINTED
        line.ask("again", printed(ticket))
        assert isinstance(line.answer("again"), Replied)
    assert waiting(path) == []


def test_without_an_outbox_reports_go_like_anything_else(running):
    with Line(running[0].url) as line:
        line.ask("r", printed("0" * 32))
        assert line.answer("r").error.reason is BackendReason.NOT_FOUND


@pytest.mark.errors_logged
def test_a_report_refused_for_good_is_forgotten(running, path, caplog):
    with Line(running[0].url, outbox=path) as line:
        line.ask("r", printed("0" * 32))
        assert line.answer("r").error.reason is BackendReason.NOT_FOUND
    assert waiting(path) == []
    assert "refused for good" in caplog.text


def test_reports_of_a_black_out_arrive_after_restart_in_order(template, running, path):
    with Line(running[0].url) as line:
        line.ask("t", TakeTicket(nonce=nonce(1), service="business", language="en"))
        ticket = line.answer("t").reply.id
    with Line("http://127.0.0.1:1", outbox=path, total=1.0) as line:
        line.ask("r1", printed(ticket, 1, PrintState.FAILED))
        assert line.answer("r1").error.reason is BackendReason.UNREACHABLE
        line.ask("r2", printed(ticket, 2, PrintState.REPRINTED))
        assert line.answer("r2").error.reason is BackendReason.UNREACHABLE
    assert [r.attempt for r in waiting(path)] == [1, 2]
    with Line(running[0].url, outbox=path) as line:
        line.ask("r3", printed(ticket, 3, PrintState.REPRINTED))
        assert line.answer("r3").reply.reprints == 2
    assert waiting(path) == []


@pytest.mark.errors_logged
def test_reports_are_sent_when_the_office_comes_back(path):
    up, done = threading.Event(), threading.Event()

    def act(connection, request, _over):
        if not up.is_set():
            return
        if b"/print" in request:
            done.set()
            connection.sendall(reply(b"", b"404 Not Found"))
        else:
            connection.sendall(HEALTHY)

    with Hostile(act) as office, Line(office.url, outbox=path) as line:
        line.ask("r", printed("a" * 32))
        assert line.answer("r").error.reason is BackendReason.UNREACHABLE
        assert line.state().state is DeviceState.POWER_OFF
        up.set()
        assert done.wait(20)
        assert line.state().state is DeviceState.ONLINE
        deadline = time.monotonic() + 20
        while waiting(path) and time.monotonic() < deadline:  # the answer has been sent, but not yet been taken in
            threading.Event().wait(0.01)
    assert waiting(path) == []


@pytest.mark.errors_logged
def test_a_report_the_office_chokes_on_holds_up_its_own_ticket_only(path):
    def act(connection, request, _over):
        if b"/print" not in request:
            connection.sendall(HEALTHY)
        elif b"a" * 32 in request:
            connection.sendall(reply(b"", b"500 Internal Server Error"))
        else:
            connection.sendall(reply(b"", b"404 Not Found"))

    box = Outbox(path)
    for report in (printed("a" * 32), printed("b" * 32), printed("a" * 32, 2, PrintState.REPRINTED)):
        box.put(report)
    box.close()
    with Hostile(act) as office, Line(office.url, outbox=path) as line:
        line.ask("c", printed("c" * 32))
        assert line.answer("c").error.reason is BackendReason.NOT_FOUND
        line.ask("a", printed("a" * 32, 3, PrintState.REPRINTED))
        assert isinstance(line.answer("a"), Refused)
        later = [r for r in office.seen if b"a" * 32 in r and b'"attempt":1' not in r]
    assert [r.attempt for r in waiting(path)] == [1, 2, 3]
    assert later == []


@pytest.mark.parametrize("status", [b"401 Unauthorized", b"429 Too Many Requests"])
def test_a_terminal_not_let_in_keeps_its_reports(path, status):
    with Hostile(say(reply(b"", status))) as office, Line(office.url, outbox=path) as line:
        line.ask("r", printed("a" * 32))
        assert isinstance(line.answer("r"), Refused)
    assert waiting(path) == [printed("a" * 32)]


def test_a_report_open_while_stopping_is_canceled_and_kept(path):
    with Hostile(hang) as office:
        with Line(office.url, outbox=path) as line:
            line.ask("r", printed("a" * 32))
            office.wait_for(2)
        assert [e.id for e in line.events if not isinstance(e, StatusChanged)] == ["r"]
    assert waiting(path) == [printed("a" * 32)]


@pytest.mark.errors_logged
def test_a_broken_disk_does_not_keep_reports_from_being_sent(running, path, caplog):
    path.write_bytes(b"this is no database" * 100)
    with Line(running[0].url, outbox=path) as line:
        line.ask("r", printed("0" * 32))
        assert line.answer("r").error.reason is BackendReason.NOT_FOUND
    assert "no outbox on disk" in caplog.text


@pytest.mark.errors_logged
def test_a_disk_that_breaks_later_does_not_either(running, path, caplog, monkeypatch):
    real = Outbox.put

    def failing(self, report):
        if self._db.filename != "":
            raise apsw.FullError("disk full")
        real(self, report)

    monkeypatch.setattr(Outbox, "put", failing)
    with Line(running[0].url, outbox=path) as line:
        line.ask("r", printed("0" * 32))
        assert line.answer("r").error.reason is BackendReason.NOT_FOUND
    assert "the outbox failed: FullError" in caplog.text
