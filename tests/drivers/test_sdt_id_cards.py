"""The ID-card reader on the bench: cards that are laid, taken away, refused or waited for."""

import logging
import threading

import pytest
from card_reading import ROLE, read, reason

from drivers.bench import cards
from drivers.bench.people import PEOPLE
from drivers.contract import Cancel, CardFound, CardRead, CardRemoved, DeviceState, StatusChanged
from drivers.errors import Action, Reason

ONLINE = DeviceState.ONLINE


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_every_kind_of_card_is_read(make_reader, reader_board, ear, person):
    reader = make_reader()
    read(reader)
    reader_board.set(card=person.key)
    answer = ear.answer("1")
    assert isinstance(answer, CardRead)
    assert (answer.card.kind, answer.card.name, answer.card.number) == (person.kind, person.name, person.number)
    assert (answer.card.valid_to, answer.card.photo) == (person.valid_to, cards.photo(person))
    assert [type(event) for event in ear.events] == [StatusChanged, CardFound, CardRead]


def test_a_card_that_lies_there_already(make_reader, reader_board, ear):
    reader_board.set(card="jia")
    read(make_reader())
    assert isinstance(ear.answer("1"), CardRead)


def test_two_cards_in_turn(make_reader, reader_board, ear):
    reader = make_reader()
    read(reader)
    reader_board.set(card="jia")
    assert ear.answer("1").card.name == cards.person("jia").name
    reader_board.set(card=None)
    read(reader, "2")
    reader_board.set(card="yi")
    assert ear.answer("2").card.name == cards.person("yi").name


def test_the_same_card_must_leave_before_it_is_read_again(make_reader, reader_board, ear):
    reader = make_reader(poll_ms=5)
    reader_board.set(card="jia")
    read(reader)
    ear.answer("1")
    read(reader, "2")
    reader.do(Cancel(role=ROLE, id="c", of="2"))
    assert reason(ear, "2") is Reason.CANCELED
    read(reader, "3")
    reader_board.set(card=None)
    reader_board.set(card="jia")
    assert isinstance(ear.answer("3"), CardRead)


@pytest.mark.parametrize("moment", ["select", "read"])
def test_card_taken_away_while_reading(make_reader, reader_board, ear, moment):
    reader = make_reader()
    reader_board.set(card="jia", leaves_at=moment)
    read(reader)
    assert reason(ear) is Reason.CARD_MOVED
    assert ear.answer("1").error.action is Action.WAIT
    read(reader, "2")
    reader_board.set(card="jia")
    assert isinstance(ear.answer("2"), CardRead)
    assert ear.states() == [ONLINE]


def test_card_with_a_wrong_check_digit(make_reader, reader_board, ear):
    reader_board.set(card="jia", wrong_check_digit=True)
    read(make_reader())
    assert reason(ear) is Reason.CARD_INVALID


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"select_sw3": "31"}, Reason.CARD_REFUSED),
        ({"select_sw3": "32"}, Reason.CARD_REFUSED),
        ({"select_sw3": "40"}, Reason.CARD_REFUSED),
        ({"select_sw3": "81"}, Reason.CARD_MOVED),
        ({"read_sw3": "33"}, Reason.CARD_UNREADABLE),
        ({"read_sw3": "47"}, Reason.CARD_UNREADABLE),
        ({"read_sw3": "41"}, Reason.CARD_MOVED),
    ],
    ids=str,
)
def test_card_that_the_module_does_not_like(make_reader, reader_board, ear, codes, expected):
    reader_board.set(card="jia", **codes)
    read(make_reader())
    assert reason(ear) is expected
    assert ear.states() == [ONLINE]
    assert sum(isinstance(event, CardFound) for event in ear.events) == 1


def test_cancel_while_a_card_is_waited_for(make_reader, reader_board, ear):
    reader = make_reader()
    read(reader)
    reader.do(Cancel(role=ROLE, id="c", of="1"))
    assert reason(ear) is Reason.CANCELED
    reader_board.set(card="jia")
    read(reader, "2")
    assert isinstance(ear.answer("2"), CardRead)


def test_card_removed_comes_once_after_the_card_has_left(make_reader, reader_board, ear):
    reader = make_reader(presence_ms=30)
    reader_board.set(card="jia", presence=True)
    read(reader)
    ear.answer("1")
    threading.Event().wait(0.3)
    assert not any(isinstance(event, CardRemoved) for event in ear.events)
    reader_board.set(card=None)
    ear.first(CardRemoved)
    threading.Event().wait(0.2)
    assert sum(isinstance(event, CardRemoved) for event in ear.events) == 1


def test_card_removed_never_comes_where_the_module_cannot_sense_it(make_reader, reader_board, ear):
    reader = make_reader(presence_ms=10)
    reader_board.set(card="jia")
    read(reader)
    ear.answer("1")
    reader_board.set(card=None)
    threading.Event().wait(0.3)
    read(reader, "2")
    reader_board.set(card="yi")
    ear.answer("2")
    assert not any(isinstance(event, CardRemoved) for event in ear.events)


def test_nothing_of_a_card_is_ever_logged(make_reader, reader_board, ear, caplog):
    caplog.set_level(logging.DEBUG)
    reader = make_reader()
    for number, fault in enumerate(({}, {"wrong_check_digit": True}, {"leaves_at": "read"}, {"half_frame": 900, "faulty": 1})):
        reader_board.set(card=None)
        read(reader, str(number))
        reader_board.set(card="long", **fault)
        ear.answer(str(number))
        reader_board.set(wrong_check_digit=False, leaves_at="", half_frame=0, faulty=-1)
    person = cards.person("long")
    told = caplog.text + repr(ear.events)
    for fact in (person.name, "买买提", person.number, "19660415", person.address):
        assert fact not in told
