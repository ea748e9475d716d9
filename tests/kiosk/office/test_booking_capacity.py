from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from booking_help import at
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.messages import OpenBand
from kiosk.office.bookings.capacity import Load, Window, slots_of_day
from kiosk.office.bookings.rules import barred_until, check_in_window, last_day, reminder_time
from kiosk.office.workdays import WorkCalendar

MONDAY = date(2026, 11, 23)
WEEK = (1, 2, 3, 4, 5)
ALL = Fraction(1)


def band(opens, closes, weekdays=WEEK):
    return OpenBand(weekdays=weekdays, opens=opens, closes=closes)


def window(*bands, share=ALL):
    return Window(tuple(bands), share)


def seen(*windows, weekday=1, **load):
    return [(f"{s.start:%H:%M}", f"{s.end:%H:%M}", s.total, s.public) for s in slots_of_day(windows, MONDAY, weekday, Load(**load))]


@pytest.mark.parametrize(
    ("windows", "load", "slots"),
    [
        ([], {"minutes": 10}, []),
        ([window(band("09:00", "10:00"))], {"minutes": 10}, [("09:00", "09:30", 3, 2), ("09:30", "10:00", 3, 2)]),
        ([window(band("09:00", "10:15"))], {"minutes": 10}, [("09:00", "09:30", 3, 2), ("09:30", "10:00", 3, 2)]),  # no half slots
        ([window(band("09:00", "09:29"))], {"minutes": 10}, []),
        # the noon band of one of two windows; bands that touch are one
        (
            [
                window(band("11:30", "12:00"), band("12:00", "13:00"), band("13:00", "13:30")),
                window(band("11:30", "12:00"), band("13:00", "13:30")),
            ],
            {"minutes": 6},
            [("11:30", "12:00", 10, 7), ("12:00", "12:30", 5, 3), ("12:30", "13:00", 5, 3), ("13:00", "13:30", 10, 7)],
        ),
        (
            [window(band("09:00", "10:30"), band("10:00", "11:00"))],
            {"minutes": 30},
            [(f"{h}", e, 1, 1) for h, e in [("09:00", "09:30"), ("09:30", "10:00"), ("10:00", "10:30"), ("10:30", "11:00")]],
        ),
        # a matter longer than a slot takes as many slots as it needs, and begins anew after the noon break
        (
            [window(band("09:00", "12:00"), band("13:30", "15:30"))],
            {"minutes": 45},
            [
                ("09:00", "10:00", 1, 1),
                ("10:00", "11:00", 1, 1),
                ("11:00", "12:00", 1, 1),
                ("13:30", "14:30", 1, 1),
                ("14:30", "15:30", 1, 1),
            ],
        ),
        # windows that serve others too give this one their share only: 1/2 + 1/3 of 30 minutes by 5
        (
            [window(band("09:00", "09:30"), share=Fraction(1, 2)), window(band("09:00", "09:30"), share=Fraction(1, 3))],
            {"minutes": 5},
            [("09:00", "09:30", 5, 3)],
        ),
        ([window(band("09:00", "09:30"), share=Fraction(1, 3))], {"minutes": 12}, []),  # less than one person
        ([window(band("09:00", "09:30"))], {"minutes": 0}, [("09:00", "09:30", 30, 21)]),  # an average of nothing
        ([window(band("09:00", "09:20"))], {"minutes": 10, "slot_minutes": 20, "public_percent": 100}, [("09:00", "09:20", 2, 2)]),
        ([window(band("09:00", "09:30"))], {"minutes": 10, "public_percent": 0}, []),  # all for walk-ins
        ([window(band("09:00", "09:30"))], {"minutes": 30, "public_percent": 10}, [("09:00", "09:30", 1, 1)]),  # never less than one
        ([window(band("23:00", "24:00"))], {"minutes": 30}, [("23:00", "23:30", 1, 1), ("23:30", "00:00", 1, 1)]),  # to the day's end
        ([window(band("00:00", "00:30"))], {"minutes": 30}, [("00:00", "00:30", 1, 1)]),
        ([window(band("22:00", "02:00"))], {"minutes": 30}, []),  # over midnight: two bands would have to say it
        ([window(band("09:00", "09:30", weekdays=(6,)))], {"minutes": 30}, []),
    ],
)
def test_capacity_is_windows_times_length(windows, load, slots):
    assert seen(*windows, **load) == slots


