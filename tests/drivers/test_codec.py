"""Events and commands on their way between processes, and before a technician's eyes."""

from datetime import date
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import codec, contract
from drivers.contract import (
    Answer,
    CardKind,
    CardRead,
    CodeScanned,
    Command,
    DeviceState,
    Event,
    Failed,
    IdCard,
    Line,
    Pair,
    Paper,
    Print,
    Qr,
    Status,
    StatusChanged,
)
from drivers.errors import Action, DeviceError, Reason

CARD = IdCard(
    kind=CardKind.RESIDENT, name="测试甲", sex="1", born=date(1990, 1, 1), number="999999199001010016",
    valid_from=date(2020, 1, 1), valid_to=None, photo=b"\x00\xff" * 4,
)
ERROR = DeviceError(Reason.PAPER_OUT, Action.CLEAR, "ASB 18 00 0c 00")
EVENTS = [
    Failed(role="r", id="1", error=ERROR),
    StatusChanged(role="r", status=Status(state=DeviceState.USER_ERROR, supplies={"upper": contract.Level.OUT}, error=ERROR), changed=("state",)),
    CardRead(role="r", id="2", card=CARD),
    CodeScanned(role="r", text="龦𠮷"),
]
PRINT = Print(role="r", id="3", paper=Paper((Line("A005", size=4), Pair("l", "v"), Qr("x"))))


def concrete(root):
    kinds = {kind for kind in vars(contract).values() if isinstance(kind, type) and issubclass(kind, root)}
    return kinds - {root, Answer}


def test_every_event_and_command_can_travel():
    assert set(get_args(codec.AnyEvent)) == concrete(Event)
    assert set(get_args(codec.AnyCommand)) == concrete(Command)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_events_arrive_as_they_were(event):
    assert codec.from_bytes(codec.to_bytes(event), codec.AnyEvent) == event
    assert codec.from_json(codec.to_json(event), codec.AnyEvent) == event


def test_commands_arrive_as_they_were():
    assert codec.from_bytes(codec.to_bytes(PRINT), codec.AnyCommand) == PRINT


def test_nothing_about_a_person_is_shown_or_printed():
    for value in (EVENTS[2], EVENTS[3], PRINT):
        for text in (repr(value), str(value), str(codec.shown(value))):
            assert not any(secret in text for secret in ("测试甲", "999999", "龦", "A005"))
    assert codec.shown(EVENTS[3]) == {"type": "CodeScanned", "role": "r", "left_out": ["text"]}
    assert codec.shown(EVENTS[0])["error"] == {"reason": "paperOut", "action": "clear", "detail": "ASB 18 00 0c 00"}


@given(st.binary(max_size=300))
@settings(derandomize=True, max_examples=300)
def test_hostile_bytes_are_refused(data):
    with pytest.raises((msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError)):
        codec.from_bytes(b"\xff" + data, codec.AnyEvent)


@pytest.mark.parametrize("error", ['{"reason": "nonsense", "action": "clear", "detail": ""}', '{"reason": 1}', "[]", '"x"'])
def test_a_hostile_error_is_refused(error):
    with pytest.raises(msgspec.ValidationError):
        codec.from_json(f'{{"type": "Failed", "role": "r", "id": "1", "error": {error}}}', codec.AnyEvent)


def test_what_has_no_form_cannot_travel():
    with pytest.raises(NotImplementedError):
        codec.to_json(object())
