"""What a citizen's card goes through in a motorised reader: in, read, back, taken or retained, and found where nobody left it."""

import pytest

from drivers.bench import cards
from drivers.contract import (
    AcceptCard,
    CardAccepted,
    CardFound,
    CardMoved,
    DeviceState,
    Level,
    MediaDetected,
    MediaInserted,
    MediaPresented,
    MediaRetained,
    MediaTaken,
    MoveCard,
    Part,
    Position,
    ReadCard,
    SocialCardRead,
    SupplyReplenish,
)
from drivers.errors import Reason

MEDIA = (MediaInserted, MediaDetected, MediaPresented, MediaTaken, MediaRetained)
ONLINE = DeviceState.ONLINE


def test_a_card_is_accepted_and_the_slot_closes_behind_it(motor):
    motor.start()
    assert motor.part("card") is Part.NOT_PRESENT
    command = motor.give(AcceptCard)
    motor.ear.until(lambda: motor.board.get()["slot"], "an open slot")
    motor.board.set(hand="jia")
    assert isinstance(motor.ear.answer(command), CardAccepted)
    assert motor.told(*MEDIA) == ["MediaInserted"]
    assert motor.at() == "inside"
    assert not motor.board.get()["slot"]
    assert motor.part("card") is Part.PRESENT
    assert motor.device.counters["cardInsertedCount"] == 1


def test_a_card_is_read_given_back_and_taken(motor):
    motor.start()
    motor.board.set(hand="jia")
    answer = motor.read()
    assert isinstance(answer, SocialCardRead)
    person = cards.person("jia")
    assert (answer.card.name, answer.card.id_number) == (person.name, person.number)
    motor.ear.first(CardFound)
    assert motor.part("chip") is Part.OK
    assert motor.at() == "inside"
    assert isinstance(motor.move(Position.EXIT), CardMoved)
    assert motor.at() == "gate"
    motor.take()
    motor.ear.first(MediaTaken)
    assert motor.told(*MEDIA) == ["MediaInserted", "MediaPresented", "MediaTaken"]
    counts = motor.device.counters
    assert (counts["goodReadCount"], counts["cardEjectedCount"], counts.get("cardCapturedCount", 0)) == (1, 1, 0)
    assert motor.ear.states()[0] is ONLINE


def test_a_card_already_inside_is_read_without_asking_for_another(dispenser):
    dispenser.start().accept("yi")
    assert dispenser.read().card.name == cards.person("yi").name
    assert dispenser.told(MediaInserted) == ["MediaInserted"]


def test_a_card_that_nobody_takes_goes_into_the_bin(motor):
    motor.start(retain_after_s=0.3).accept()
    motor.move(Position.EXIT)
    assert motor.ear.first(MediaRetained).unit == "bin"
    assert motor.told(*MEDIA) == ["MediaInserted", "MediaPresented", "MediaRetained"]
    assert motor.board.get()["bin"] == ["jia"]
    assert motor.device.counters["cardCapturedCount"] == 1


def test_a_bin_that_gets_many_cards_is_high_until_it_is_emptied(dispenser):
    dispenser.start(bin_high=1).accept()
    dispenser.move(Position.BIN)
    assert dispenser.device.status.supplies["bin"] is Level.HIGH
    dispenser.does(SupplyReplenish, supply="bin")
    assert dispenser.device.status.supplies["bin"] is Level.OK


@pytest.mark.parametrize("at", ["inside", "gate"])
def test_a_card_found_at_start_is_given_back(motor, at):
    motor.board.set(at=at, card="jia")
    motor.start()
    motor.ear.first(MediaPresented)
    assert motor.told(*MEDIA) == ["MediaDetected", "MediaPresented"]
    assert motor.ear.first(MediaDetected).position is (Position.EXIT if at == "gate" else Position.TRANSPORT)
    assert motor.at() == "gate"
    motor.take()
    motor.ear.first(MediaTaken)


def test_a_card_found_at_start_that_nobody_takes_is_retained(dispenser):
    dispenser.board.set(at="inside", card="jia")
    dispenser.start(retain_after_s=0.2)
    dispenser.ear.first(MediaRetained)
    assert dispenser.board.get()["bin"] == ["jia"]


@pytest.mark.parametrize("at", ["inside", "gate"])
def test_a_card_found_at_start_is_retained_where_the_settings_say_so(motor, at):
    motor.board.set(at=at, card="jia")
    motor.start(found_at_start="retain")
    motor.ear.first(MediaRetained)
    assert motor.told(*MEDIA) == ["MediaDetected", "MediaRetained"]
    assert motor.board.get()["bin"] == ["jia"]


