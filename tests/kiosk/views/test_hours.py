"""Open or not, to the minute, over noon, weekends and midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from city_catalogue import BANDS
from hypothesis import given, settings
from hypothesis import strategies as st
from walking import SENTENCES

from kiosk.backend.messages import OpenBand
from kiosk.screens import Tone
from kiosk.views.hours import Opening, opening, section, state, tone

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
ALWAYS = (OpenBand(weekdays=(1, 2, 3, 4, 5, 6, 7), opens="00:00", closes="24:00"),)


def at(clock, day=0):
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        (0, "08:59", "今天 09:00 开门"), (0, "09:00", "开放中，到 17:00"), (0, "11:59", "开放中，到 17:00"),
        (0, "12:00", "午间开放中，到 17:00，窗口较少"), (0, "13:29", "午间开放中，到 17:00，窗口较少"), (0, "13:30", "开放中，到 17:00"),
        (0, "16:59", "开放中，到 17:00"), (0, "17:00", "明天 09:00 开门"), (0, "23:59", "明天 09:00 开门"),
        (4, "17:00", "明天 10:00 开门"), (5, "12:00", "开放中，到 15:00"), (5, "15:00", "周一 09:00 开门"), (6, "00:00", "明天 09:00 开门"),
    ],
)
def test_the_week_of_a_hall(day, clock, said):
    assert SENTENCES.say("zh-CN", state(BANDS, at(clock, day))) == said


def test_in_brief_noon_is_open_like_the_rest():
    assert SENTENCES.say("zh-CN", state(BANDS, at("12:30"), brief=True)) == "开放中，到 17:00"


def test_day_and_night_unknown_and_closed():
    assert SENTENCES.say("zh-CN", state(ALWAYS, at("03:00"))) == "全天开放"
    assert SENTENCES.say("zh-CN", state((), at("10:00"))) == "开放时间请看详情"
    assert opening((OpenBand(weekdays=(), opens="09:00", closes="12:00"),), at("10:00")) == Opening()
    evening = (OpenBand(weekdays=(1,), opens="18:00", closes="24:00"),)
    assert SENTENCES.say("zh-CN", state(evening, at("23:59"))) == "开放中，到 24:00"
    assert opening(evening, at("00:00", 1)) == Opening(opens="18:00", days=6)
    assert opening(evening, at("17:59")) == Opening(opens="18:00", days=0)
    assert (tone(evening, at("20:00")), tone(evening, at("10:00"))) == (Tone.DONE, Tone.WAIT)


def test_a_band_that_only_opens_next_week_on_the_same_day():
    morning = (OpenBand(weekdays=(1,), opens="09:00", closes="10:00"),)
    assert opening(morning, at("11:00")) == Opening(opens="09:00", days=7)
    assert SENTENCES.say("zh-CN", state(morning, at("11:00"))) == "周一 09:00 开门"


def test_bands_with_a_gap_end_at_the_gap_and_overlapping_ones_do_not():
    gap = (OpenBand(weekdays=(1,), opens="09:00", closes="12:00"), OpenBand(weekdays=(1,), opens="13:00", closes="17:00"))
    assert opening(gap, at("10:00")).closes == "12:00"
    assert opening(gap, at("12:30")) == Opening(opens="13:00")
    over = (OpenBand(weekdays=(1,), opens="11:00", closes="17:00"), OpenBand(weekdays=(1,), opens="09:00", closes="12:00"))
    assert opening(over, at("09:30")).closes == "17:00"


def test_a_leap_day_is_a_day_of_its_week():
    assert opening(BANDS, datetime(2028, 2, 29, 10, 0, tzinfo=UTC)).open  # a Tuesday
    assert opening(BANDS, datetime(2028, 2, 29, 18, 0, tzinfo=UTC)) == Opening(opens="09:00", days=1)


def test_the_section_says_today_the_week_weekends_and_holidays():
    made = section(BANDS, at("10:00"), "工作日", None)
    assert [SENTENCES.say("zh-CN", row.value) for row in made.rows] == ["09:00–12:00", "12:00–13:30", "13:30–17:00", "工作日", "不开放"]
    assert SENTENCES.say("zh-CN", made.rows[1].label) == "午间（部分窗口）"
    assert SENTENCES.say("zh-CN", made.heading) == "开放时间（今天周一）"
    assert [SENTENCES.say("en", row.value) for row in section((), at("10:00"), "x", {"en": "y"}).rows] == ["Closed", "x", "y"]


CLOCK = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
BAND = st.builds(OpenBand, weekdays=st.lists(st.integers(-1, 9), max_size=7).map(tuple), opens=CLOCK | st.text(max_size=5), closes=CLOCK | st.text(max_size=5), noon=st.booleans())


@given(st.lists(BAND, max_size=5), st.integers(0, 7 * 24 * 60))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_whatever_bands_an_office_sends_something_is_said(bands, minute):
    moment = MONDAY + timedelta(minutes=minute)
    now = opening(bands, moment)
    assert not (now.open and now.opens)
    assert not now.open or now.closes > f"{moment:%H:%M}"
    assert SENTENCES.say("en", state(bands, moment))
