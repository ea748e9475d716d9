"""Fingerprint blocks: of every size, not known to the module, and with sizes that lie."""

import pytest
from card_reading import ROLE, read, reason

from drivers.bench import cards
from drivers.contract import CardRead, CheckHealth, DeviceState, HealthLevel, Part
from drivers.errors import Reason


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_fingerprints_are_read_undecoded(make_reader, reader_board, ear, size):
    reader_board.set(card="yi", fingerprint=size)
    reader = make_reader(fingerprint=True)
    assert reader.status.parts["fingerprint"] is Part.UNKNOWN
    read(reader)
    card = ear.answer("1").card
    assert card.fingerprint == cards.fingerprint(cards.person("yi"), size)
    assert card.photo == cards.photo(cards.person("yi"))
    ear.until(lambda: reader.status.parts["fingerprint"] is Part.OK)


def test_fingerprints_that_are_not_wanted_are_not_read(make_reader, reader_board, ear):
    reader_board.set(card="yi", fingerprint=1024)
    reader = make_reader()
    read(reader)
    assert ear.answer("1").card.fingerprint == b""
    assert reader.status.parts["fingerprint"] is Part.UNKNOWN


def test_a_module_that_does_not_know_fingerprints_reads_the_card_without_them(make_reader, reader_board, ear):
    reader_board.set(card="yi", fingerprint=-1)
    reader = make_reader(fingerprint=True)
    read(reader)
    assert ear.answer("1").card.fingerprint == b""
    ear.until(lambda: reader.status.parts["fingerprint"] is Part.NOT_SUPPORTED)
    assert reader.status.state is DeviceState.ONLINE
    # It is not asked again until it is connected anew: another module may stand there then.
    reader_board.set(card=None, fingerprint=512)
    reader_board.set(card="jia")
    read(reader, "2")
    assert ear.answer("2").card.fingerprint == b""
    reader_board.unplug()
    reader_board.plug()
    ear.until(lambda: reader.status.parts["fingerprint"] is Part.UNKNOWN)
    reader_board.set(card="yi")
    read(reader, "3")
    assert len(ear.answer("3").card.fingerprint) == 512


@pytest.mark.parametrize("sizes", ["010004000200", "00ff04000000", "ffffffffffff", "010004000200ff", "01000400", "010004000001"])
def test_blocks_whose_sizes_lie_are_garbled_and_never_a_card(make_reader, reader_board, ear, sizes):
    reader_board.set(card="jia", fingerprint=1024, sizes=sizes)
    reader = make_reader(fingerprint=True, read_ms=400)
    read(reader)
    assert reason(ear) is Reason.GARBLED
    assert not any(isinstance(event, CardRead) for event in ear.events)
    assert reader.counters["failedReadCount"] == 1
    reader.do(CheckHealth(role=ROLE, id="h", level=HealthLevel.INTERNAL))
    assert ear.answer("h").passed