def test_a_card_found_at_start_is_held_where_the_settings_say_so(dispenser):
    dispenser.board.set(at="inside", card="jia")
    dispenser.start(found_at_start="hold")
    dispenser.ear.first(MediaDetected)
    assert dispenser.read().card.name == cards.person("jia").name
    assert dispenser.told(*MEDIA) == ["MediaDetected"]
    assert dispenser.at() == "inside"


def test_a_card_taken_while_the_line_was_away_is_told_when_it_is_back(motor):
    motor.start().accept()
    motor.move(Position.EXIT)
    motor.board.unplug()
    motor.ear.until(lambda: motor.device.status.state is DeviceState.POWER_OFF)
    motor.board.set(at="nowhere", card=None)
    motor.board.plug()
    motor.ear.first(MediaTaken)
    assert motor.told(MediaDetected) == []


def test_cancelling_closes_the_slot(motor):
    motor.start()
    command = motor.give(AcceptCard)
    motor.ear.until(lambda: motor.board.get()["slot"], "an open slot")
    motor.cancel(command)
    assert motor.ear.answer(command).error.reason is Reason.CANCELED
    assert not motor.board.get()["slot"]


def test_cancelling_a_read_leaves_a_card_that_can_be_given_back(dispenser):
    dispenser.start(health_ms=60000).accept()
    dispenser.board.set(late_ms=150)
    command = dispenser.give(ReadCard)
    dispenser.ear.first(CardFound)
    dispenser.cancel(command)
    assert dispenser.ear.answer(command).error.reason is Reason.CANCELED
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert "failedReadCount" not in dispenser.device.counters


def test_stopping_closes_the_slot(motor):
    motor.start()
    motor.give(AcceptCard)
    motor.ear.until(lambda: motor.board.get()["slot"], "an open slot")
    motor.device.stop()
    assert not motor.board.get()["slot"]


def test_a_card_that_slips_in_while_the_command_is_cancelled_is_given_back(dispenser):
    dispenser.start(poll_ms=2000)
    command = dispenser.give(AcceptCard)
    dispenser.ear.until(lambda: dispenser.board.get()["slot"], "an open slot")
    dispenser.board.set(hand="jia")
    dispenser.cancel(command)
    answer = dispenser.ear.answer(command)
    kept = dispenser.board.get()
    if isinstance(answer, CardAccepted):  # it was quicker than the cancel
        assert kept["at"] == "inside"
        return
    assert answer.error.reason is Reason.CANCELED
    assert (kept["at"], kept["hand"]) in {("gate", None), ("nowhere", "jia")}
    assert dispenser.told(MediaPresented) == (["MediaPresented"] if kept["at"] == "gate" else [])


def test_no_card_is_let_in_while_another_is_inside_or_at_the_gate(dispenser):
    dispenser.start().accept()
    assert dispenser.fails(AcceptCard).reason is Reason.CARD_PRESENT
    dispenser.move(Position.EXIT)
    assert dispenser.fails(AcceptCard).reason is Reason.CARD_PRESENT
    assert dispenser.fails(ReadCard).reason is Reason.CARD_PRESENT


@pytest.mark.parametrize("to", [Position.EXIT, Position.CHIP, Position.TRANSPORT, Position.BIN])
def test_without_a_card_nothing_is_moved_and_nothing_given_out(dispenser, to):
    dispenser.start()
    assert dispenser.fails(MoveCard, to=to).reason is Reason.NO_CARD
    assert dispenser.board.get().get("fed", 0) == 0
    assert dispenser.board.get()["bin"] == []


def test_a_card_at_the_gate_is_not_drawn_back_in(dispenser):
    dispenser.start().accept()
    dispenser.move(Position.EXIT)
    assert dispenser.fails(MoveCard, to=Position.CHIP).reason is Reason.NO_CARD
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert dispenser.told(MediaPresented) == ["MediaPresented"]
    assert dispenser.at() == "gate"


@pytest.mark.parametrize("to", [Position.JAMMED, Position.STACKER, Position.NOT_PRESENT])
def test_places_no_card_can_be_sent_to(dispenser, to):
    dispenser.start().accept()
    assert dispenser.fails(MoveCard, to=to).reason is Reason.UNSUPPORTED


def test_a_card_is_retained_on_demand(motor):
    motor.start().accept()
    assert motor.move(Position.BIN).position is Position.BIN
    assert motor.board.get()["bin"] == ["jia"]
    assert motor.told(MediaRetained) == ["MediaRetained"]


def test_a_card_goes_to_the_chip_and_away_from_it(motor):
    motor.start().accept()
    assert motor.move(Position.CHIP).position is Position.CHIP
    assert motor.move(Position.TRANSPORT).position is Position.TRANSPORT
    assert motor.at() == "inside"
