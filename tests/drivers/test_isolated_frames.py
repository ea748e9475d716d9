"""Frames between a device's child process and its parent: whatever comes is a message or a ValueError."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contract import CardRemoved, DeviceState, Failed, Status, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from drivers.isolated import frames
from drivers.isolated.frames import HEAD, Beat, Counts, Event, Frames, Note, from_child, pack

STATUS = Status(state=DeviceState.ONLINE)
MESSAGES = [
    Beat(),
    Counts({"resetCount": 3}),
    Note(30, "drivers.link", "device: powerOff"),
    Event(CardRemoved(role="device")),
    Event(StatusChanged(role="device", status=STATUS, changed=("state",))),
    Event(Failed(role="device", id="1", error=DeviceError(Reason.SILENT, Action.CLEAR, "no answer"))),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_messages_come_out_as_they_went_in(message):
    assert [from_child(frame) for frame in Frames().feed(pack(message))] == [message]


def test_frames_may_come_in_pieces_of_any_size():
    data = b"".join(pack(message) for message in MESSAGES)
    for size in (1, 3, 7, 64):
        cutter = Frames()
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert [from_child(frame) for piece in pieces for frame in cutter.feed(piece)] == MESSAGES


@settings(derandomize=True, max_examples=400)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_a_value_error(data):
    try:
        assert isinstance(from_child(data), Beat | Counts | Note | Event)
    except ValueError:
        return


@settings(derandomize=True, max_examples=400)
@given(st.sampled_from(MESSAGES), st.data())
def test_a_damaged_message_is_a_message_or_a_value_error(message, data):
    frame = bytearray(pack(message)[HEAD:])
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(from_child(bytes(frame)), Beat | Counts | Note | Event)
    except ValueError:
        return


@settings(derandomize=True, max_examples=200)
@given(st.lists(st.binary(max_size=50), max_size=20))
def test_any_bytes_are_frames_or_a_value_error(pieces):
    cutter = Frames()
    try:
        for piece in pieces:
            for frame in cutter.feed(piece):
                assert len(frame) <= 1000
    except ValueError:
        return


def test_what_is_announced_too_long_is_not_waited_for():
    with pytest.raises(ValueError, match="bytes"):
        list(Frames().feed((frames.MOST_BYTES + 1).to_bytes(HEAD)))


def test_an_unknown_reason_of_an_error_is_no_message():
    plain = msgspec.msgpack.decode(pack(MESSAGES[-1])[HEAD:])
    plain["event"]["error"]["reason"] = "nonsense"
    with pytest.raises(ValueError, match="no message"):
        from_child(msgspec.msgpack.encode(plain))


def test_a_command_is_no_message_of_a_child():
    with pytest.raises(ValueError, match="no message"):
        from_child(msgspec.msgpack.encode({"type": "ReadCard", "role": "device", "id": "1"}))