def test_a_holiday_has_no_slots_and_a_saturday_its_own_bands():
    windows = [window(band("09:00", "10:00"), band("10:00", "11:00", weekdays=(6,)))]
    assert seen(*windows, weekday=None, minutes=30) == []
    assert [slot[0] for slot in seen(*windows, weekday=6, minutes=30)] == ["10:00", "10:30"]


times = st.integers(0, 96).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
windows_ = st.lists(
    st.builds(window, st.builds(band, times, times), st.builds(band, times, times), share=st.sampled_from([ALL, ALL / 2, ALL / 3])),
    max_size=5,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(windows=windows_, minutes=st.floats(0, 200), length=st.integers(5, 120), percent=st.integers(0, 100))
def test_slots_lie_in_bands_follow_each_other_and_never_take_more_than_the_windows(windows, minutes, length, percent):
    load = Load(minutes=minutes, slot_minutes=length, public_percent=percent)
    slots = slots_of_day(windows, MONDAY, 1, load)
    for one, following in pairwise(slots):
        assert one.end <= following.start
    for slot in slots:
        assert 1 <= slot.public <= slot.total
        span = (slot.end - slot.start) / timedelta(minutes=1)
        assert span >= max(minutes, 1)
        assert slot.total * max(minutes, 1) <= span * sum(window.share for window in windows) + 0.1
        assert any(b.opens <= f"{slot.start:%H:%M}" and f"{slot.start:%H:%M}" < b.closes for window in windows for b in window.bands)


def d(*texts):
    return [at(text) for text in texts]


@pytest.mark.parametrize(
    ("missed", "until"),
    [
        ([], None),
        (d("11-01 09:00", "11-02 09:00"), None),
        (d("11-01 09:00", "11-02 09:00", "11-03 09:00"), "11-10 09:00"),
        (d("11-03 09:00", "11-01 09:00", "11-02 09:00"), "11-10 09:00"),  # in whatever order
        (d("10-04 09:00", "10-20 09:00", "11-03 09:00"), "11-10 09:00"),  # the third on the last of 30 days
        (d("10-04 08:59", "10-20 09:00", "11-03 09:00"), None),
        (d("11-01 09:00", "11-02 09:00", "11-03 09:00", "11-06 09:00"), "11-13 09:00"),  # each further one anew
        (d("2028-02-10 09:00", "2028-02-20 09:00", "2028-02-29 09:00"), "2028-03-07 09:00"),
        (d("2026-12-30 09:00", "2026-12-31 09:00", "2027-01-02 09:00"), "2027-01-09 09:00"),
    ],
)
def test_three_missed_within_thirty_days_bar_for_seven(missed, until):
    assert barred_until(missed) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("start", "since", "until"),
    [
        ("11-23 09:00", "11-23 08:00", "11-23 09:20"),
        ("11-23 00:30", "11-23 00:00", "11-23 00:50"),  # numbers begin anew at midnight, so no earlier
        ("11-23 23:45", "11-23 22:45", "11-23 23:59:59"),
        ("2027-01-01 00:00", "2027-01-01 00:00", "2027-01-01 00:20"),
        ("2028-02-29 23:30", "2028-02-29 22:30", "2028-02-29 23:50"),
    ],
)
def test_check_in_is_from_an_hour_before_to_twenty_minutes_after_on_the_same_day(start, since, until):
    assert check_in_window(at(start)) == (at(since), at(until))


def test_reminders_go_out_the_afternoon_before():
    assert reminder_time(at("2028-03-01 09:00")) == at("2028-02-29 17:00")
    assert reminder_time(at("2027-01-01 16:30")) == at("2026-12-31 17:00")


def test_the_horizon_is_five_working_days():
    national_day = {date(2026, 10, n): False for n in range(1, 8)} | {date(2026, 10, 10): True}
    assert last_day(date(2026, 11, 20), WorkCalendar()) == date(2026, 11, 27)
    assert last_day(date(2026, 9, 30), WorkCalendar(national_day)) == date(2026, 10, 13)  # 8, 9, 10 (a Saturday that is worked), 12, 13
    assert last_day(date(2028, 2, 25), WorkCalendar()) == date(2028, 3, 3)
