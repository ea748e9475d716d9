"""The office's line as the terminal sees it: requests, cancelling, stopping, the status."""

import logging
import subprocess
import sys
import threading

import pytest
from hostile import Hostile, hang, reply, say
from office_help import KEY, open_app
from office_line import HEALTHY, Line

from drivers.contract import Cancel, DeviceState, Failed, Reset, StatusChanged
from drivers.errors import Reason
from kiosk.backend.access import OfficeAccess
from kiosk.backend.device import OfficeLine
from kiosk.backend.messages import OFFICE, CaseByNumber, GetHall, Hall, ListQueues, Refused
from kiosk.errors import BackendReason
from kiosk.office.server import serve


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


@pytest.mark.errors_logged
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


def test_importing_the_line_does_not_import_the_http_library():
    code = "import sys, kiosk.backend.device; sys.exit(any(m in sys.modules for m in ('requests', 'urllib3')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
