"""What goes wrong inside a motorised card reader: jams, hands, chips, a full bin, no power; and its checks and resets."""

import pytest

from drivers.contract import (
    AcceptCard,
    CardAccepted,
    CardMoved,
    CheckHealth,
    DeviceState,
    Done,
    HealthChecked,
    HealthLevel,
    Level,
    MediaDetected,
    MediaPresented,
    MediaRetained,
    MediaTaken,
    MediaTo,
    MoveCard,
    Part,
    PersonAsked,
    Position,
    ReadCard,
    SocialCardRead,
    StatusChanged,
)
from drivers.errors import Action, Reason

ONLINE, HARDWARE_ERROR, POWER_OFF = DeviceState.ONLINE, DeviceState.HARDWARE_ERROR, DeviceState.POWER_OFF


def test_jam_while_giving_back_is_told_and_ends_when_the_card_is_removed(motor):
    motor.start().accept()
    motor.board.set(jam=True)
    error = motor.fails(MoveCard, to=Position.EXIT)
    assert (error.reason, error.action) == (Reason.CARD_JAMMED, Action.CLEAR)
    assert motor.device.status.state is HARDWARE_ERROR
    assert (motor.part("transport"), motor.part("card")) == (Part.JAMMED, Part.JAMMED)
    assert motor.fails(AcceptCard).reason is Reason.CARD_JAMMED
    motor.board.set(jam=False, at="nowhere", card=None)
    motor.ear.until(lambda: motor.device.status.state is ONLINE, "recovery")
    assert motor.part("transport") is Part.OK
    motor.accept("yi")
    assert motor.at() == "inside"


def test_jam_with_a_card_found_at_start_does_not_work_the_motor_again_and_again(dispenser):
    dispenser.board.set(at="inside", card="jia", jam=True)
    dispenser.start()
    dispenser.ear.until(lambda: dispenser.device.status.state is HARDWARE_ERROR)
    assert dispenser.told(MediaDetected) == ["MediaDetected"]
    dispenser.does(CheckHealth, level=HealthLevel.INTERNAL)
    dispenser.does(CheckHealth, level=HealthLevel.INTERNAL)
    assert dispenser.told(MediaDetected) == ["MediaDetected"]
    dispenser.board.set(jam=False)
    assert isinstance(dispenser.reset(MediaTo.EXIT), Done)
    assert dispenser.at() == "gate"
    assert dispenser.device.status.state is ONLINE


def test_card_pulled_by_hand_while_read_is_moved_and_not_broken(motor):
    motor.start().accept()
    motor.board.set(moved_by_hand=True)
    assert motor.fails(ReadCard).reason is Reason.CARD_MOVED
    assert motor.device.status.state is ONLINE
    assert isinstance(motor.read(), SocialCardRead)
    assert motor.device.counters["failedReadCount"] == 1


@pytest.mark.parametrize("length", ["long", "short"])
def test_a_card_of_a_wrong_length_is_refused_and_the_next_is_taken(motor, length):
    motor.start()
    motor.board.set(length=length, hand="jia")
    assert motor.fails(AcceptCard).reason is Reason.CARD_REFUSED
    assert not motor.board.get()["slot"]
    motor.accept("yi")
    assert motor.board.get()["card"] == "yi"


def test_full_bin_leaves_the_card_at_the_gate_until_there_is_room(dispenser):
    dispenser.board.set(bin_room=0)
    dispenser.start(retain_after_s=0.1).accept()
    error = dispenser.fails(MoveCard, to=Position.BIN)
    assert (error.reason, error.action) == (Reason.BIN_FULL, Action.CLEAR)
    dispenser.move(Position.EXIT)
    for _ in range(3):
        dispenser.does(CheckHealth, level=HealthLevel.INTERNAL)
    assert dispenser.board.get()["bin"] == []
    dispenser.board.set(bin_room=5)
    dispenser.ear.first(MediaRetained)
    assert dispenser.board.get()["bin"] == ["jia"]


def test_full_bin_is_told_as_a_supply(dispenser):
    dispenser.board.set(bin_room=0)
    dispenser.start()
    assert dispenser.device.status.supplies["bin"] is Level.FULL
    assert dispenser.device.status.state is ONLINE


@pytest.mark.parametrize(("chip", "reason"), [("mute", Reason.CARD_UNREADABLE), ("none", Reason.CARD_UNREADABLE)])
def test_a_card_whose_chip_says_nothing_is_unreadable_and_can_be_given_back(dispenser, chip, reason):
    dispenser.board.set(chip=chip)
    dispenser.start().accept()
    assert dispenser.fails(ReadCard).reason is reason
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert dispenser.device.status.state is ONLINE


@pytest.mark.parametrize("lies", ["gate", "inside"])
def test_power_failure_with_a_card_in_the_throat(motor, lies):
    motor.start().accept()
    motor.board.set(power_loss=lies)
    assert motor.fails(MoveCard, to=Position.EXIT).reason is Reason.POWER_FAILURE
    assert motor.board.get()["initialised"]
    assert motor.at() == lies
    assert motor.board.get()["card"] == "jia"
    if lies == "inside":
        assert isinstance(motor.move(Position.EXIT), CardMoved)
    assert motor.at() == "gate"


