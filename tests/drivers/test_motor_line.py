"""The line of a motorised card reader: answers lost, damaged, late, doubled or drowned in noise, and what must not come of it."""

import pytest

from drivers.bench import cards
from drivers.contract import (
    AcceptCard,
    CardMoved,
    CheckHealth,
    DeviceState,
    HealthLevel,
    MediaPresented,
    MoveCard,
    Position,
    SocialCardRead,
)
from drivers.errors import Reason

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
FAULTS = ("lose_ack", "lose_reply", "nak", "stale")
EJECT = {"readers.crt571": "32", "readers.ict3k5": "33"}
APDU = {"readers.crt571": "51", "readers.ict3k5": "49"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_question_whose_answer_is_disturbed_is_asked_again(dispenser, fault):
    dispenser.start(health_ms=60000)
    dispenser.board.set(**{fault: "31"})
    assert dispenser.check(HealthLevel.INTERNAL).passed
    assert dispenser.board.get()[fault] == ""
    assert dispenser.ear.states() == [ONLINE]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_card_is_given_back_once_whatever_happens_to_the_answer(motor, fault):
    motor.start(health_ms=60000).accept()
    motor.board.set(**{fault: EJECT[motor.driver]})
    assert isinstance(motor.move(Position.EXIT), CardMoved)
    assert motor.board.get()[fault] == ""
    assert motor.at() == "gate"
    assert motor.board.get().get("fed", 0) == 0
    assert motor.told(MediaPresented) == ["MediaPresented"]


def test_a_card_taken_while_the_answer_was_lost_is_not_looked_for(motor):
    """Nothing is inside any more: telling the device again to give a card back would take a new one from a stacker."""
    motor.start(health_ms=60000).accept()
    motor.board.set(lose_reply=EJECT[motor.driver], motor_ms=100)
    command = motor.give(MoveCard, to=Position.EXIT)
    motor.ear.until(lambda: motor.board.get()["at"] == "gate", "a card at the gate")
    motor.take()
    assert isinstance(motor.ear.answer(command), CardMoved)
    assert motor.at() == "nowhere"
    assert motor.board.get().get("fed", 0) == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_a_card_is_read_whole_whatever_happens_to_one_answer(motor, fault):
    motor.start(health_ms=60000).accept("yi")
    motor.board.set(**{fault: APDU[motor.driver]})
    answer = motor.read()
    assert isinstance(answer, SocialCardRead)
    assert answer.card.id_number == cards.person("yi").number


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 6}, {"garbage": "instead"}, {"garbage": "before"}], ids=str)
def test_one_damaged_answer_is_asked_for_again(dispenser, fault):
    dispenser.start(health_ms=60000).accept()
    dispenser.board.set(faulty=1, **fault)
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert dispenser.told(MediaPresented) == ["MediaPresented"]


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 6}, {"garbage": "instead"}], ids=str)
def test_answers_that_are_always_damaged_are_not_silence(dispenser, fault):
    dispenser.start()
    dispenser.board.set(**fault)
    dispenser.ear.state(ONLINE, HARDWARE_ERROR)
    assert dispenser.device.status.error.reason in {Reason.GARBLED, Reason.TIMEOUT}
    dispenser.board.set(bad_checksum=False, half_frame=0, garbage="")
    dispenser.ear.state(ONLINE, HARDWARE_ERROR, ONLINE)


@pytest.mark.parametrize("head", ["F200000343313003B1", "F2000020", "F200020650", "F2", "F2F2F2", "1515", "04", "F2FFFFFF", "0606"])
def test_noise_and_lying_heads_before_every_answer(dispenser, head):
    dispenser.board.set(lying_head=head)
    dispenser.start(health_ms=60000).accept()
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert dispenser.board.get()["fed"] == 0


def test_an_answer_that_comes_late_but_in_time(dispenser):
    dispenser.board.set(late_ms=80)
    dispenser.start(health_ms=60000).accept()
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)


def test_an_answer_that_comes_too_late_is_not_taken_for_another(dispenser):
    dispenser.start(health_ms=60000, answer_ms=300).accept("yi")
    dispenser.board.set(late_ms=500, faulty=1)
    assert dispenser.read().card.id_number == cards.person("yi").number
    assert set(dispenser.ear.states()) == {ONLINE}


def test_a_move_that_takes_longer_than_the_question_may(dispenser):
    dispenser.start(health_ms=60000, answer_ms=200, move_ms=1500).accept()
    dispenser.board.set(motor_ms=900)
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)


def test_a_move_that_takes_too_long_is_found_out_about(dispenser):
    dispenser.start(health_ms=60000, answer_ms=200, move_ms=600).accept()
    dispenser.board.set(motor_ms=900)
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert dispenser.board.get()["fed"] == 0
    assert dispenser.told(MediaPresented) == ["MediaPresented"]


def test_a_device_that_talks_without_end_is_garbled_and_comes_back(dispenser):
    dispenser.start(answer_ms=200)
    dispenser.board.set(babble=True, silent=True)
    dispenser.ear.state(ONLINE, HARDWARE_ERROR)
    assert dispenser.device.status.error.reason in {Reason.GARBLED, Reason.TIMEOUT}
    dispenser.board.set(babble=False, silent=False)
    dispenser.ear.until(lambda: dispenser.device.status.state is ONLINE, "its return")


def test_a_device_that_dies_while_it_moves_a_card_is_silent(dispenser):
    dispenser.start(health_ms=60000, move_ms=800).accept()
    dispenser.board.set(lose_reply="32")
    command = dispenser.give(MoveCard, to=Position.EXIT)
    dispenser.ear.until(lambda: dispenser.at() == "gate", "a move")
    dispenser.board.set(silent=True)
    assert dispenser.ear.answer(command).error.reason is Reason.SILENT
    assert dispenser.device.status.state is POWER_OFF
    dispenser.board.set(silent=False)
    dispenser.ear.first(MediaPresented)
    assert dispenser.at() == "gate"


def test_unplugged_while_a_card_is_inside_gives_it_back_when_plugged_again(motor):
    motor.start().accept()
    motor.board.unplug()
    motor.ear.until(lambda: motor.device.status.state is POWER_OFF)
    motor.board.plug()
    motor.ear.first(MediaPresented)
    assert motor.at() == "gate"


def test_a_question_is_asked_again_after_an_initialisation_that_was_lost_too(dispenser):
    dispenser.start(health_ms=60000)
    dispenser.board.set(initialised=False, lose_reply="30")
    assert dispenser.check(HealthLevel.INTERNAL).passed
    assert dispenser.board.get()["initialised"]


def test_a_slow_line(dispenser):
    dispenser.start(baud=9600, answer_ms=1000).accept("long")
    assert dispenser.read().card.name == cards.person("long").name


def test_silence_while_a_card_is_waited_for(dispenser):
    dispenser.start()
    command = dispenser.give(AcceptCard)
    dispenser.ear.until(lambda: dispenser.board.get()["slot"], "an open slot")
    dispenser.board.set(silent=True)
    assert dispenser.ear.answer(command).error.reason is Reason.SILENT
    dispenser.board.set(silent=False)
    dispenser.ear.until(lambda: dispenser.device.status.state is ONLINE, "its return")
    assert not dispenser.board.get()["slot"]


def test_another_address_is_another_device(dispenser):
    dispenser.board.stop()
    dispenser.board.set(address=7)
    dispenser.board.plug()
    dispenser.start(address=7)
    assert dispenser.does(CheckHealth, level=HealthLevel.INTERNAL).passed
