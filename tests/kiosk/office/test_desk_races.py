"""Two clerks and terminals at the same millisecond: nobody is called twice, and nothing is lost."""

import pytest
from desk_help import Desk, at_once, number, take
from sqlalchemy import select, update

from kiosk.office.tables import ticket_calls, ticket_periods, tickets

pytestmark = pytest.mark.postgres


@pytest.fixture
def third(running):
    with Desk(running[0].url, "1018", "18") as signed_in:
        yield signed_in


def test_two_windows_at_the_same_moment_call_two_people(call, desk, other):
    for n in range(8):
        take(call, n)
    called = []
    for _ in range(4):
        answers = at_once(lambda: desk("call-next"), lambda: other("call-next"))
        called += [number(answer.json()) for answer in answers]
        assert [answer.status_code for answer in answers] == [200, 200]
        for one in (desk, other):
            one.does("start")
            one.does("finish")
    assert sorted(called) == [f"A{n:03d}" for n in range(1, 9)]


def test_one_button_pressed_ten_times_calls_one(call, desk, office):
    for n in range(5):
        take(call, n)
    answers = at_once(*[lambda: desk("call-next")] * 10)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert number(desk.state()) == "A001"
    assert sorted(answer.status_code for answer in at_once(*[lambda: desk("start")] * 5)) == [200] + [409] * 4
    with office.database.read() as connection:
        assert len(connection.execute(select(ticket_calls)).all()) == 1


def test_one_ticket_pulled_in_every_direction_at_once_goes_in_one(call, desk, other, third, office):
    for n in range(6):
        ticket = take(call, n)
        acts = (
            lambda: desk("call-next"),
            lambda: other("call-next"),
            lambda t=ticket: third("transfer", ticket=t["id"], service="licence"),
            lambda t=ticket: desk("green", ticket=t["id"], reason="急"),
        )
        codes = [answer.status_code for answer in at_once(*acts)]
        assert set(codes) <= {200, 409}
        with office.database.read() as connection:
            rows = connection.execute(select(tickets).where(tickets.c.state == "called")).all()
            still_open = connection.execute(select(ticket_periods).where(ticket_periods.c.ended.is_(None))).all()
        assert len(rows) == codes[:2].count(200) <= 1
        assert len(still_open) == 1
        with office.database.write() as connection:  # clear for the next one
            connection.execute(update(tickets).values(state="finished"))
            connection.execute(update(ticket_periods).values(ended=office.now()))


def test_the_paper_is_reported_while_the_ticket_is_called(call, desk):
    ticket = take(call, 1)
    report = {"ticket": ticket["id"], "state": "printed", "attempt": 1}
    answers = at_once(lambda: desk("call-next"), lambda: call("PUT", f"/v1/tickets/{ticket['id']}/print", report))
    assert [answer.status_code for answer in answers] == [200, 200]
