import logging
import queue
import subprocess
import sys
import threading
import time

import apsw
import pytest
from hostile import Hostile, hang, reply, say
from office_help import KEY, nonce, open_app

from drivers.contract import Cancel, DeviceState, Failed, Reset, StatusChanged
from drivers.errors import Reason
from kiosk.backend.access import OfficeAccess
from kiosk.backend.device import OfficeLine
from kiosk.backend.messages import (
    OFFICE,
    Ask,
    CaseByNumber,
    GetHall,
    Hall,
    ListQueues,
    PrintState,
    Refused,
    Replied,
    ReportPrint,
    TakeTicket,
)
from kiosk.backend.outbox import Outbox
from kiosk.errors import BackendReason
from kiosk.office.server import serve

HEALTHY = reply(b'{"status":"ok"}')


class Line:
    """An OfficeLine with what it emitted; waits for events by what they are."""

    def __init__(self, url, **settings):
        outbox = settings.pop("outbox", None)
        quick = {"connect": 2.0, "read": 5.0, "total": 8.0, "poll_up": 0.2, "poll_down": 0.1}
        self.device = OfficeLine(OfficeAccess(url=url, key=KEY, **quick | settings), outbox=outbox)
        self._events = queue.SimpleQueue()
        self.events = []

    def __enter__(self):
        self._before = set(threading.enumerate())
        self.device.start(self._events.put)
        return self

    def __exit__(self, *_):
        began = time.monotonic()
        self.device.stop()
        assert time.monotonic() - began < 7
        left = [t for t in threading.enumerate() if t not in self._before and t.name.startswith("office-")]
        assert left == []
        self.drain()

    def drain(self):
        while not self._events.empty():
            self.events.append(self._events.get())

    def wait(self, wanted):
        """The first event, already come or still to come, for which `wanted` is true; it is taken out."""
        end = time.monotonic() + 20
        while True:
            for index, event in enumerate(self.events):
                if wanted(event):
                    return self.events.pop(index)
            self.events.append(self._events.get(timeout=max(0.01, end - time.monotonic())))

    def answer(self, id_):
        return self.wait(lambda event: getattr(event, "id", None) == id_)

    def state(self):
        return self.wait(lambda event: isinstance(event, StatusChanged)).status

    def ask(self, id_, request):
        self.device.do(Ask(id=id_, request=request))


def printed(ticket, attempt=1, state=PrintState.PRINTED):
    return ReportPrint(ticket=ticket, state=state, attempt=attempt)


def test_asks_are_answered_once_each_with_their_id(running):
    with Line(running[0].url) as line:
        line.ask("q1", GetHall())
        line.ask("q2", ListQueues())
        line.ask("q3", CaseByNumber(number="990000000001", phone_tail="9999"))
        assert isinstance(line.answer("q1").reply, Hall)
        assert len(line.answer("q2").reply) == 12
        refused = line.answer("q3")
        assert isinstance(refused, Refused)
        assert refused.error.reason is BackendReason.NOT_FOUND
        assert line.state().state is DeviceState.ONLINE
    assert line.events == []


def test_one_request_that_hangs_does_not_hold_up_the_next():
    def act(connection, request, over):
        if b"/v1/queues" in request:
            hang(connection, request, over)
        connection.sendall(reply(b"", b"404 Not Found") if b"/v1/hall" in request else HEALTHY)

    with Hostile(act) as office, Line(office.url) as line:
        line.ask("slow", ListQueues())
        office.wait_for(1)
        line.ask("quick", GetHall())
        assert line.answer("quick").error.reason is BackendReason.NOT_FOUND
        line.device.do(Cancel(role=OFFICE, id="c", of="slow"))
        canceled = line.answer("slow")
        assert isinstance(canceled, Failed)
        assert canceled.error.reason is Reason.CANCELED


