"""A recording of a motorised reader's line names nobody, and can still be read and replayed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import cards
from drivers.bench.motor_mechanism import MECHANISM
from drivers.bench.social_chip import ATR, Chip
from drivers.readers import crt571_protocol as crt
from drivers.readers import ict3k5_protocol as ict
from drivers.readers import social_card
from drivers.readers.motor_protocol import FROM_DEVICE, Cutter, Kind
from drivers.readers.motor_trace import MotorRedactor, answer

CRT = crt.framing(0)
FRAMINGS = [(CRT, b"\x51", b"220"), (ict.FRAMING, b"\x49", b"02")]


def kept(framing, text):
    """TEXT of what is kept of one answer, which must be a frame that holds."""
    (piece,) = Cutter(framing, FROM_DEVICE).feed(MotorRedactor(framing).feed("in", framing.frame(text)))
    assert piece.kind is Kind.FRAME
    return framing.text(piece.raw)


@pytest.mark.parametrize(("framing", "cm", "status"), FRAMINGS)
def test_a_recorded_card_reads_as_somebody_who_does_not_exist(framing, cm, status):
    chip = Chip({**MECHANISM, "card": "jia"})
    head = b"P" + cm + b"\x39" + status

    def exchange(command):
        return kept(framing, head + chip.answer(command))[len(head) :]

    read, real = social_card.read(exchange), cards.person("jia")
    assert (read.name, read.number) == ("测试甲", "X99999999")
    assert read.name != real.name
    assert real.number[-8:] not in read.number


@pytest.mark.parametrize(("framing", "cm", "status"), FRAMINGS)
def test_the_answer_to_reset_is_one_cards_own(framing, cm, status):
    text = kept(framing, b"P" + cm + b"\x30" + status + b"0" + ATR)
    assert text.startswith(b"P" + cm + b"\x30" + status + b"0" + ATR[:2])
    assert not any(text[len(status) + 6 :])


def test_orders_and_states_stay_as_they_are():
    redactor = MotorRedactor(CRT)
    stream = CRT.frame(crt.HOLD_AT_GATE.text)
    assert redactor.feed("out", stream) == stream
    said = b"\x06" + CRT.frame(b"P20120") + b"\x15" + CRT.frame(b"N2010")
    assert redactor.feed("in", said) == said


def test_what_is_asked_of_a_chip_stays_but_what_is_told_it_does_not():
    redactor = MotorRedactor(CRT)
    question = CRT.frame(b"C\x51\x39" + bytes.fromhex("00B2080014"))
    assert redactor.feed("out", question) == question
    pin = CRT.frame(b"C\x51\x39" + bytes.fromhex("0020000006313233343536"))
    said = redactor.feed("out", pin)
    assert len(said) == len(pin)
    assert b"123456" not in said
    assert Cutter(CRT, b"C").feed(said)[0].kind is Kind.FRAME


def test_a_damaged_frame_keeps_nothing():
    frame = bytearray(CRT.frame(b"P\x51\x39220" + Chip({**MECHANISM, "card": "jia"}).answer(b"") + "测试".encode("gbk") * 4))
    frame[-1] ^= 1
    assert "测试".encode("gbk") not in MotorRedactor(CRT).feed("in", bytes(frame))


@pytest.mark.parametrize(("framing", "cm", "status"), FRAMINGS)
@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=80), pm=st.sampled_from([b"\x30", b"\x39", b"\x31"]))
def test_what_was_redacted_once_stays_and_has_the_same_length(framing, cm, status, data, pm):
    text = b"P" + cm + pm + status + data
    once = answer(framing, text)
    assert len(once) == len(text)
    assert answer(framing, once) == once


@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.lists(st.binary(max_size=30), max_size=10))
def test_pieces_do_not_matter_and_nothing_raises(data):
    whole, parts = MotorRedactor(CRT), MotorRedactor(CRT)
    stream = b"".join(data)
    assert whole.feed("in", stream) == b"".join(parts.feed("in", part) for part in data)
