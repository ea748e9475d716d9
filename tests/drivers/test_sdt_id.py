"""The ID-card reader on the bench: each mishap is a test."""

import logging
import threading

import pytest

from drivers.bench import cards
from drivers.bench.people import PEOPLE
from drivers.contract import Cancel, CardFound, CardRead, CardRemoved, DeviceState, Failed, Part, ReadCard, Reset, StatusChanged
from drivers.errors import Action, Reason

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
ROLE = "id_reader"


@pytest.fixture
def board(bench):
    return bench("id_reader")


@pytest.fixture
def make(board, device, ear):
    def start(**settings):
        reader = device("readers.sdt_id", ROLE, **{"port": board.port, "health_ms": 200, **settings})
        reader.start(ear)
        ear.until(lambda: ear.events, "a first status")
        return reader

    return start


def read(reader, command_id="1"):
    reader.do(ReadCard(role=ROLE, id=command_id))


def reason(ear, command_id="1"):
    answer = ear.answer(command_id)
    assert isinstance(answer, Failed), answer
    return answer.error.reason


def test_tells_its_number_and_that_it_is_well(make):
    status = make().status
    assert status.state is ONLINE
    assert status.parts == {"module": Part.OK}
    assert status.identity == {"serial": "05.01-20181859-0002679109-1234567890"}


def test_module_that_does_not_tell_its_number_is_well_all_the_same(make, board):
    board.set(id_sw3="24")
    status = make().status
    assert status.state is ONLINE
    assert status.identity == {}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_every_kind_of_card_is_read(make, board, ear, person):
    reader = make()
    read(reader)
    board.set(card=person.key)
    answer = ear.answer("1")
    assert isinstance(answer, CardRead)
    assert (answer.card.kind, answer.card.name, answer.card.number) == (person.kind, person.name, person.number)
    assert (answer.card.valid_to, answer.card.photo) == (person.valid_to, cards.photo(person))
    assert [type(event) for event in ear.events] == [StatusChanged, CardFound, CardRead]


def test_a_card_that_lies_there_already(make, board, ear):
    board.set(card="jia")
    read(make())
    assert isinstance(ear.answer("1"), CardRead)


def test_two_cards_in_turn(make, board, ear):
    reader = make()
    read(reader)
    board.set(card="jia")
    assert ear.answer("1").card.name == cards.person("jia").name
    board.set(card=None)
    read(reader, "2")
    board.set(card="yi")
    assert ear.answer("2").card.name == cards.person("yi").name


def test_the_same_card_must_leave_before_it_is_read_again(make, board, ear):
    reader = make(poll_ms=5)
    board.set(card="jia")
    read(reader)
    ear.answer("1")
    read(reader, "2")
    reader.do(Cancel(role=ROLE, id="c", of="2"))
    assert reason(ear, "2") is Reason.CANCELED
    read(reader, "3")
    board.set(card=None)
    board.set(card="jia")
    assert isinstance(ear.answer("3"), CardRead)


@pytest.mark.parametrize("moment", ["select", "read"])
def test_card_taken_away_while_reading(make, board, ear, moment):
    reader = make()
    board.set(card="jia", leaves_at=moment)
    read(reader)
    assert reason(ear) is Reason.CARD_MOVED
    assert ear.answer("1").error.action is Action.WAIT
    read(reader, "2")
    board.set(card="jia")
    assert isinstance(ear.answer("2"), CardRead)
    assert ear.states() == [ONLINE]


def test_card_with_a_wrong_check_digit(make, board, ear):
    board.set(card="jia", wrong_check_digit=True)
    read(make())
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
def test_card_that_the_module_does_not_like(make, board, ear, codes, expected):
    board.set(card="jia", **codes)
    read(make())
    assert reason(ear) is expected
    assert ear.states() == [ONLINE]
    assert sum(isinstance(event, CardFound) for event in ear.events) == 1


@pytest.mark.parametrize(("code", "expected"), [("60", Reason.HARDWARE), ("66", Reason.NOT_AUTHORISED)])
def test_module_that_is_unusable_needs_maintenance_and_is_taken_back_when_it_is_well(make, board, ear, code, expected):
    board.set(module=code)
    reader = make()
    assert reader.status.state is HARDWARE_ERROR
    assert (reader.status.error.reason, reader.status.error.action) == (expected, Action.MAINTENANCE)
    read(reader)
    assert reason(ear) is expected
    board.set(module="90")
    ear.state(HARDWARE_ERROR, ONLINE)


@pytest.mark.parametrize("code", ["60", "66"])
def test_module_that_fails_while_idle_is_noticed(make, board, ear, code):
    make()
    board.set(module=code)
    ear.state(ONLINE, HARDWARE_ERROR)


def test_module_that_fails_while_a_card_is_waited_for(make, board, ear):
    reader = make(health_ms=60000)
    read(reader)
    board.set(module="60")
    assert reason(ear) is Reason.HARDWARE
    ear.state(ONLINE, HARDWARE_ERROR)


def test_noise_before_every_answer(make, board, ear):
    board.set(garbage="before", card="jia")
    read(make())
    assert isinstance(ear.answer("1"), CardRead)