def test_what_waits_in_the_inbox_can_be_canceled_too():
    def act(connection, request, over):
        if b"/v1/health" in request:
            connection.sendall(HEALTHY)
        else:
            hang(connection, request, over)

    with Hostile(act) as office, Line(office.url) as line:
        for n in range(5):
            line.ask(f"q{n}", GetHall())
        for n in reversed(range(5)):
            line.device.do(Cancel(role=OFFICE, id=f"c{n}", of=f"q{n}"))
        line.device.do(Cancel(role=OFFICE, id="c9", of="unknown"))
        assert {line.answer(f"q{n}").error.reason for n in range(5)} == {Reason.CANCELED}


def test_stopping_answers_what_is_open_and_takes_nothing_more():
    with Hostile(hang) as office:
        with Line(office.url) as line:
            for n in range(6):
                line.ask(f"q{n}", GetHall())
            office.wait_for(3)
        assert sorted(event.id for event in line.events) == [f"q{n}" for n in range(6)]
        assert all(isinstance(event, Failed) for event in line.events)
        line.ask("late", GetHall())
        line.drain()
        assert len(line.events) == 6


def test_stopping_what_never_started():
    line = OfficeLine(OfficeAccess(url="http://127.0.0.1:1", key=KEY))
    line.stop()


def test_other_commands_are_not_supported(running):
    with Line(running[0].url) as line:
        line.device.do(Reset(role=OFFICE, id="r"))
        assert line.answer("r").error.reason is Reason.UNSUPPORTED


