"""The ID-card reader's line: answers that are wrong, late or cut in half, silence, a pulled plug."""

import pytest
from card_reading import read, reason

from drivers.bench import cards
from drivers.contract import CardFound, CardRead, DeviceState, Part
from drivers.errors import Reason

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR


def test_noise_before_every_answer(make_reader, reader_board, ear):
    reader_board.set(garbage="before", card="jia")
    read(make_reader())
    assert isinstance(ear.answer("1"), CardRead)


def test_noise_instead_of_answers_is_garbled_and_not_silent(make_reader, reader_board, ear):
    reader = make_reader()
    reader_board.set(garbage="instead")
    ear.state(ONLINE, HARDWARE_ERROR)
    assert reader.status.error.reason is Reason.GARBLED
    reader_board.set(garbage="")
    ear.state(ONLINE, HARDWARE_ERROR, ONLINE)


@pytest.mark.parametrize("fault", [{"bad_checksum": True}, {"half_frame": 5}, {"garbage": "instead"}, {"silent": True}], ids=str)
def test_one_bad_answer_is_asked_for_again(make_reader, reader_board, ear, fault):
    reader = make_reader(health_ms=60000)
    reader_board.set(card="jia", faulty=1, **fault)
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)
    assert ear.states() == [ONLINE]


def test_read_answer_with_a_wrong_checksum_is_never_a_card(make_reader, reader_board, ear):
    reader = make_reader(read_ms=1000, health_ms=60000)
    reader_board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    reader_board.set(bad_checksum=True)
    assert reason(ear) is Reason.GARBLED
    assert not any(isinstance(event, CardRead) for event in ear.events)


def test_read_answer_cut_in_half_is_never_a_card(make_reader, reader_board, ear):
    reader = make_reader(read_ms=1000, health_ms=60000)
    reader_board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    reader_board.set(half_frame=700, faulty=1)
    # The module has read the card: it answers the second try as well.
    assert isinstance(ear.answer("1"), CardRead)


def test_answers_that_come_late_but_in_time(make_reader, reader_board, ear):
    reader = make_reader()
    reader_board.set(late_ms=80, card="jia")
    read(reader)
    assert isinstance(ear.answer("1"), CardRead)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(make_reader, reader_board, ear):
    reader = make_reader(find_ms=400, health_ms=60000)
    reader_board.set(card="jia", late_ms=600, faulty=1)
    read(reader)
    assert ear.answer("1").card.number == cards.person("jia").number
    assert ear.states() == [ONLINE]


def test_a_read_that_takes_too_long_is_a_time_out_and_its_late_answer_is_never_the_next_card(make_reader, reader_board, ear):
    reader = make_reader(read_ms=500, status_ms=3000, health_ms=60000)
    reader_board.set(card="jia", read_ms=1200)
    read(reader)
    assert reason(ear) is Reason.TIMEOUT
    reader_board.set(card="yi", read_ms=0)
    read(reader, "2")
    assert ear.answer("2").card.number == cards.person("yi").number
    assert ear.states() == [ONLINE]


def test_module_that_dies_while_a_card_is_read_is_silent(make_reader, reader_board, ear):
    reader = make_reader(read_ms=100, status_ms=400)
    reader_board.set(card="jia", read_ms=300)
    read(reader)
    ear.first(CardFound)
    reader_board.set(silent=True)
    assert reason(ear) is Reason.SILENT
    ear.state(ONLINE, POWER_OFF)


def test_module_that_falls_silent_while_a_card_is_waited_for(make_reader, reader_board, ear):
    reader = make_reader()
    read(reader)
    reader_board.set(silent=True)
    assert reason(ear) is Reason.SILENT
    ear.state(ONLINE, POWER_OFF)
    reader_board.set(silent=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)


def test_unplugged_while_a_card_is_read(make_reader, reader_board, ear):
    reader = make_reader()
    reader_board.set(card="jia", read_ms=1000)
    read(reader)
    ear.first(CardFound)
    reader_board.unplug()
    assert reason(ear) is Reason.UNPLUGGED
    assert reader.status.identity
    assert reader.status.parts == {"module": Part.UNKNOWN, "fingerprint": Part.UNKNOWN, "photoDecoder": Part.NOT_SUPPORTED}
    reader_board.set(read_ms=0)
    reader_board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    read(reader, "2")
    assert isinstance(ear.answer("2"), CardRead)
