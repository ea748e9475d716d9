"""The ICT3K5's line: what the host sets on it, and what the reader's own wire says."""

import os
import signal

import pytest

from drivers.contract import AcceptCard, DeviceState, HealthLevel, MediaPresented, MoveCard, Position
from drivers.errors import Reason

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


def test_speed_parity_and_flow_control_are_really_set(sankyo):
    sankyo.start()
    line = sankyo.board.get()["line"]
    assert (line["baudrate"], line["bytesize"], line["parity"], line["stopbits"]) == (115200, 8, "E", 1)
    assert line["rtscts"] is True


@pytest.mark.parametrize("wrong", [{"parity": "none"}, {"parity": "odd"}, {"baud": 9600}], ids=str)
def test_on_a_line_set_wrong_nothing_is_understood(sankyo, wrong):
    sankyo.start(**wrong)
    assert sankyo.device.status.state is not ONLINE
    assert sankyo.device.status.error.reason in {Reason.GARBLED, Reason.SILENT}


def test_no_power_is_told_by_dsr_and_not_as_a_fault(sankyo):
    sankyo.board.set(dsr=False)
    sankyo.start()
    assert sankyo.device.status.state is POWER_OFF
    assert "DSR" in sankyo.device.status.error.detail
    sankyo.board.set(dsr=True)
    sankyo.ear.until(lambda: sankyo.device.status.state is ONLINE, "power")
    assert sankyo.board.get()["initialised"]


def test_power_goes_while_idle_and_comes_back_with_a_card_inside(sankyo):
    sankyo.start().accept()
    sankyo.board.set(dsr=False)
    sankyo.ear.until(lambda: sankyo.device.status.state is POWER_OFF, "no power")
    sankyo.board.set(dsr=True)
    sankyo.ear.first(MediaPresented)
    assert sankyo.board.get()["initialised"]
    assert sankyo.at() == "gate"


def test_power_goes_while_a_card_is_waited_for(sankyo):
    sankyo.start()
    command = sankyo.give(AcceptCard)
    sankyo.ear.until(lambda: sankyo.board.get()["slot"], "an open slot")
    sankyo.board.set(dsr=False)
    assert sankyo.ear.answer(command).error.reason is Reason.SILENT


def test_a_line_whose_far_end_says_nothing_any_more_is_silent_and_comes_back(sankyo):
    """An RFC 2217 server that hangs breaks no connection: only the unanswered question tells."""
    sankyo.start()
    os.kill(sankyo.board._process.pid, signal.SIGSTOP)
    sankyo.ear.until(lambda: sankyo.device.status.state is POWER_OFF, "silence")
    assert sankyo.device.status.error.reason is Reason.SILENT
    os.kill(sankyo.board._process.pid, signal.SIGCONT)
    sankyo.ear.until(lambda: sankyo.device.status.state is ONLINE, "its return")


def test_the_light_shows_whether_cards_are_let_in(sankyo):
    sankyo.start()
    command = sankyo.give(AcceptCard)
    sankyo.ear.until(lambda: sankyo.board.get()["light"] == "green", "a green light")
    sankyo.cancel(command)
    sankyo.ear.answer(command)
    assert sankyo.board.get()["light"] == "red"


def test_it_is_told_to_eject_when_the_program_ends(sankyo):
    sankyo.start()
    assert sankyo.board.get()["options"] == "324100100"
    assert sankyo.device.status.identity["firmware"] == "6240-01B"
    assert sankyo.check(HealthLevel.INTERNAL).findings["dsr"] == "high"


def test_a_card_is_drawn_back_in_before_it_is_retained_from_the_gate(sankyo):
    sankyo.start().accept()
    sankyo.move(Position.EXIT)
    sankyo.does(MoveCard, to=Position.BIN)
    assert sankyo.board.get()["bin"] == ["jia"]
