"""Who is next: classes go first, and nobody waits for ever."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_help import FRIDAY, nonce, open_app

from kiosk.backend.messages import Priority
from kiosk.office.access import Terminal
from kiosk.office.contract import TakeTicketBody
from kiosk.office.queue import calls, clerks, moves
from kiosk.office.queue.clerks import Claim
from kiosk.office.queue.desk_state import desk_state
from kiosk.office.queue.periods import average
from kiosk.office.queue.rules import Rules, rules_of
from kiosk.office.queue.tickets import take_ticket
from kiosk.office.tables import queue_rules

RULES = Rules()
LONGEST = timedelta(minutes=max(RULES.credits.values()))
T1 = Terminal("t1", "city")
people = st.lists(st.tuples(st.integers(0, 8 * 60), st.sampled_from(Priority)), min_size=1, max_size=60)


def called(arrivals, minutes):
    """In which order people (minute of arrival, class) are called at one window that takes so many minutes for each."""
    waiting, left, order, now = [], sorted(enumerate(arrivals), key=lambda one: one[1][0]), [], 0
    while waiting or left:
        while left and left[0][1][0] <= now:
            index, (minute, priority) = left.pop(0)
            since = FRIDAY + timedelta(minutes=minute)
            waiting.append((RULES.place(since, priority), since, index))
        if waiting:
            waiting.sort()
            order.append(waiting.pop(0)[2])
        now += minutes
    return order


@settings(max_examples=200, deadline=None, derandomize=True)
@given(arrivals=people, minutes=st.integers(1, 30))
def test_nobody_is_passed_by_who_came_later_than_the_largest_credit(arrivals, minutes):
    order = called(arrivals, minutes)
    assert sorted(order) == list(range(len(arrivals)))
    for at, index in enumerate(order):
        for before in order[:at]:
            assert arrivals[before][0] <= arrivals[index][0] + LONGEST.total_seconds() / 60


@settings(max_examples=200, deadline=None, derandomize=True)
@given(arrivals=people, minutes=st.integers(1, 30))
def test_within_a_class_the_first_to_come_is_the_first_called(arrivals, minutes):
    order = called(arrivals, minutes)
    for priority in Priority:
        came = [arrivals[index][0] for index in order if arrivals[index][1] is priority]
        assert came == sorted(came)


@given(first=st.sampled_from(Priority), second=st.sampled_from(Priority))
@settings(deadline=None, derandomize=True)
def test_of_two_who_come_together_the_class_decides(first, second):
    passes = RULES.place(FRIDAY, first) < RULES.place(FRIDAY, second)
    assert passes is RULES.passes(first, second) is (RULES.credits[first] > RULES.credits[second])


@pytest.fixture
def office(database, clock):
    app = open_app(database, clock)
    yield app.state.office
    app.state.office.database.close()


def seat(office, counter="1"):
    return clerks.seat_of(office, clerks.sign_in(office, Claim(hall="city", clerk="1001", pin="135790", counter=counter), "test"))


def take(office, n, service="business", **more):
    return take_ticket(office, T1, TakeTicketBody(nonce=nonce(n), service=service, language="zh-CN", **more))[0]


@pytest.mark.postgres
def test_an_endless_stream_of_green_tickets_starves_nobody(office, clock):
    """A window that is busy all day with people who were given the green channel; the plain one of the first minute is called."""
    clerk = seat(office)
    plain = take(office, 0).number
    for n in range(1, 40):
        moves.green(office, clerk, take(office, n).id, "急")
        clock.go(minutes=5)
        calls.call_next(office, clerk)
        if in_hand(office, clerk) == plain:
            break
        calls.start(office, clerk)
        calls.finish(office, clerk)
    assert in_hand(office, clerk) == plain
    assert 5 < n <= 1 + RULES.credits[Priority.GREEN] / 5


def in_hand(office, clerk):
    return desk_state(office, clerk).current.ticket.number


@pytest.mark.postgres
def test_a_hall_may_have_rules_of_its_own(office, clock):
    own = {"credits": {"elderly": 3}, "recalls": 1, "least_recalls": 0, "recall_seconds": 5, "requeue_minutes": 2, "block": 5}
    with office.database.write() as connection:
        connection.execute(queue_rules.insert().values(hall="city", **own))
    with office.database.read() as connection:
        rules = rules_of(connection, "city")
        assert (rules.credits[Priority.ELDERLY], rules.credits[Priority.BOOKED], rules.block) == (3, 30, 5)
        assert rules_of(connection, "baiyang") == Rules()
    take(office, 1)
    clock.go(minutes=4)
    assert take(office, 2, priority=Priority.ELDERLY).ahead == 1
    clock.go(minutes=-2)
    assert take(office, 3, priority=Priority.ELDERLY).ahead == 0


def served(office, clerk, clock, minutes):
    calls.call_next(office, clerk)
    calls.start(office, clerk)
    clock.go(minutes=minutes)
    calls.finish(office, clerk)


@pytest.mark.postgres
def test_the_estimate_follows_how_long_it_really_takes(office, clock):
    """30 minutes a citizen are expected, on 12 samples; each that was served replaces one that was expected, up to the last twenty."""
    clerk = seat(office, "16")
    longest = []
    for n in range(23):
        clock.now = FRIDAY + timedelta(seconds=n)
        longest.append(take(office, n, "project").wait[1])
        served(office, clerk, clock, 6)
    assert longest[0] == 39  # with caution, as there are too few samples
    assert longest[7] == 29  # (13 x 30 + 7 x 6) / 20, still with caution
    assert longest[8] == 21  # (12 x 30 + 8 x 6) / 20: 20 samples are enough
    assert longest[20:] == [6] * 3


def test_time_at_other_services_and_aside_is_no_time_of_this_one(office, clock):
    clerk = seat(office)
    for n in range(20):
        ticket = take(office, n).id
        calls.call_next(office, clerk)
        calls.start(office, clerk)
        clock.go(minutes=2)
        moves.park(office, clerk, ticket, "x")
        clock.go(minutes=9)
        moves.unpark(office, clerk, ticket)
        clock.go(minutes=1)
        calls.start(office, clerk)
        clock.go(minutes=2)
        calls.finish(office, clerk)
        clock.now = FRIDAY + timedelta(seconds=n)
    with office.database.read() as connection:
        assert average(connection, "city", "business", 12, 0) == (4.0, 20)