def test_a_fault_of_ours_still_answers_and_its_message_is_not_logged(running, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("kiosk.backend.client.OfficeClient.ask", broken)
    with caplog.at_level(logging.DEBUG), Line(running[0].url) as line:
        line.ask("q", GetHall())
        assert line.answer("q").error.reason is BackendReason.BROKEN
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_the_status_is_told_when_it_changes_and_only_then(template, tmp_path, clock, caplog):
    app = open_app(template, clock)
    serving = serve(app)
    port = int(serving.url.rsplit(":", 1)[1])
    with caplog.at_level(logging.INFO, "kiosk.backend"), Line(serving.url) as line:
        try:
            assert line.state().state is DeviceState.ONLINE
            for n in range(3):
                line.ask(f"q{n}", GetHall())
                line.answer(f"q{n}")
        finally:
            serving.stop()
        down = line.state()
        assert (down.state, down.error.reason) == (DeviceState.POWER_OFF, Reason.SILENT)
        line.ask("down", GetHall())
        assert line.answer("down").error.reason is BackendReason.UNREACHABLE
        serving = serve(open_app(template, clock), port=port)
        try:
            assert line.state().state is DeviceState.ONLINE
        finally:
            serving.stop()
            line.device.stop()
    assert [r.levelname for r in caplog.records if r.name == "kiosk.backend.pulse"][:3] == ["INFO", "WARNING", "INFO"]


def test_a_request_that_finds_no_office_marks_it_down_before_the_next_poll():
    up = threading.Event()
    up.set()

    def act(connection, request, _over):
        if up.is_set():
            connection.sendall(HEALTHY)

    with Hostile(act) as office, Line(office.url, poll_up=600.0) as line:
        assert line.state().state is DeviceState.ONLINE
        up.clear()
        line.ask("q", GetHall())
        assert line.state().state is DeviceState.POWER_OFF
        up.set()
        assert line.state().state is DeviceState.ONLINE


def test_an_office_that_talks_nonsense_is_down_until_it_is_asked_with_success():
    with Hostile(say(reply(b"<html>"))) as office, Line(office.url) as line:
        assert line.state().error.reason is Reason.GARBLED
    assert [e for e in line.events if isinstance(e, StatusChanged)] == []


class TestReports:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "outbox.db"

    def waiting(self, path):
        box = Outbox(path)
        kept = [one.report for one in box.waiting()]
        box.close()
        return kept

    def test_a_report_reaches_the_office_and_leaves_the_outbox(self, running, path):
        with Line(running[0].url, outbox=path) as line:
            line.ask("t", TakeTicket(nonce=nonce(1), service="business", language="en"))
            ticket = line.answer("t").reply.id
            line.ask("r", printed(ticket))
            assert line.answer("r").reply.print_state is PrintState.PRINTED
            line.ask("again", printed(ticket))
            assert isinstance(line.answer("again"), Replied)
        assert self.waiting(path) == []

    def test_without_an_outbox_reports_go_like_anything_else(self, running):
        with Line(running[0].url) as line:
            line.ask("r", printed("0" * 32))
            assert line.answer("r").error.reason is BackendReason.NOT_FOUND

    def test_a_report_refused_for_good_is_forgotten(self, running, path, caplog):
        with Line(running[0].url, outbox=path) as line:
            line.ask("r", printed("0" * 32))
            assert line.answer("r").error.reason is BackendReason.NOT_FOUND
        assert self.waiting(path) == []
        assert "refused for good" in caplog.text

    def test_reports_of_a_black_out_arrive_after_restart_in_order(self, template, running, path):
        with Line(running[0].url) as line:
            line.ask("t", TakeTicket(nonce=nonce(1), service="business", language="en"))
            ticket = line.answer("t").reply.id
        with Line("http://127.0.0.1:1", outbox=path, total=1.0) as line:
            line.ask("r1", printed(ticket, 1, PrintState.FAILED))
            assert line.answer("r1").error.reason is BackendReason.UNREACHABLE
            line.ask("r2", printed(ticket, 2, PrintState.REPRINTED))
            assert line.answer("r2").error.reason is BackendReason.UNREACHABLE
        assert [r.attempt for r in self.waiting(path)] == [1, 2]
        with Line(running[0].url, outbox=path) as line:
            line.ask("r3", printed(ticket, 3, PrintState.REPRINTED))
            assert line.answer("r3").reply.reprints == 2
        assert self.waiting(path) == []

    def test_reports_are_sent_when_the_office_comes_back(self, path):
        up, done = threading.Event(), threading.Event()

        def act(connection, request, _over):
            if not up.is_set():
                return
            if b"/print" in request:
                done.set()
                connection.sendall(reply(b"", b"404 Not Found"))
            else:
                connection.sendall(HEALTHY)

        with Hostile(act) as office, Line(office.url, outbox=path, total=1.0) as line:
            line.ask("r", printed("a" * 32))
            assert line.answer("r").error.reason is BackendReason.UNREACHABLE
            assert line.state().state is DeviceState.POWER_OFF
            up.set()
            assert done.wait(20)
            assert line.state().state is DeviceState.ONLINE

    def test_a_report_the_office_chokes_on_holds_up_its_own_ticket_only(self, path):
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
        assert [r.attempt for r in self.waiting(path)] == [1, 2, 3]
        assert later == []

    @pytest.mark.parametrize("status", [b"401 Unauthorized", b"429 Too Many Requests"])
    def test_a_terminal_not_let_in_keeps_its_reports(self, path, status):
        with Hostile(say(reply(b"", status))) as office, Line(office.url, outbox=path) as line:
            line.ask("r", printed("a" * 32))
            assert isinstance(line.answer("r"), Refused)
        assert self.waiting(path) == [printed("a" * 32)]

    def test_a_report_open_while_stopping_is_canceled_and_kept(self, path):
        with Hostile(hang) as office:
            with Line(office.url, outbox=path) as line:
                line.ask("r", printed("a" * 32))
                office.wait_for(2)
            assert [e.id for e in line.events if not isinstance(e, StatusChanged)] == ["r"]
        assert self.waiting(path) == [printed("a" * 32)]

    def test_a_broken_disk_does_not_keep_reports_from_being_sent(self, running, path, caplog):
        path.write_bytes(b"this is no database" * 100)
        with Line(running[0].url, outbox=path) as line:
            line.ask("r", printed("0" * 32))
            assert line.answer("r").error.reason is BackendReason.NOT_FOUND
        assert "no outbox on disk" in caplog.text

    def test_a_disk_that_breaks_later_does_not_either(self, running, path, caplog, monkeypatch):
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


def test_importing_the_line_does_not_import_the_http_library():
    code = "import sys, kiosk.backend.device; sys.exit(any(m in sys.modules for m in ('requests', 'urllib3', 'msgspec')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