def test_noise_instead_of_answers_is_garbled_and_not_silent(make, board, ear):
    reader = make()
    board.set(garbage="instead")
    ear.state(ONLINE, HARDWARE_ERROR)
    assert reader.status.error.reason is Reason.GARBLED
    board.set(garbage="")
    ear.state(ONLINE, HARDWARE_ERROR, ONLINE)


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 5}, {"garbage": "instead"}, {"silent": True}], ids=str)
def test_one_bad_answer_is_asked_for_again(make, board, ear, fault):
    reader = make(health_ms=60000)
    board.set(card="jia", faulty=1, **fault)
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)
    assert ear.states() == [ONLINE]


def test_read_answer_with_a_wrong_checksum_is_never_a_card(make, board, ear):
    reader = make(read_ms=1000, health_ms=60000)
    board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    board.set(bad_checksum=True)
    assert reason(ear) is Reason.GARBLED
    assert not any(isinstance(event, CardRead) for event in ear.events)


def test_read_answer_cut_in_half_is_never_a_card(make, board, ear):
    reader = make(read_ms=1000, health_ms=60000)
    board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    board.set(half_frame=700, faulty=1)
    # The module has read the card: it answers the second try as well.
    assert isinstance(ear.answer("1"), CardRead)


def test_answers_that_come_late_but_in_time(make, board, ear):
    reader = make()
    board.set(late_ms=80, card="jia")
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(make, board, ear):
    reader = make(find_ms=400, health_ms=60000)
    board.set(card="jia", late_ms=600, faulty=1)
    read(reader)
    assert ear.answer("1").card.number == cards.person("jia").number
    assert ear.states() == [ONLINE]


def test_a_read_that_takes_too_long_is_a_time_out_and_its_late_answer_is_never_the_next_card(make, board, ear):
    reader = make(read_ms=500, status_ms=3000, health_ms=60000)
    board.set(card="jia", read_ms=1200)
    read(reader)
    assert reason(ear) is Reason.TIMEOUT
    board.set(card="yi", read_ms=0)
    read(reader, "2")
    assert ear.answer("2").card.number == cards.person("yi").number
    assert ear.states() == [ONLINE]


def test_module_that_dies_while_a_card_is_read_is_silent(make, board, ear):
    reader = make(read_ms=100, status_ms=400)
    board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    board.set(silent=True)
    assert reason(ear) is Reason.SILENT
    ear.state(ONLINE, POWER_OFF)


def test_cancel_while_a_card_is_waited_for(make, board, ear):
    reader = make()
    read(reader)
    reader.do(Cancel(role=ROLE, id="c", of="1"))
    assert reason(ear) is Reason.CANCELED
    board.set(card="jia")
    read(reader, "2")
    assert isinstance(ear.answer("2"), CardRead)


def test_module_that_falls_silent_while_a_card_is_waited_for(make, board, ear):
    reader = make()
    read(reader)
    board.set(silent=True)
    assert reason(ear) is Reason.SILENT
    ear.state(ONLINE, POWER_OFF)
    board.set(silent=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)


def test_unplugged_while_a_card_is_read(make, board, ear):
    reader = make()
    board.set(card="jia", read_ms=1000)
    read(reader)
    ear.first(CardFound)
    board.unplug()
    assert reason(ear) is Reason.UNPLUGGED
    assert reader.status.identity
    assert reader.status.parts == {"module": Part.UNKNOWN}
    board.set(read_ms=0)
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    read(reader, "2")
    assert isinstance(ear.answer("2"), CardRead)


def test_card_removed_comes_once_after_the_card_has_left(make, board, ear):
    reader = make(presence_ms=30)
    board.set(card="jia", presence=True)
    read(reader)
    ear.answer("1")
    threading.Event().wait(0.3)
    assert not any(isinstance(event, CardRemoved) for event in ear.events)
    board.set(card=None)
    ear.first(CardRemoved)
    threading.Event().wait(0.2)
    assert sum(isinstance(event, CardRemoved) for event in ear.events) == 1


def test_card_removed_never_comes_where_the_module_cannot_sense_it(make, board, ear):
    reader = make(presence_ms=10)
    board.set(card="jia")
    read(reader)
    ear.answer("1")
    board.set(card=None)
    threading.Event().wait(0.3)
    read(reader, "2")
    board.set(card="yi")
    ear.answer("2")
    assert not any(isinstance(event, CardRemoved) for event in ear.events)


def test_reset_is_done(make, ear):
    reader = make()
    reader.do(Reset(role=ROLE, id="r"))
    assert not isinstance(ear.answer("r"), Failed)


def test_a_slow_line(make, board, ear):
    reader = make(baud=19200)
    board.set(card="jia")
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)


def test_nothing_of_a_card_is_ever_logged(make, board, ear, caplog):
    caplog.set_level(logging.DEBUG)
    reader = make()
    for number, fault in enumerate(({}, {"wrong_check_digit": True}, {"leaves_at": "read"}, {"half_frame": 900, "faulty": 1})):
        board.set(card=None)
        read(reader, str(number))
        board.set(card="long", **fault)
        ear.answer(str(number))
        board.set(wrong_check_digit=False, leaves_at="", half_frame=0, faulty=-1)
    person = cards.person("long")
    told = caplog.text + repr(ear.events)
    for fact in (person.name, "买买提", person.number, "19660415", person.address):
        assert fact not in told
