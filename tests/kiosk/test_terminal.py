import json
import logging
import queue
import threading
from datetime import UTC, datetime

import apsw
import pytest
from walking import OFFERS, ONLINE, ROLES, SENTENCES, ticket
from walking import queue as service_queue

from drivers.contract import Cancel, Failed, Frame, Print, Printed, StatusChanged
from drivers.errors import Reason
from kiosk.backend.messages import OFFICE, Ask, ListQueues, PrintState, Refused, Replied, ReportPrint, TakeTicket
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Act, Answered
from kiosk.idle import Times
from kiosk.journal import Journal, Outcome
from kiosk.log import JsonLines
from kiosk.place import Place
from kiosk.services import Flows
from kiosk.terminal import Terminal

TIME = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


class Recorder:
    """A device of the test: what it was asked waits in `asked`."""

    def __init__(self):
        self.asked = queue.Queue()
        self.started = self.stopped = False

    def start(self, emit):
        self.started = True

    def do(self, command):
        self.asked.put((command, threading.current_thread().name))

    def stop(self):
        self.stopped = True

    def next(self):
        return self.asked.get(timeout=5)[0]


class Machine:
    """A terminal on recorded devices; `post` collects what devices and disk say for the test to hand on."""

    def __init__(self, folder, devices=("receipt_printer",)):
        self.views, self.posted = [], queue.Queue()
        self.office = Recorder()
        self.devices = {role: Recorder() for role in devices}
        place = Place(
            flows=Flows(), offers=OFFERS, roles=frozenset(ROLES), sentences=SENTENCES, languages=("zh-CN", "en"), hall="大厅", human="咨询台",
            times=Times(), boot="boot",
        )
        self.journal = Journal(folder / "journal.db")
        self.terminal = Terminal(
            place, {OFFICE: self.office, **self.devices}, self.journal, show=self.views.append, post=self.posted.put, clock=lambda: TIME
        )
        self.terminal.begin()
        self.terminal.start()
        for role in ROLES:
            self.terminal.handle(StatusChanged(role=role, status=ONLINE, changed=("state",)))

    def touch(self, action, value=""):
        self.terminal.handle(Answered(view=self.views[-1].number, action=action, value=value, nonce="nonce-1"))

    def hand_on(self):
        self.terminal.handle(self.posted.get(timeout=5))

    def take(self):
        self.touch("start")
        self.touch("choose", "service:ticket")
        self.terminal.handle(Replied(id=self.office.next().id, reply=(service_queue(),)))
        self.touch("choose", "TAX")

    @property
    def screen(self):
        return self.views[-1].screen

    def written(self):
        """What the disk holds once its thread has done everything."""
        self.terminal._disk.submit(lambda: None).result(5)
        return [(entry.act.kind, entry.outcome) for entry in Journal(self.folder / "journal.db").entries()]


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    made.folder = tmp_path
    yield made
    made.terminal.stop()


def test_devices_are_started_and_stopped(tmp_path):
    machine = Machine(tmp_path)
    assert machine.devices["receipt_printer"].started
    machine.terminal.stop()
    assert machine.devices["receipt_printer"].stopped
    assert machine.office.stopped


def test_the_newest_picture_of_a_camera_can_be_looked_at(machine):
    picture = Frame(jpeg=b"jpeg", width=1, height=1, at=0.0)
    machine.devices["receipt_printer"].newest = picture  # as if it were one
    assert machine.terminal.preview("receipt_printer") is picture
    assert machine.terminal.preview("office") is None
    assert machine.terminal.preview("no such device") is None


def test_an_act_is_on_the_disk_before_its_command_leaves(machine):
    machine.take()
    command = machine.office.next()
    assert isinstance(command.request, TakeTicket)
    other = Journal(machine.folder / "journal.db")
    assert [entry.id for entry in other.unfinished()] == [command.id]
    other.close()


