"""The turn of the day: nothing runs at midnight, and nothing is left of yesterday."""

from datetime import timedelta

import pytest
from desk_help import Desk, at_once, position, take
from sqlalchemy import select

from kiosk.office.hours import LOCAL
from kiosk.office.tables import counters, staff_log, ticket_periods, tickets


def states(office):
    with office.database.read() as connection:
        return connection.execute(select(tickets.c.state).order_by(tickets.c.seq)).scalars().all()


def monday(clock):
    clock.now = clock.now.replace(hour=9, minute=30) + timedelta(days=3)


@pytest.mark.postgres
def test_what_was_left_of_yesterday_is_ended_by_the_first_act_of_today(call, desk, office, clock):
    given = [take(call, n) for n in range(5)]
    desk.serves(finish=False)
    desk.does("park", ticket="A001", reason="x")
    desk.does("call-next")
    for _ in range(2):
        clock.go(minutes=1)
        desk.does("recall")
    clock.go(minutes=1)
    desk.does("missed")
    desk.serves(finish=False)
    assert states(office) == ["parked", "missed", "serving", "waiting", "waiting"]
    monday(clock)
    answers = [position(call, one)["state"] for one in given]
    assert answers == ["expired", "left", "expired", "expired", "expired"]
    assert take(call, 9)["number"] == "A001"
    with office.database.read() as connection:
        still = connection.execute(select(ticket_periods).where(ticket_periods.c.ended.is_(None))).all()
        ends = connection.execute(select(ticket_periods.c.ended).where(ticket_periods.c.became.in_(["expired", "left"]))).scalars().all()
    assert len(still) == 1
    assert {end.astimezone(LOCAL).isoformat() for end in ends} == {"2026-11-21T00:00:00+08:00"}


@pytest.mark.postgres
def test_a_window_that_nobody_closed_is_closed_in_the_morning(call, desk, office, running, clock):
    take(call, 1)
    desk.serves(finish=False)
    monday(clock)
    assert desk("finish").status_code == 401  # the session of yesterday
    with Desk(running[0].url) as today:
        state = today.state()
        assert (state["window"], state["current"]) == ("closed", None)
        assert today.does("open")["window"] == "open"
    with office.database.read() as connection:
        assert connection.execute(select(staff_log.c.change).order_by(staff_log.c.id)).scalars().all() == ["midnight", "open"]
        others = connection.execute(select(counters.c.switched_on).where(counters.c.hall == "city", counters.c.code == "2")).scalar_one()
    assert others  # a window without a clerk goes by its timetable


@pytest.mark.postgres
def test_many_who_come_first_in_the_morning_turn_the_day_once(call, desk, office, clock):
    take(call, 1)
    assert desk.state()["window"] == "open"
    monday(clock)
    got = at_once(*[lambda n=n: take(call.__class__(call.url), 10 + n)["number"] for n in range(6)])
    assert sorted(got) == [f"A{n:03d}" for n in range(1, 7)]
    with office.database.read() as connection:
        assert connection.execute(select(staff_log.c.change)).scalars().all() == ["midnight"]
        expired = connection.execute(select(ticket_periods).where(ticket_periods.c.became == "expired")).all()
    assert len(expired) == 1


@pytest.mark.postgres
def test_a_clock_that_ran_ahead_into_tomorrow_costs_nobody_their_place(call, desk, office, clock):
    first, second = take(call, 1), take(call, 2)
    clock.go(days=1)
    assert position(call, first)["state"] == "expired"
    clock.go(days=-1, minutes=5)
    assert (position(call, second)["state"], position(call, second)["ahead"]) == ("waiting", 1)
    assert take(call, 3)["number"] == "A003"
    with Desk(desk.url.removesuffix("/desk/api")) as again:
        again.does("open")
        assert again.serves() == "A001"


def test_a_clock_that_is_set_back_makes_no_span_negative_and_keeps_nobody_waiting(call, desk, office, clock):
    take(call, 1)
    desk.does("call-next")
    clock.go(hours=-1)
    desk.does("recall")
    assert desk.state()["current"]["ticket"]["waited_minutes"] == 0
    desk.does("start")
    clock.go(minutes=-30)
    desk.does("finish")
    with office.database.read() as connection:
        spans = connection.execute(select(ticket_periods.c.began, ticket_periods.c.ended)).all()
    assert len(spans) == 3
    assert all(began <= ended for began, ended in spans)


def test_a_leap_day_and_the_turn_of_the_year(call, clock):
    for moment in ("2028-02-28T16:00", "2028-02-29T16:00", "2028-03-01T16:00", "2026-12-31T16:00", "2027-01-04T16:00"):
        clock.now = clock.now.fromisoformat(f"{moment}:00+08:00")
        assert take(call, clock.now.toordinal())["number"] == "A001"