def test_a_device_that_lost_its_power_while_idle_is_initialised_and_the_card_in_it_is_left(motor):
    motor.start().accept()
    told = len(motor.ear.events)
    motor.board.set(initialised=False)
    motor.ear.until(lambda: motor.board.get()["initialised"], "an initialisation")
    assert motor.at() == "inside"
    assert isinstance(motor.does(CheckHealth, level=HealthLevel.INTERNAL), HealthChecked)
    assert motor.ear.states() == [ONLINE] * len(motor.ear.states())
    assert all(not isinstance(event, MediaDetected) for event in motor.ear.events[told:])


def test_power_lost_for_a_moment_while_a_card_is_waited_for_opens_the_slot_again(dispenser):
    dispenser.start()
    command = dispenser.give(AcceptCard)
    dispenser.ear.until(lambda: dispenser.board.get()["slot"], "an open slot")
    dispenser.board.set(initialised=False, slot=False)
    dispenser.ear.until(lambda: dispenser.board.get()["slot"], "an open slot")
    dispenser.board.set(hand="jia")
    assert isinstance(dispenser.ear.answer(command), CardAccepted)


@pytest.mark.parametrize(
    ("code", "reason", "action"),
    [("51", Reason.HARDWARE, Action.MAINTENANCE), ("13", Reason.CARD_REFUSED, Action.WAIT), ("99", Reason.HARDWARE, Action.MAINTENANCE)],
)
def test_error_codes_reach_the_caller_with_who_acts(dispenser, code, reason, action):
    dispenser.start().accept()
    dispenser.board.set(next_error=code)
    error = dispenser.fails(MoveCard, to=Position.EXIT)
    assert (error.reason, error.action) == (reason, action)
    assert code in error.detail
    assert dispenser.device.status.state is (HARDWARE_ERROR if reason is Reason.HARDWARE else ONLINE)


def test_a_shutter_that_sticks_is_told_as_a_part(sankyo):
    sankyo.start().accept()
    sankyo.board.set(next_error="11")
    assert sankyo.fails(MoveCard, to=Position.EXIT).reason is Reason.SHUTTER
    assert sankyo.part("shutter") is Part.INOPERATIVE
    sankyo.reset(MediaTo.CURRENT_POSITION)
    assert sankyo.part("shutter") is Part.OK


@pytest.mark.parametrize(
    ("to", "at", "told"),
    [
        (MediaTo.AUTO, "gate", ["MediaDetected", "MediaPresented"]),
        (MediaTo.EXIT, "gate", ["MediaDetected", "MediaPresented"]),
        (MediaTo.RETAIN, "nowhere", ["MediaDetected", "MediaRetained"]),
        (MediaTo.CURRENT_POSITION, "inside", ["MediaDetected"]),
    ],
)
def test_reset_sends_the_card_where_it_shall_go(motor, to, at, told):
    motor.start().accept()
    assert isinstance(motor.reset(to), Done)
    assert motor.at() == at
    assert motor.told(MediaDetected, MediaPresented, MediaRetained) == told
    assert motor.board.get()["bin"] == (["jia"] if to is MediaTo.RETAIN else [])


def test_reset_without_a_card_tells_of_none(dispenser):
    dispenser.start()
    assert isinstance(dispenser.reset(MediaTo.AUTO), Done)
    assert dispenser.told(MediaDetected, MediaPresented) == []


def test_internal_check_says_what_the_sensors_see(dispenser):
    dispenser.start().accept()
    checked = dispenser.check(HealthLevel.INTERNAL)
    assert checked.passed
    assert checked.findings["card"] == "inside"
    assert checked.findings["sensors"]
    assert checked.findings["bin"] == Level.OK


def test_external_check_moves_without_a_card_and_refuses_with_one(motor):
    motor.start()
    assert motor.check(HealthLevel.EXTERNAL).passed
    assert not motor.board.get()["slot"]
    motor.accept()
    checked = motor.check(HealthLevel.EXTERNAL)
    assert checked.error.reason is Reason.CARD_PRESENT


def test_interactive_check_takes_a_card_in_and_waits_until_it_is_taken(motor):
    motor.start()
    command = motor.give(CheckHealth, level=HealthLevel.INTERACTIVE)
    motor.ear.first(PersonAsked, lambda asked: asked.key == "check-insert-card")
    motor.board.set(hand="jia")
    motor.ear.first(PersonAsked, lambda asked: asked.key == "check-take-card")
    motor.take()
    assert motor.ear.answer(command).passed
    assert motor.told(MediaTaken) == ["MediaTaken"]


def test_interactive_check_fails_when_the_card_is_not_taken(dispenser):
    dispenser.start(retain_after_s=0.1)
    command = dispenser.give(CheckHealth, level=HealthLevel.INTERACTIVE)
    dispenser.ear.first(PersonAsked)
    dispenser.board.set(hand="jia")
    assert dispenser.ear.answer(command).error.reason is Reason.CHECK_FAILED
    assert dispenser.board.get()["bin"] == ["jia"]


def test_no_status_names_a_person(motor):
    motor.start()
    motor.board.set(hand="jia")
    motor.read()
    said = " ".join(repr(event) for event in motor.ear.events)
    assert "999999" not in said
    assert "测试" not in said
    assert motor.ear.first(StatusChanged).status.identity["maker"] in {"Creator", "Sankyo"}