def test_an_act_ends_with_its_answer(machine):
    machine.take()
    machine.terminal.handle(Replied(id=machine.office.next().id, reply=ticket()))
    job = machine.devices["receipt_printer"].next()
    assert isinstance(job, Print)
    machine.terminal.handle(Printed(role="receipt_printer", id=job.id))
    assert machine.written() == [("ticket", Outcome.DONE), ("ticket-print", Outcome.DONE)]
    assert machine.office.next().request == ReportPrint(ticket="t1", state=PrintState.PRINTED, attempt=1)


@pytest.mark.parametrize(("reason", "outcome"), [(BackendReason.TIMEOUT, Outcome.UNKNOWN), (BackendReason.CLOSED, Outcome.FAILED)])
def test_no_answer_is_unknown_and_a_no_is_failed(machine, reason, outcome):
    machine.take()
    machine.terminal.handle(Refused(id=machine.office.next().id, error=BackendError(reason)))
    assert machine.written() == [("ticket", outcome)]


@pytest.mark.errors_logged
def test_what_the_disk_refuses_is_not_done_and_the_citizen_is_told(machine, monkeypatch):
    def full(*_):
        raise apsw.FullError("disk full")

    monkeypatch.setattr(machine.journal, "begin", full)
    machine.take()
    machine.hand_on()
    assert SENTENCES.say("zh-CN", machine.screen.title) == "没有取到号"
    assert machine.office.asked.empty()


@pytest.mark.errors_logged
def test_a_print_the_disk_refuses_leaves_the_number_on_the_screen(machine, monkeypatch):
    machine.take()
    asked = machine.office.next()

    def full(*_):
        raise apsw.FullError("disk full")

    monkeypatch.setattr(machine.journal, "begin", full)
    machine.terminal.handle(Replied(id=asked.id, reply=ticket()))
    machine.hand_on()
    assert machine.screen.number == "A005"
    assert machine.devices["receipt_printer"].asked.empty()


def test_a_device_that_is_not_there_fails_its_command(tmp_path):
    machine = Machine(tmp_path, devices=())
    machine.take()
    machine.terminal.handle(Replied(id=machine.office.next().id, reply=ticket()))
    failed = machine.posted.get(timeout=5)
    assert isinstance(failed, Failed)
    assert failed.error.reason is Reason.NOT_CONFIGURED
    machine.terminal.stop()


def test_taking_a_print_back_never_overtakes_it(machine):
    machine.take()
    machine.terminal.handle(Replied(id=machine.office.next().id, reply=ticket()))
    machine.touch("frame-end")
    printer = machine.devices["receipt_printer"]
    assert [type(printer.next()), type(printer.next())] == [Print, Cancel]


def test_acts_left_open_by_a_crash_are_closed_as_interrupted(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    journal.begin("old-1", Act(kind="ticket-print", subject="t1", detail=(("number", "A001"), ("attempt", "1"))), TIME)
    journal.close()
    machine = Machine(tmp_path)
    machine.folder = tmp_path
    assert machine.written() == [("ticket-print", Outcome.INTERRUPTED)]
    machine.terminal.stop()


@pytest.mark.errors_logged
def test_a_failing_write_is_logged_not_swallowed(machine, monkeypatch, caplog):
    def broken(*_):
        raise apsw.IOError("disk gone")

    monkeypatch.setattr(machine.journal, "end", broken)
    machine.take()
    machine.terminal.handle(Replied(id=machine.office.next().id, reply=ticket()))
    job = machine.devices["receipt_printer"].next()
    machine.terminal.handle(Printed(role="receipt_printer", id=job.id))
    machine.written()
    assert "writing to the disk failed" in caplog.text


def test_first_request_of_a_ticket_is_the_list(machine):
    machine.touch("start")
    machine.touch("choose", "service:ticket")
    command = machine.office.next()
    assert isinstance(command, Ask)
    assert isinstance(command.request, ListQueues)


def test_a_log_line_keeps_the_place_of_an_exception_and_not_its_words():
    try:
        int("999999199001010016x")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it broke %s", ("here",), (ValueError, error, error.__traceback__))
    line = JsonLines().format(record)
    assert "999999" not in line
    assert json.loads(line)["exception"] == "ValueError"
    assert "test_terminal.py:" in json.loads(line)["at"]
    assert json.loads(line)["message"] == "it broke here"
