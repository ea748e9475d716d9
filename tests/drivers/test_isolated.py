"""A device behind a child process: what its library does wrong must not hurt anybody else."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import isolated_devices as devices
import pytest
from isolated_devices import ROLE

from drivers.contract import (
    AcceptCard,
    Answer,
    Cancel,
    CardRead,
    CheckHealth,
    DeviceState,
    Document,
    Done,
    HealthLevel,
    Level,
    Part,
    PrintDocument,
    ReadCard,
    Reset,
    StatusChanged,
)
from drivers.errors import Action, Reason
from drivers.isolated import parent

ONLINE, BROKEN = DeviceState.ONLINE, DeviceState.HARDWARE_ERROR
NEVER = 1000.0
ENVIRONMENT = {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Restarts without the wait that a terminal can afford, and little time to say where something hangs."""
    monkeypatch.setattr(parent, "FIRST_RETRY", 0.05)
    monkeypatch.setattr(parent, "ABORT", 0.2)


@pytest.fixture
def run(stack, ear):
    def build(does="", **more):
        one = devices.isolated(does, **more)
        stack.callback(one.stop)
        one.start(ear)
        ear.state(ONLINE)
        return one

    return build


def read(one, command_id="r"):
    one.do(ReadCard(role=ROLE, id=command_id))


def look(one, ear, command_id="h"):
    """What the child knows of itself."""
    one.do(CheckHealth(role=ROLE, id=command_id, level=HealthLevel.INTERNAL))
    return ear.answer(command_id).findings


def gone(pid):
    return not Path(f"/proc/{pid}").exists()


DEADLY = ["die", "crash", "abort", "garbage", "huge_frame", "half_frame", "deep", "flood", "speak_for_another", "start_others"]
HANGING = ["hang", "spin", "hang_without_letting_go", "hang_and_ignore_signals", "chatter"]


@pytest.mark.parametrize("does", DEADLY + HANGING)
def test_whatever_the_library_does_every_open_command_fails_once_and_the_device_comes_back(run, ear, does):
    one = run(does)
    read(one)
    for number in range(3):
        one.do(AcceptCard(role=ROLE, id=f"waits{number}"))
    failed = [ear.answer(command_id) for command_id in ("r", "waits0", "waits1", "waits2")]
    assert {answer.error.reason for answer in failed} == {Reason.CRASHED}
    ear.state(ONLINE, BROKEN, ONLINE)
    assert one.status.error is None
    look(one, ear)
    assert [len(ear.finals(command_id)) for command_id in ("r", "waits0", "waits1", "waits2")] == [1, 1, 1, 1]


def test_between_crash_and_return_the_status_says_so_and_nothing_is_known_of_the_parts(run, ear, monkeypatch):
    one = run("die")
    assert one.status.parts == {"card": Part.NOT_PRESENT}
    monkeypatch.setattr(parent, "FIRST_RETRY", NEVER)
    read(one)
    ear.state(ONLINE, BROKEN)
    assert (one.status.error.reason, one.status.error.action) == (Reason.CRASHED, Action.WAIT)
    assert one.status.parts == {"card": Part.UNKNOWN}
    assert set(one.status.supplies.values()) <= {Level.UNKNOWN}
    read(one, "meanwhile")
    assert ear.answer("meanwhile").error.reason is Reason.CRASHED


def test_a_crash_at_the_start_is_a_crash_and_not_an_end(stack, ear, monkeypatch):
    one = devices.isolated(connects="die")
    stack.callback(one.stop)
    one.start(ear)
    ear.until(lambda: len(one._crashes) >= 2, "a second try")
    assert ear.states() == [BROKEN]


def test_crash_after_crash_needs_a_person_and_is_told_once(stack, ear):
    one = devices.isolated(connects="die")
    stack.callback(one.stop)
    one.start(ear)
    ear.until(lambda: len(one._crashes) >= parent.CRASHES + 1, "many crashes")
    actions = [event.status.error.action for event in ear.events if isinstance(event, StatusChanged)]
    assert actions == [Action.WAIT, Action.MAINTENANCE]


def test_a_child_that_cannot_be_started_is_a_crash(stack, ear):
    one = devices.isolated()
    one._command = ("/nowhere/python",)
    stack.callback(one.stop)
    one.start(ear)
    ear.state(BROKEN)
    assert one.status.error.reason is Reason.CRASHED


@pytest.mark.parametrize("does", ["wait_long", "slow"])
def test_a_long_wait_on_the_line_is_no_hang_nor_is_a_call_within_the_limit(run, ear, does):
    one = run(does)
    read(one)
    assert isinstance(ear.answer("r"), Done)
    assert ear.states() == [ONLINE]


@pytest.mark.parametrize(
    ("does", "ended"), [("hang", "SIGABRT"), ("hang_and_ignore_signals", "SIGKILL"), ("crash", "SIGSEGV"), ("die", "status 3")]
)
def test_the_error_tells_how_it_ended(run, ear, does, ended):
    one = run(does)
    read(one)
    assert ended in ear.answer("r").error.detail


def test_the_log_tells_where_it_hung(run, ear, caplog):
    one = run("hang")
    read(one)
    ear.answer("r")
    assert "isolated_devices.py" in caplog.text
    assert "in hang" in caplog.text


