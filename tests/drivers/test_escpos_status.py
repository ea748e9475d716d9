"""Replies of the printer and what they say; vectors from the Epson reference, receiptio and the escpos crate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contract import DeviceState, Level, Part
from drivers.errors import Action, Reason
from drivers.printers.escpos_status import Asb, Condition, Data, Full, Processed, RealTime, Replies

HEALTHY = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
steady = settings(derandomize=True, deadline=None)


def told(**answers):
    condition = Condition()
    for number, byte in (HEALTHY | {int(name[1]): byte for name, byte in answers.items()}).items():
        condition = condition.real_time(number, byte)
    return condition


@pytest.mark.parametrize(
    ("data", "replies"),
    [
        (b"\x12\x1a\x32\x7e", [RealTime(0x12), RealTime(0x1A), RealTime(0x32), RealTime(0x7E)]),
        (b"\x18\x00\x0f\x00", [Asb(b"\x18\x00\x0f\x00")]),
        (b"\x00\x03\x0c", [Processed(0), Processed(3), Processed(0x0C)]),
        (b"\x5fCHINA GB18030\x00", [Data(0x5F, b"CHINA GB18030")]),
        (b"\x37\x220123\x00\x37\x25\x00", [Data(0x37, b'"0123'), Data(0x37, b"%")]),
        (b"\x14\x00\x00\x0f\x12\x5f_\x00\x00", [Asb(b"\x14\x00\x00\x0f"), RealTime(0x12), Data(0x5F, b"_"), Processed(0)]),
    ],
)
@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_four_kinds_of_reply_are_told_apart_however_they_are_cut(data, replies, piece):
    stream = Replies()
    assert [reply for at in range(0, len(data), piece) for reply in stream.feed(data[at : at + piece])] == replies


@pytest.mark.parametrize(
    ("data", "replies"),
    [
        (b"\xff\x80\x12", [RealTime(0x12)]),
        (b"\x10\x00\x12", [RealTime(0x12)]),  # an ASB frame that lost its end
        (b"\x5fTM\x16", [RealTime(0x16)]),  # a block that lost its end
        (b"\x5f" + b"x" * 127 + b"\x00", [Data(0x5F, b"x" * 127)]),
        (b"\x11\x13\x12", [RealTime(0x12)]),  # XON, XOFF
    ],
)
def test_what_fits_nothing_is_skipped(data, replies):
    assert Replies().feed(data) == replies


def test_a_block_without_end_is_given_up():
    stream = Replies()
    stream.feed(b"\x5f" + b"x" * 10_000)
    assert len(stream._pending) <= 128
    stream.clear()
    assert stream.feed(b"\x12") == [RealTime(0x12)]


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_a_full_status_is_one_only_where_the_printer_knows_it(piece):
    data = bytes.fromhex("12 100fa0204080 10000000 100f00000000")
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    kiosk, other = Replies(kiosk=True), Replies()
    assert [reply for part in pieces for reply in kiosk.feed(part)] == [RealTime(0x12), Full(bytes.fromhex("a0204080")), Asb(bytes.fromhex("10000000")), Full(bytes(4))]
    assert Full not in [type(reply) for part in pieces for reply in other.feed(part)]


@pytest.mark.parametrize(
    ("frame", "presented", "jammed", "part", "reason"),
    [
        ("00000000", False, False, Part.NOT_PRESENT, None),
        ("20000000", True, False, Part.PRESENT, None),
        ("a4000000", True, False, Part.PRESENT, None),
        ("20004000", True, True, Part.JAMMED, Reason.PAPER_JAMMED),
        ("00004000", False, True, Part.JAMMED, Reason.PAPER_JAMMED),
    ],
)
def test_status_by_full_status(frame, presented, jammed, part, reason):
    condition = told().full(bytes.fromhex(frame))
    assert (condition.presented, condition.jammed) == (presented, jammed)
    status = condition.status({}, presents=True)
    assert status.parts["presenter"] is part
    assert (status.error and status.error.reason) == reason
    assert "presenter" not in condition.status({}).parts


def test_an_automatic_status_does_not_forget_what_is_at_the_exit():
    condition = told().full(b"\x20\x00\x00\x00").asb(b"\x10\x00\x00\x00")
    assert condition.presented is True


@steady
@given(st.lists(st.binary(max_size=300), max_size=20), st.booleans())
def test_hostile_bytes_never_raise_and_memory_stays_bounded(pieces, kiosk):
    stream, condition = Replies(kiosk=kiosk), Condition()
    for piece in pieces:
        for reply in stream.feed(piece):
            match reply:
                case RealTime(byte=byte):
                    for number in range(1, 5):
                        condition = condition.real_time(number, byte)
                case Asb(frame=frame):
                    condition = condition.asb(frame)
                case Full(frame=frame):
                    condition = condition.full(frame)
        assert len(stream._pending) <= 128
        assert condition.status({}).supplies["upper"] in Level


@steady
@given(st.binary(max_size=300), st.integers(0, 300))
def test_how_the_stream_is_cut_does_not_matter(data, at):
    whole, cut = Replies(), Replies()
    assert whole.feed(data) == cut.feed(data[:at]) + cut.feed(data[at:])


def test_nothing_said_is_nothing_known():
    status = Condition().status({})
    assert (status.state, status.error) == (DeviceState.ONLINE, None)
    assert status.supplies == {"upper": Level.UNKNOWN}
    assert set(status.parts.values()) == {Part.UNKNOWN}


def test_drawer_bit_is_no_fault():
    assert told(n1=0x16).status({}).state is DeviceState.ONLINE


@pytest.mark.parametrize(
    ("answers", "state", "reason", "action"),
    [
        ({}, DeviceState.ONLINE, None, None),
        ({"n4": 0x1E}, DeviceState.ONLINE, None, None),
        ({"n1": 0x1A, "n2": 0x32, "n4": 0x7E}, DeviceState.USER_ERROR, Reason.PAPER_OUT, Action.CLEAR),
        ({"n1": 0x1A, "n2": 0x32}, DeviceState.USER_ERROR, Reason.PAPER_OUT, Action.CLEAR),
        ({"n1": 0x1A, "n2": 0x16}, DeviceState.USER_ERROR, Reason.COVER_OPEN, Action.CLEAR),
        ({"n1": 0x1A, "n2": 0x5E}, DeviceState.USER_ERROR, Reason.COVER_OPEN, Action.CLEAR),
        ({"n1": 0x1A, "n2": 0x36, "n4": 0x7E}, DeviceState.USER_ERROR, Reason.COVER_OPEN, Action.CLEAR),
        ({"n1": 0x1A, "n2": 0x52, "n3": 0x1A}, DeviceState.HARDWARE_ERROR, Reason.CUTTER, Action.CLEAR),
        ({"n1": 0x1A, "n3": 0x16}, DeviceState.HARDWARE_ERROR, Reason.HARDWARE, Action.RESET),
        ({"n1": 0x1A, "n3": 0x32}, DeviceState.HARDWARE_ERROR, Reason.HARDWARE, Action.MAINTENANCE),
        ({"n1": 0x1A, "n3": 0x52}, DeviceState.DEVICE_BUSY, None, None),
        ({"n1": 0x1A, "n2": 0x1A}, DeviceState.DEVICE_BUSY, None, None),
        ({"n1": 0x1A}, DeviceState.OFFLINE, Reason.HARDWARE, Action.CLEAR),
    ],
)
def test_status_by_real_time_answers(answers, state, reason, action):
    status = told(**answers).status({})
    assert status.state is state
    assert (status.error and status.error.reason, status.error and status.error.action) == (reason, action)


@pytest.mark.parametrize(
    ("frame", "state", "upper", "parts"),
    [
        ("10000000", DeviceState.ONLINE, Level.FULL, (Part.CLOSED, Part.OK, Part.OK)),
        ("10000300", DeviceState.ONLINE, Level.LOW, (Part.CLOSED, Part.OK, Part.OK)),
        ("18000f00", DeviceState.USER_ERROR, Level.OUT, (Part.CLOSED, Part.OK, Part.OK)),
        ("38000000", DeviceState.USER_ERROR, Level.FULL, (Part.OPEN, Part.OK, Part.OK)),
        ("18080000", DeviceState.HARDWARE_ERROR, Level.FULL, (Part.CLOSED, Part.JAMMED, Part.OK)),
        ("18200000", DeviceState.HARDWARE_ERROR, Level.FULL, (Part.CLOSED, Part.OK, Part.INOPERATIVE)),
        ("18040000", DeviceState.HARDWARE_ERROR, Level.FULL, (Part.CLOSED, Part.OK, Part.INOPERATIVE)),
        ("18400000", DeviceState.DEVICE_BUSY, Level.FULL, (Part.CLOSED, Part.OK, Part.OK)),
        ("58000000", DeviceState.DEVICE_BUSY, Level.FULL, (Part.CLOSED, Part.OK, Part.OK)),
        ("18000000", DeviceState.OFFLINE, Level.FULL, (Part.CLOSED, Part.OK, Part.OK)),
    ],
)
def test_status_by_asb(frame, state, upper, parts):
    status = Condition().asb(bytes.fromhex(frame)).status({"model": "m"})
    assert (status.state, status.supplies["upper"], status.identity) == (state, upper, {"model": "m"})
    assert (status.parts["cover"], status.parts["cutter"], status.parts["mechanism"]) == parts


@pytest.mark.parametrize(("frame", "helps"), [("18080000", True), ("18040000", True), ("18200000", False), ("38080000", False), ("18080c00", False), ("10000000", False)])
def test_recovery_is_tried_only_where_it_can_help(frame, helps):
    assert Condition().asb(bytes.fromhex(frame)).recoverable is helps
