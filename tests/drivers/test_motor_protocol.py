"""Frames of motorised card readers, against published vectors, and against hostile bytes."""

from functools import reduce
from operator import xor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import motor_reader
from drivers.contract import Level
from drivers.errors import Action, DeviceError, Reason
from drivers.readers import crt571_protocol as crt
from drivers.readers import ict3k5_protocol as ict
from drivers.readers.motor_mechanics import STATUS, Look, Where
from drivers.readers.motor_protocol import DATA_MAX, FROM_DEVICE, FROM_HOST, Cutter, Kind, Order, Reply, reply

CRT = crt.framing(0)
FRAMINGS = [CRT, crt.framing(15), ict.FRAMING]


def crt_frame(text, address=0):
    """By the specification, not by the driver."""
    begun = bytes([0xF2, address]) + len(text).to_bytes(2) + text + b"\x03"
    return begun + bytes([reduce(xor, begun)])


def ict_frame(text):
    begun = b"\xf2" + len(text).to_bytes(2) + text
    return begun + motor_reader._crc(begun)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (STATUS, "F2 00 00 03 43 31 30 03 B0"),
        (crt.INIT_STAY, "F2 00 00 03 43 30 33 03 B2"),
    ],
)
def test_orders_are_the_published_frames_of_the_crt_family(order, expected):
    assert CRT.frame(order.text) == bytes.fromhex(expected)


def test_the_status_order_is_the_published_frame_of_the_ict3k5():
    assert ict.FRAMING.frame(STATUS.text) == bytes.fromhex("F2 00 03 43 31 30 C5 2A")


def test_the_initialisation_is_the_published_one_of_the_ict3k5():
    assert ict.INIT_TO_GATE.text == b"C00324100100"


@pytest.mark.parametrize("make", [crt_frame, ict_frame])
def test_both_sums_are_those_of_the_specification(make):
    framing = CRT if make is crt_frame else ict.FRAMING
    for text in (b"C00", b"P10020", b"P" + bytes(range(256))):
        assert framing.frame(text) == make(text)


def pieces(framing, data, heads=FROM_DEVICE):
    return Cutter(framing, heads).feed(data)


def frames(found):
    return [piece.raw for piece in found if piece.kind is Kind.FRAME]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"P10" + b"020", Reply(True, 0x31, 0x30, b"020")),
        (b"P00" + b"020CRT-591-M001", Reply(True, 0x30, 0x30, b"020", b"CRT-591-M001")),
        (b"N20" + b"10", Reply(False, 0x32, 0x30, b"10")),
        (b"E20" + b"A0", Reply(False, 0x32, 0x30, b"A0")),
        (b"N0010" + b"x", Reply(False, 0x30, 0x30, b"10", b"x")),
    ],
)
def test_replies_of_the_crt_family(raw, expected):
    (piece,) = pieces(CRT, crt_frame(raw))
    assert reply(CRT, CRT.text(piece.raw)) == expected


def test_replies_of_the_ict3k5_have_two_characters_of_status():
    (piece,) = pieces(ict.FRAMING, ict_frame(b"P1002"))
    assert reply(ict.FRAMING, ict.FRAMING.text(piece.raw)) == Reply(True, 0x31, 0x30, b"02")
    assert ict.look(b"02").where is Where.INSIDE


@pytest.mark.parametrize("text", [b"P1", b"P10", b"P1002", b"N10", b"N101", b""])
def test_a_text_too_short_for_its_head_is_no_reply(text):
    assert reply(CRT, text) is None


def test_a_reply_goes_by_its_length_and_not_by_an_end_mark():
    data = bytes([3, 0xF2, 3, 3, 6, 0x15, 4]) * 9
    assert frames(pieces(CRT, crt_frame(b"P\x51\x39020" + data))) == [crt_frame(b"P\x51\x39020" + data)]


def test_acknowledgement_and_reply_in_one_piece():
    found = pieces(CRT, b"\x06" + crt_frame(b"P10020") + b"\x06" + crt_frame(b"P11020"))
    assert [piece.kind for piece in found] == [Kind.SIGN, Kind.FRAME, Kind.SIGN, Kind.FRAME]


