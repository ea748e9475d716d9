import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.messages import (
    Case,
    CaseByNumber,
    CasesOfPerson,
    CaseSummary,
    Deadline,
    GetHall,
    Hall,
    ListQueues,
    Queue,
    TakeTicket,
    Ticket,
)
from kiosk.backend.wire import LONGEST_LIST, LONGEST_TEXT, decode
from kiosk.errors import BackendError, BackendReason

TAKE = TakeTicket(nonce="n" * 16, service="s", language="en")
OF_PERSON = CasesOfPerson(number="1", name="x")
BY_NUMBER = CaseByNumber(number="1", phone_tail="0000")
REQUESTS = [GetHall(), ListQueues(), TAKE, OF_PERSON, BY_NUMBER]
FUZZ = settings(max_examples=300, deadline=None, derandomize=True)

TICKET = {
    "id": "1",
    "number": "A001",
    "service": "s",
    "service_name": {"en": "S"},
    "hall_name": {},
    "where": {},
    "issued": "2026-11-20T10:00:00+08:00",
    "ahead": 0,
    "wait": [0, 3],
    "hours": {},
    "follow": "x",
}


def body(**changes):
    return json.dumps(TICKET | changes).encode()


def test_a_good_reply_with_a_field_of_a_later_version():
    ticket = decode(TAKE, body(colour="red"))
    assert ticket.issued == datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=8)))
    assert ticket.wait == (0, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"ahead": "0"},
        {"ahead": 1.5},
        {"ahead": None},
        {"wait": [1]},
        {"wait": [1, 2, 3]},
        {"issued": "2026-11-20T10:00:00"},  # without offset
        {"issued": "yesterday"},
        {"print_state": "eaten"},
        {"service_name": "S"},
        {"service_name": {"en": 1}},
        {"follow": "x" * (LONGEST_TEXT + 1)},
        {"hours": {"k" * (LONGEST_TEXT + 1): ""}},
        {"hours": {str(n): "" for n in range(LONGEST_LIST + 1)}},
    ],
)
def test_whatever_is_not_in_the_contract_is_broken(changes):
    with pytest.raises(BackendError) as caught:
        decode(TAKE, body(**changes))
    assert caught.value.reason is BackendReason.BROKEN
    assert "2026" not in str(caught.value)


@FUZZ
@given(data=st.binary(max_size=400) | st.text(st.characters(exclude_categories=[]), max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_decoded_or_broken(data):
    for request in REQUESTS:
        try:
            decode(request, data)
        except BackendError as error:
            assert error.reason is BackendReason.BROKEN  # noqa: PT017


@FUZZ
@given(data=st.data())
def test_a_reply_bent_in_one_place_is_decoded_or_broken(data):
    raw = bytearray(body())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place : place + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    try:
        assert isinstance(decode(TAKE, bytes(raw)), Ticket)
    except BackendError as error:
        assert error.reason is BackendReason.BROKEN  # noqa: PT017


words = st.dictionaries(st.sampled_from(["zh-CN", "en"]), st.text(max_size=20), max_size=2)
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
replies = (
    st.tuples(st.just(GetHall()), st.builds(Hall, code=st.text(max_size=9), name=words, address=words, phone=st.text(max_size=9), bands=st.just(()), hours=words, open_now=st.booleans(), privacy=words))
    | st.tuples(st.just(TAKE), st.builds(Ticket, service_name=words, hall_name=words, where=words, hours=words, issued=moments))
    | st.tuples(st.just(ListQueues()), st.lists(st.builds(Queue, name=words, about=words, where=words), max_size=3).map(tuple))
    | st.tuples(st.just(OF_PERSON), st.lists(st.builds(CaseSummary, item=words, accepted=days), max_size=3).map(tuple))
    | st.tuples(
        st.just(BY_NUMBER),
        st.builds(Case, item=words, accepted=days, office=words, window=words, stages=st.just(()), next_step=words, missing=st.just(()), deadline=st.builds(Deadline, statutory_date=days, promised_date=days, suspensions=st.just(()))),
    )
)


@FUZZ
@given(pair=replies)
def test_what_the_office_can_say_arrives_unchanged(pair):
    request, reply = pair
    plain = [asdict(one) for one in reply] if isinstance(reply, tuple) else asdict(reply)
    try:
        encoded = msgspec.json.encode(plain)
    except (OverflowError, UnicodeEncodeError):
        return
    try:
        assert decode(request, encoded) == reply
    except BackendError as error:  # integers beyond 64 bits
        assert any(len(str(n)) > 15 for n in _ints(plain)), error  # noqa: PT017


def _ints(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [n for one in value for n in _ints(one)]
    return [value] if isinstance(value, int) else []
