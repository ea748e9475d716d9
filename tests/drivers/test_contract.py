"""What holds for every driver: one row per driver, one test per promise."""

import json
import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest
from contract_rows import harmless

from drivers.contract import (
    Answer,
    Cancel,
    Command,
    DeviceState,
    Failed,
    HealthChecked,
    StatusChanged,
)
from drivers.errors import DeviceError, Reason

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF
MANY, WAITED_FOR = 200, 20.0  # s; so many commands to a silent device would take minutes if each were waited for
SOME_MOMENT = 10  # ms into a command; other moments with --heavy


class Fly(Command, frozen=True, kw_only=True):
    """Something no device can do."""


def begin_long(row, board, one):
    if row.long_command is None:
        pytest.skip("this device has no command that lasts")
    board.set(**row.state)
    one.do(row.long_command("long"))


def test_is_starting_until_it_is_online(one, ear):
    assert one.status.state is DeviceState.STARTING
    one.start(ear)
    ear.state(ONLINE)
    assert one.status.state is ONLINE
    assert one.status.error is None


def test_do_waits_for_nothing_whatever_the_device_does(board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    board.set(silent=True)
    deadline = time.monotonic() + WAITED_FOR
    for number in range(MANY):
        one.do(harmless(str(number)))
    assert time.monotonic() < deadline


def test_a_silent_device_is_power_off_and_not_broken_and_comes_back(row, board, one, ear):
    if not row.answers:
        pytest.skip("this device cannot be asked, so silence says nothing")
    one.start(ear)
    ear.state(ONLINE)
    board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert one.status.error is not None
    assert one.status.error.reason is Reason.SILENT
    board.set(silent=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)


def test_a_device_that_is_not_there_at_the_start_is_found_later(board, one, ear):
    board.unplug()
    one.start(ear)
    ear.state(POWER_OFF)
    assert one.status.error.reason is Reason.UNPLUGGED
    board.plug()
    ear.state(POWER_OFF, ONLINE)


def test_unplugged_while_idle_is_told_once_and_so_is_its_return(board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    for _ in range(2):
        before = ear.states()
        board.unplug()
        ear.state(*before, POWER_OFF)
        assert one.status.error.reason is Reason.UNPLUGGED
        board.plug()
        ear.state(*before, POWER_OFF, ONLINE)
    assert ear.events[1].changed[:2] == ("state", "error")


@pytest.mark.parametrize("after_ms", [0, 3, 10, 30, 70, 150])
def test_unplugged_at_any_moment_of_a_command(row, board, one, ear, heavy, after_ms):
    if after_ms != SOME_MOMENT and not heavy:
        pytest.skip("only with --heavy")
    one.start(ear)
    ear.state(ONLINE)
    begin_long(row, board, one)
    threading.Event().wait(after_ms / 1000)
    board.unplug()
    failed = ear.answer("long")
    assert isinstance(failed, Failed | HealthChecked)
    assert failed.error.reason is Reason.UNPLUGGED
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    assert len(ear.finals("long")) == 1


def test_commands_fail_at_once_while_the_device_is_away(board, one, ear):
    board.unplug()
    one.start(ear)
    ear.state(POWER_OFF)
    one.do(harmless("r"))
    assert ear.answer("r").error.reason is Reason.UNPLUGGED


def test_stop_leaves_no_thread_and_the_port_free(row, board, one, device, ear):
    one.start(ear)
    ear.state(ONLINE)
    names = {thread.name for thread in threading.enumerate()}
    assert "device-device" in names
    one.stop()
    assert "device-device" not in {thread.name for thread in threading.enumerate()}
    device(row.driver, **row.where(board), **row.settings).start(ear)
    ear.state(ONLINE, ONLINE)


def test_stop_ends_a_running_command(row, board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    begin_long(row, board, one)
    one.do(harmless("later"))
    one.stop()
    for command_id in ("long", "later"):
        (final,) = ear.finals(command_id)
        assert not isinstance(final, Failed) or final.error.reason is Reason.CANCELED


def test_can_be_started_again_after_stop(one, ear):
    one.start(ear)
    ear.state(ONLINE)
    one.stop()
    one.start(ear)
    ear.state(ONLINE, ONLINE)


def test_a_second_device_on_the_same_port_is_refused_and_the_first_goes_on(row, board, one, device, ear):
    one.start(ear)
    ear.state(ONLINE)
    second_ear = type(ear)()
    second = device(row.driver, "second", **row.where(board), **row.settings)
    second.start(second_ear)
    second_ear.state(POWER_OFF)
    assert second.status.error.reason is Reason.NOT_CONFIGURED
    one.do(harmless("r"))
    assert not isinstance(ear.answer("r"), Failed)


OTHER_PROGRAM = """
import sys, json, time
from drivers import registry
from drivers.contract import DeviceState, StatusChanged
import threading
told = threading.Event()
device = registry.load("other", sys.argv[1], json.loads(sys.argv[2]))
device.start(lambda event: told.set() if isinstance(event, StatusChanged) else None)
told.wait(20)
print(device.status.error.reason if device.status.error else device.status.state)
device.stop()
"""


def test_a_second_process_cannot_open_the_device(row, board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    arguments = [row.driver, json.dumps({**row.where(board), **row.settings})]
    other = subprocess.run([sys.executable, "-c", OTHER_PROGRAM, *arguments], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == Reason.NOT_CONFIGURED


def test_an_unknown_command_is_unsupported(one, ear):
    one.start(ear)
    one.do(Fly(role="device", id="f"))
    assert ear.answer("f").error == DeviceError(Reason.UNSUPPORTED, ear.answer("f").error.action, "Fly")


def test_every_command_gets_exactly_one_final_answer(row, board, one, ear):
    one.start(ear)
    ids = [str(number) for number in range(30)]
    for number in ids[:20]:
        one.do(harmless(number) if int(number) % 3 else Fly(role="device", id=number))
        if int(number) % 5 == 0:
            one.do(Cancel(role="device", id=f"c{number}", of=number))
    ear.answer("3")
    board.unplug()
    for number in ids[20:]:
        one.do(harmless(number))
    for number in ids:
        ear.answer(number)
    one.stop()
    assert [len(ear.finals(number)) for number in ids] == [1] * len(ids)
    assert {event.id for event in ear.events if isinstance(event, Answer)} == set(ids)


def test_cancel_ends_a_command_that_runs_and_one_that_waits(row, board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    begin_long(row, board, one)
    one.do(harmless("waits"))
    one.do(Cancel(role="device", id="c1", of="waits"))
    assert ear.answer("waits").error.reason is Reason.CANCELED
    one.do(Cancel(role="device", id="c2", of="long"))
    assert ear.answer("long").error.reason is Reason.CANCELED
    one.do(Cancel(role="device", id="c3", of="nobody"))
    one.do(harmless("after"))
    assert not isinstance(ear.answer("after"), Failed)


def test_status_is_told_only_when_it_changes(one, ear):
    one.start(ear)
    for number in range(10):
        one.do(harmless(str(number)))
        ear.answer(str(number))
    assert ear.states() == [ONLINE]


def test_status_can_be_read_while_a_command_runs(row, board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    begin_long(row, board, one)
    for _ in range(100):
        assert one.status.state is ONLINE
    one.do(Cancel(role="device", id="c", of="long"))
    ear.answer("long")


def test_every_status_told_is_another_than_the_one_before(board, one, ear):
    one.start(ear)
    ear.state(ONLINE)
    for _ in range(3):
        board.unplug()
        board.plug()
    one.do(harmless("r"))
    ear.answer("r")
    told = [event for event in ear.events if isinstance(event, StatusChanged)]
    assert all(event.changed for event in told)
    assert all(before.status.state is not after.status.state for before, after in pairwise(told))