def test_a_reply_comes_byte_by_byte():
    cutter = Cutter(ict.FRAMING, FROM_DEVICE)
    raw = ict_frame(b"P1002")
    found = [piece for byte in raw for piece in cutter.feed(bytes([byte]))]
    assert frames(found) == [raw]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_length_that_no_reply_has_is_noise_at_once(framing):
    for size in (0, 1, 2, 3 + framing.status_size + DATA_MAX + 1, 0xFFFF):
        assert pieces(framing, framing.lead + size.to_bytes(2))[0].kind is Kind.NOISE


def test_a_head_that_leads_nowhere_is_given_up_and_the_reply_behind_it_found():
    cutter = Cutter(CRT, FROM_DEVICE)
    assert frames(cutter.feed(bytes.fromhex("F200010050") + crt_frame(b"P10020"))) == []
    assert cutter.waiting
    assert frames(cutter.give_up()) == [crt_frame(b"P10020")]
    assert cutter.give_up() == []


def test_another_units_reply_is_noise():
    assert frames(pieces(CRT, crt_frame(b"P10020", address=1))) == []


def test_an_order_that_is_echoed_is_no_reply():
    assert frames(pieces(CRT, CRT.frame(STATUS.text))) == []


def test_a_reply_to_another_order_does_not_answer():
    said = Reply(True, 0x32, 0x30, b"120")
    assert said.answers(crt.HOLD_AT_GATE)
    assert not said.answers(crt.TO_CHIP)
    assert not said.answers(STATUS)


def test_nothing_of_a_person_is_in_a_repr():
    assert "secret" not in repr(Reply(True, 0x51, 0x39, b"220", b"secret"))
    assert "secret" not in repr(Order(0x51, 0x39, b"secret"))
    assert "secret" not in repr(pieces(CRT, crt_frame(b"P\x51\x39220secret")))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (b"020", Look(Where.NOWHERE, Level.OK, Level.OK)),
        (b"110", Look(Where.GATE, Level.LOW, Level.OK)),
        (b"201", Look(Where.INSIDE, Level.EMPTY, Level.FULL)),
        (b"9?x", Look(Where.UNKNOWN, Level.UNKNOWN, Level.UNKNOWN)),
    ],
)
def test_states_of_the_crt_family(status, expected):
    assert crt.look(status) == expected


@pytest.mark.parametrize(
    ("code", "reason", "action"),
    [
        (b"00", Reason.UNSUPPORTED, Action.CONFIGURATION),
        (b"02", Reason.SEQUENCE, Action.RESET),
        (b"10", Reason.CARD_JAMMED, Action.CLEAR),
        (b"13", Reason.CARD_REFUSED, Action.WAIT),
        (b"14", Reason.CARD_REFUSED, Action.WAIT),
        (b"45", Reason.CARD_MOVED, Action.RESET),
        (b"50", Reason.BIN_FULL, Action.CLEAR),
        (b"51", Reason.HARDWARE, Action.MAINTENANCE),
        (b"63", Reason.CARD_UNREADABLE, Action.WAIT),
        (b"A0", Reason.STACKER_EMPTY, Action.CLEAR),
        (b"A1", Reason.BIN_FULL, Action.CLEAR),
        (b"\xff\x00", Reason.HARDWARE, Action.MAINTENANCE),
    ],
)
def test_error_codes_of_the_crt_family(code, reason, action):
    assert (crt.meaning(code).reason, crt.meaning(code).action) == (reason, action)


@pytest.mark.parametrize(
    ("code", "reason", "action"),
    [
        (b"11", Reason.SHUTTER, Action.CLEAR),
        (b"16", Reason.CARD_MOVED, Action.RESET),
        (b"17", Reason.CARD_JAMMED, Action.CLEAR),
        (b"18", Reason.CARD_JAMMED, Action.CLEAR),
        (b"24", Reason.CARD_UNREADABLE, Action.WAIT),
        (b"30", Reason.POWER_FAILURE, Action.WAIT),
        (b"31", Reason.POWER_FAILURE, Action.WAIT),
        (b"39", Reason.HARDWARE, Action.MAINTENANCE),
        (b"40", Reason.CARD_MOVED, Action.RESET),
        (b"73", Reason.HARDWARE, Action.MAINTENANCE),
    ],
)
def test_error_codes_of_the_ict3k5(code, reason, action):
    assert (ict.meaning(code).reason, ict.meaning(code).action) == (reason, action)