@pytest.mark.errors_logged
def test_an_exception_in_the_driver_is_told_without_its_words(run, ear, caplog):
    one = run("fail")
    read(one)
    assert ear.answer("r").error.reason is Reason.HARDWARE
    ear.state(ONLINE, BROKEN, ONLINE)
    assert "KeyError" in caplog.text
    assert "999999199001010016" not in caplog.text


def test_a_child_that_was_killed_leaves_nothing_behind(run, ear):
    one = run("start_others")
    pid = int(look(one, ear)["pid"])
    read(one)
    ear.answer("r")
    assert "is gone" in ear.answer("r").error.detail
    ear.until(
        lambda: not [path for path in Path("/proc").glob("[0-9]*/stat") if _session(path) == pid], "the end of all that it has started"
    )


def _session(path):
    try:
        return int(path.read_text().rpartition(")")[2].split()[3])
    except (OSError, ValueError):
        return -1


def test_two_final_answers_are_one(run, ear):
    one = run("answer_twice")
    read(one)
    look(one, ear)
    assert len(ear.finals("r")) == 1


def test_answers_to_what_nobody_asked_are_dropped(run, ear):
    one = run("answer_for_others")
    read(one)
    ear.answer("r")
    assert {event.id for event in ear.events if isinstance(event, Answer)} == {"r"}


def test_what_a_library_prints_disturbs_nothing(run, ear, capfd):
    one = run("print_much")
    read(one)
    assert isinstance(ear.answer("r"), Done)
    assert capfd.readouterr() == ("", "")


def test_a_card_travels_whole_and_leaves_no_word_in_the_log(run, ear, caplog):
    one = run("personal")
    read(one)
    assert ear.first(CardRead).card.name == "测试·甲一"
    look(one, ear)
    assert "测试" not in caplog.text
    assert "测试" not in str(ear.events)


def test_cancel_reaches_the_child(run, ear):
    one = run()
    one.do(AcceptCard(role=ROLE, id="a"))
    one.do(Cancel(role=ROLE, id="c", of="a"))
    assert ear.answer("a").error.reason is Reason.CANCELED


def test_a_command_too_large_for_the_child_is_refused_alone(run, ear, monkeypatch):
    one = run()
    monkeypatch.setattr("drivers.isolated.frames.MOST_BYTES", 10_000)
    one.do(PrintDocument(role=ROLE, id="p", document=Document(pdf=bytes(20_000))))
    assert ear.answer("p").error.reason is Reason.JOB_REFUSED
    monkeypatch.undo()
    assert look(one, ear)


def test_counters_are_the_childs_and_outlive_its_crash(run, ear, tmp_path):
    one = run("die", keep=tmp_path)
    for number in (1, 2):
        one.do(Reset(role=ROLE, id=f"reset{number}"))
        ear.answer(f"reset{number}")
        assert one.counters["resetCount"] == number
        read(one, f"r{number}")
        ear.answer(f"r{number}")
        ear.until(lambda: one.status.state is ONLINE, "the return")
    one.stop()
    assert one.counters["resetCount"] == 2
    assert devices.isolated(keep=tmp_path).counters == {}  # which device it is, and so what it has counted, is told by the device only


def test_the_child_gets_no_open_file_and_no_secret(run, ear, monkeypatch, tmp_path):
    monkeypatch.setenv("MERCHANT_KEY", "secret")
    with (tmp_path / "journal").open("w") as journal:
        os.set_inheritable(journal.fileno(), True)
        found = look(run(), ear)
    assert "MERCHANT_KEY" not in found["env"].split()
    assert set(found["env"].split()) <= ENVIRONMENT
    assert len(found["fds"].split()) <= 8  # three of nothing, three pipes, the waker, and the one that lists them


@pytest.mark.parametrize("does", ["hang", "hang_without_letting_go", "spin"])
def test_stop_ends_a_child_that_hangs(run, ear, monkeypatch, does):
    monkeypatch.setattr(parent, "LEAVE", 0.3)
    one = run(does, hang_s=NEVER)
    pid = int(look(one, ear)["pid"])
    read(one)
    one.stop()
    assert gone(pid)
    assert ear.answer("r").error.reason is Reason.CANCELED


def test_stop_in_the_middle_of_a_restart(run, ear, monkeypatch):
    monkeypatch.setattr(parent, "FIRST_RETRY", NEVER)
    one = run("die")
    read(one)
    ear.state(ONLINE, BROKEN)
    one.stop()
    assert "device-device" not in {thread.name for thread in threading.enumerate()}


PARENT = """
import sys, threading
sys.path.insert(0, sys.argv[2])
import isolated_devices as devices
from drivers.contract import CheckHealth, HealthChecked, HealthLevel, ReadCard
told = threading.Event()
def hear(event):
    if isinstance(event, HealthChecked):
        print(event.findings["pid"], flush=True)
        told.set()
one = devices.isolated(sys.argv[1], hang_s=1000)
one.start(hear)
one.do(CheckHealth(role="device", id="h", level=HealthLevel.INTERNAL))
told.wait(20)
one.do(ReadCard(role="device", id="r"))
threading.Event().wait(60)
"""


@pytest.mark.parametrize("does", ["wait_long", "hang", "hang_without_letting_go"])
def test_the_child_ends_when_its_parent_is_killed(ear, does):
    arguments = [sys.executable, "-c", PARENT, does, str(Path(__file__).parent)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as one:
        pid = int(one.stdout.readline())
        threading.Event().wait(0.1)  # so that it is inside the library
        one.send_signal(signal.SIGKILL)
        one.wait()
        ear.until(lambda: gone(pid), "the child's end")
