"""New cards out of the stacker: each one given out exactly once, whatever happens on the way."""

import pytest

from drivers.contract import (
    CardMoved,
    DeviceState,
    Failed,
    HealthChecked,
    HealthLevel,
    Level,
    MediaPresented,
    MediaRetained,
    MediaTaken,
    MoveCard,
    Part,
    Position,
    SupplyReplenish,
)
from drivers.errors import Action, Reason

NEW = {"to": Position.EXIT, "source": Position.STACKER}


def fed(kit):
    return kit.board.get()["fed"]


def test_a_new_card_is_given_out_and_taken(dispenser):
    dispenser.start()
    assert dispenser.does(MoveCard, **NEW).position is Position.EXIT
    assert (dispenser.at(), dispenser.board.get()["card"], fed(dispenser)) == ("gate", "new", 1)
    dispenser.take()
    dispenser.ear.first(MediaTaken)
    assert dispenser.device.counters["cardDispensedCount"] == 1
    assert dispenser.told(MediaPresented, MediaTaken) == ["MediaPresented", "MediaTaken"]


def test_a_new_card_can_wait_at_the_chip(dispenser):
    dispenser.start()
    assert isinstance(dispenser.move(Position.CHIP, Position.STACKER), CardMoved)
    assert dispenser.at() == "inside"
    assert isinstance(dispenser.move(Position.EXIT), CardMoved)
    assert fed(dispenser) == 1


def test_a_new_card_nobody_takes_is_retained(dispenser):
    dispenser.start(retain_after_s=0.2)
    dispenser.does(MoveCard, **NEW)
    dispenser.ear.first(MediaRetained)
    assert dispenser.board.get()["bin"] == ["new"]


@pytest.mark.parametrize(("cards", "level"), [(0, Level.EMPTY), (3, Level.LOW), (20, Level.OK)])
def test_stacker_levels(dispenser, cards, level):
    dispenser.board.set(stacker=cards)
    dispenser.start()
    assert dispenser.device.status.supplies["stacker"] is level


def test_stacker_empty_is_told_and_nothing_moves(dispenser):
    dispenser.board.set(stacker=0)
    dispenser.start()
    error = dispenser.fails(MoveCard, **NEW)
    assert (error.reason, error.action) == (Reason.STACKER_EMPTY, Action.CLEAR)
    dispenser.board.set(stacker=10)
    assert isinstance(dispenser.does(MoveCard, **NEW), CardMoved)


def test_the_last_card_runs_out_unseen(dispenser):
    dispenser.start(health_ms=60000)
    dispenser.board.set(next_error="A0")
    assert dispenser.fails(MoveCard, **NEW).reason is Reason.STACKER_EMPTY
    assert dispenser.device.status.state is DeviceState.ONLINE


@pytest.mark.parametrize("fault", ["lose_ack", "lose_reply", "nak", "stale"])
def test_one_card_is_given_out_whatever_happens_to_the_answer(dispenser, fault):
    dispenser.start(health_ms=60000)
    dispenser.board.set(**{fault: "32"})
    assert isinstance(dispenser.does(MoveCard, **NEW), CardMoved)
    assert dispenser.board.get()[fault] == ""
    assert fed(dispenser) == 1
    assert dispenser.at() == "gate"


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 7}, {"garbage": "instead"}, {"late_ms": 900}], ids=str)
@pytest.mark.parametrize("answers", [1, 2, 4, 7])
def test_one_card_is_given_out_when_answers_are_spoilt(dispenser, fault, answers):
    """Spoils the answers to the look, to the feeding, to the questions after it, and so on."""
    dispenser.start(health_ms=60000, answer_ms=300, move_ms=600)
    dispenser.board.set(faulty=answers, **fault)
    answer = dispenser.does(MoveCard, **NEW)
    assert fed(dispenser) <= 1
    if isinstance(answer, Failed):
        assert answer.error.reason in {Reason.GARBLED, Reason.TIMEOUT, Reason.SILENT}
        dispenser.board.set(faulty=0)
        dispenser.ear.until(lambda: isinstance(dispenser.check(HealthLevel.INTERNAL), HealthChecked), "its return")
        assert fed(dispenser) <= 1
    else:
        assert (fed(dispenser), dispenser.at()) == (1, "gate")


def test_a_card_taken_before_the_answer_came_is_given_out_once(dispenser):
    dispenser.start(health_ms=60000)
    dispenser.does(MoveCard, to=Position.CHIP, source=Position.STACKER)
    dispenser.board.set(lose_reply="32", motor_ms=50)
    command = dispenser.give(MoveCard, to=Position.EXIT)
    dispenser.ear.until(lambda: dispenser.at() == "gate", "a card at the gate")
    dispenser.take()
    assert isinstance(dispenser.ear.answer(command), CardMoved)
    assert fed(dispenser) == 1
    assert dispenser.told(MediaPresented, MediaTaken) == ["MediaPresented", "MediaTaken"]


@pytest.mark.parametrize(("lies", "count"), [("nowhere", 0), ("inside", 1), ("gate", 1)])
def test_power_failure_while_a_card_is_fed(dispenser, lies, count):
    dispenser.start(health_ms=60000)
    dispenser.board.set(power_loss=lies)
    assert dispenser.fails(MoveCard, **NEW).reason is Reason.POWER_FAILURE
    assert fed(dispenser) == count
    assert dispenser.at() == lies


def test_a_card_that_hangs_between_two_places_is_a_jam_and_no_other_is_fed(dispenser):
    dispenser.start(health_ms=60000)
    dispenser.board.set(path=5, nak="32")
    assert dispenser.fails(MoveCard, **NEW).reason is Reason.CARD_JAMMED
    assert fed(dispenser) == 0
    assert dispenser.part("transport") is Part.JAMMED


def test_no_card_is_fed_while_another_is_inside(dispenser):
    dispenser.start().accept()
    assert dispenser.fails(MoveCard, **NEW).reason is Reason.CARD_PRESENT
    assert fed(dispenser) == 0


def test_a_reader_without_a_stacker_gives_out_nothing(sankyo):
    sankyo.start()
    assert sankyo.fails(MoveCard, **NEW).reason is Reason.UNSUPPORTED
    assert "stacker" not in sankyo.device.status.supplies


def test_negative_answers_may_begin_with_either_letter(dispenser):
    dispenser.board.set(negative="E", next_error="A0")
    dispenser.start()
    assert dispenser.fails(MoveCard, **NEW).reason is Reason.STACKER_EMPTY


def test_identity_and_the_bin_as_the_device_counts_it(dispenser):
    dispenser.start()
    assert dispenser.device.status.identity == {
        "maker": "Creator",
        "model": "CRT-571-BENCH",
        "firmware": "C571_B_01",
        "serial": "B571000000001",
    }
    dispenser.does(MoveCard, to=Position.BIN, source=Position.STACKER)
    assert dispenser.check(HealthLevel.INTERNAL).findings["bin_counted"] == "1"
    dispenser.does(SupplyReplenish, supply="bin")
    assert dispenser.check(HealthLevel.INTERNAL).findings["bin_counted"] == "0"


def test_a_unit_that_tells_no_version_is_as_good(dispenser):
    dispenser.board.set(identity=False)
    dispenser.start()
    assert dispenser.device.status.state is DeviceState.ONLINE
    assert dispenser.device.status.identity == {"maker": "Creator", "model": "CRT-571-BENCH"}