@pytest.mark.parametrize("table", [crt._MEANINGS, ict._MEANINGS])
def test_every_code_of_the_tables_says_who_acts(table):
    for code, (reason, action, words) in table.items():
        assert len(code) == 2
        assert isinstance(DeviceError(reason, action, words), DeviceError)
        assert words


def test_what_a_unit_tells_of_itself():
    assert crt.serial(b"\x04SN42xxxx") == "SN42"
    assert crt.serial(b"") == crt.serial(b"\x09") == ""
    assert crt.text(b"CRT-591-V1.00\x00\xff") == "CRT-591-V1.00"
    assert (crt.count(b"017"), crt.count(b"17"), crt.count(b"0x7"), crt.count(b"")) == (17, None, None, None)


def test_sensors_as_a_unit_was_seen_to_send_them_see_no_card():
    """The seventeen bytes of a CRT-591-(R02) without a card: what follows S7 differs from model to model."""
    assert not crt.path_blocked(b"02000000000000110")
    assert crt.path_blocked(b"00001000000000110")


HOSTILE = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [
                *(b"\xf2", b"\xf2\x00", b"\xf2\x00\x00", b"\xf2\x00\x02\x00P", b"\xf2\xff\xff", b"\x06", b"\x15\x04", b"\xf2\x00\x05P1002"),
                *(crt_frame(b"P10020"), ict_frame(b"P1002"), crt_frame(b"N2010")[:-1], ict_frame(b"N3011")[:5], crt_frame(b"P" + bytes(300))),
            ]
        ),
    ),
    max_size=30,
)


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("heads", [FROM_DEVICE, FROM_HOST])
@settings(derandomize=True, max_examples=150, deadline=None)
@given(parts=HOSTILE)
def test_hostile_bytes_are_cut_without_loss_and_only_sealed_frames_are_taken(framing, heads, parts):
    cutter = Cutter(framing, heads)
    found = []
    for part in parts:
        found += cutter.feed(part)
        assert len(cutter._held) <= framing.text_at + 3 + framing.status_size + DATA_MAX + 2
    while cutter.waiting:
        found += cutter.give_up()
    assert b"".join(piece.raw for piece in found) == b"".join(parts)
    for raw in frames(found):
        text = framing.text(raw)
        assert raw == (ict_frame(text) if framing is ict.FRAMING else crt_frame(text, framing.lead[1]))
        assert text[:1] in {bytes([head]) for head in heads}
        reply(framing, text)


@pytest.mark.parametrize("framing", FRAMINGS)
@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=60), at=st.integers(0, 500), bit=st.integers(0, 7))
def test_no_frame_with_one_bit_changed_is_taken(framing, data, at, bit):
    raw = bytearray(framing.frame(b"P\x51\x39" + b"2" * framing.status_size + data))
    raw[at % len(raw)] ^= 1 << bit
    cutter = Cutter(framing, FROM_DEVICE)
    found = cutter.feed(bytes(raw))
    while cutter.waiting:
        found += cutter.give_up()
    assert bytes(raw) not in frames(found)
    assert all(len(frame) < len(raw) for frame in frames(found))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(data=st.binary(max_size=60), cut=st.integers(0, 90))
def test_how_the_bytes_are_cut_does_not_matter(data, cut):
    stream = crt_frame(b"P10020") + data + crt_frame(b"N2010") + data
    whole, parts = Cutter(CRT, FROM_DEVICE), Cutter(CRT, FROM_DEVICE)
    assert whole.feed(stream) == parts.feed(stream[:cut]) + parts.feed(stream[cut:])
