from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.messages import OpenBand
from kiosk.office.deadlines import Pause, Promise, deadline
from kiosk.office.hours import LOCAL, is_open, local
from kiosk.office.queue.waits import wait_range
from kiosk.office.tokens import phone_proof, token
from kiosk.office.workdays import WorkCalendar

# National Day 2026: off 1 to 7 October, worked Sunday 20 September and Saturday 10 October.
DAYS = WorkCalendar(
    {date(2026, 10, d): False for d in range(1, 8)} | {date(2026, 9, 20): True, date(2026, 10, 10): True}
)
WORDS = {"zh-CN": "踏勘"}


def d(text):
    return date.fromisoformat(f"2026-{text}")


def pause(since, until=None):
    return Pause(reason=WORDS, since=d(since), until=d(until) if until else None)


@pytest.mark.parametrize(
    ("accepted", "today", "promised", "pauses", "used", "left", "due"),
    [
        ("11-16", "11-16", 5, [], 0, 5, "11-23"),  # the day of acceptance does not count
        ("11-16", "11-17", 5, [], 1, 4, "11-23"),
        ("11-16", "11-22", 5, [], 4, 1, "11-23"),  # a weekend adds nothing
        ("11-16", "11-23", 5, [], 5, 0, "11-23"),  # the last day is still in time
        ("11-16", "11-24", 5, [], 6, -1, "11-23"),
        ("11-14", "11-16", 1, [], 1, 0, "11-16"),  # accepted on a Saturday
        ("11-16", "11-16", 0, [], 0, 0, "11-16"),  # done at once
        ("09-30", "10-08", 3, [], 1, 2, "10-10"),  # holidays, then a Saturday that is worked
        ("09-18", "09-20", 1, [], 1, 0, "09-20"),  # a Sunday that is worked
        ("11-16", "11-20", 5, [("11-18", "11-19")], 2, 3, "11-25"),
        ("11-16", "11-20", 5, [("11-18", "11-18"), ("11-18", "11-19")], 2, 3, "11-25"),  # side by side: left out once
        ("11-16", "11-20", 5, [("11-21", "11-22")], 4, 1, "11-23"),  # a pause on the weekend
        ("11-16", "11-20", 5, [("11-16", "11-16")], 4, 1, "11-23"),  # a pause on the day that does not count anyhow
        ("11-16", "11-20", 5, [("11-19", None)], 2, 3, "11-25"),  # goes on: as if it ended today
        ("11-16", "11-27", 5, [("11-19", None)], 2, 3, "12-02"),
        ("11-16", "11-27", 5, [("11-26", "12-03")], 7, -2, "11-23"),  # began when it was too late already
        ("11-16", "11-20", 5, [("11-23", "11-24")], 4, 1, "11-25"),  # one that is to come
    ],
)
def test_deadlines(accepted, today, promised, pauses, used, left, due):
    promise = Promise(accepted=d(accepted), statutory_days=promised + 2, promised_days=promised, pauses=[pause(*p) for p in pauses])
    limit = deadline(promise, d(today), DAYS)
    assert (limit.used_days, limit.left_days, limit.promised_date) == (used, left, d(due))
    assert limit.statutory_date > limit.promised_date


def test_a_suspension_says_its_working_days_so_far():
    promise = Promise(accepted=d("09-28"), statutory_days=20, promised_days=10, pauses=[pause("09-30", "10-09"), pause("10-12"), pause("10-20", "10-22")])
    limit = deadline(promise, d("10-13"), DAYS)
    assert [s.working_days for s in limit.suspensions] == [3, 2, 0]
    assert limit.used_days == 2  # 29 September and 10 October


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    start=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    age=st.integers(0, 200),
    promised=st.integers(0, 60),
    spans=st.lists(st.tuples(st.integers(-5, 200), st.none() | st.integers(0, 30)), max_size=4),
)
def test_the_date_and_the_days_left_say_the_same(start, age, promised, spans):
    pauses = [
        Pause(reason=WORDS, since=start + timedelta(days=a), until=None if n is None else start + timedelta(days=a + n)) for a, n in spans
    ]
    today = start + timedelta(days=age)
    limit = deadline(Promise(accepted=start, statutory_days=promised, promised_days=promised, pauses=pauses), today, DAYS)
    assert limit.used_days + limit.left_days == promised
    assert limit.statutory_date == limit.promised_date
    if limit.left_days < 0:
        assert today > limit.promised_date
    if today > limit.promised_date and promised:
        assert limit.left_days <= 0


@pytest.mark.parametrize(
    ("ahead", "counters", "minutes", "samples", "range_"),
    [
        (0, 1, 10, 20, (0, 10)),
        (0, 1, 10, 19, (0, 13)),
        (1, 1, 10, 20, (0, 20)),
        (3, 1, 10, 20, (16, 40)),
        (3, 3, 9, 20, (0, 12)),
        (10, 4, 12, 500, (14, 33)),
        (10, 4, 12, 0, (14, 43)),
        (5, 0, 10, 100, None),
    ],
)
def test_wait_ranges(ahead, counters, minutes, samples, range_):
    assert wait_range(ahead, counters, minutes, samples) == range_


def test_hours_follow_the_calendar():
    bands = (OpenBand(weekdays=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"), OpenBand(weekdays=(6,), opens="10:00", closes="11:00"))

    def at(text):
        return is_open(bands, datetime.fromisoformat(f"2026-{text}+08:00"), DAYS)

    assert at("11-20T09:00:00")
    assert not at("11-20T08:59:59")
    assert not at("11-20T12:00:00")
    assert at("11-21T10:30:00")  # Saturday service
    assert not at("11-21T09:30:00")
    assert at("10-10T09:30:00")  # a worked Saturday runs as a Monday
    assert not at("10-05T09:30:00")  # Monday, holiday
    assert is_open(bands, datetime.fromisoformat("2026-11-20T01:00:00+00:00"), DAYS)
    with pytest.raises(ValueError, match="offset"):
        local(datetime(2026, 1, 1))  # noqa: DTZ001
    assert local(datetime(2026, 1, 1, tzinfo=LOCAL)).hour == 0


def test_shifting_by_working_days_goes_both_ways():
    assert DAYS.shift(d("09-30"), 1) == d("10-08")
    assert DAYS.shift(d("10-08"), -1) == d("09-30")
    assert DAYS.shift(d("11-21"), 0) == d("11-21")


def test_tokens_depend_on_secret_kind_and_subject():
    made = {token(s, k, n) for s in (b"a" * 16, b"b" * 16) for k in ("case", "follow") for n in ("1", "2")}
    assert len(made) == 8
    assert all(len(t) == 22 for t in made)
    assert phone_proof(b"a" * 16, "1", "0001") != phone_proof(b"a" * 16, "2", "0001")
