"""A day at a window: call, recall, serve, miss, queue again, transfer, park, green channel."""

from datetime import timedelta

import pytest
from desk_help import Desk, number, position, spans, take
from sqlalchemy import select

from kiosk.office.tables import ticket_calls, tickets


@pytest.mark.postgres
def test_a_ticket_from_waiting_to_the_end(call, desk, office, clock):
    ticket = take(call, 1)
    clock.go(minutes=7)
    state = desk.does("call-next")
    assert state["current"]["ticket"] == {
        "id": ticket["id"],
        "number": "A001",
        "state": "called",
        "service": "business",
        "service_name": ticket["service_name"],
        "priority": "none",
        "reason": "",
        "item": None,
        "booked_for": None,
        "language": "zh-CN",
        "issued": "2026-11-20T10:00:00+08:00",
        "since": "2026-11-20T10:07:00+08:00",
        "waited_minutes": 7,
        "counter": "1",
        "note": "",
    }
    assert position(call, ticket) | {"hall_name": 0, "service_name": 0, "where": 0} == {
        "number": "A001",
        "state": "called",
        "service_name": 0,
        "hall_name": 0,
        "where": 0,
        "ahead": 0,
        "wait": None,
        "counter": {"zh-CN": "1号窗口", "en": "Counter 1"},
        "called": "2026-11-20T10:07:00+08:00",
        "booked_first": False,
    }
    assert number(desk.does("start")) == "A001"
    clock.go(minutes=5)
    assert desk.does("finish")["current"] is None
    assert position(call, ticket)["state"] == "finished"
    assert spans(office, ticket) == [
        ("waiting", "called", None, None),
        ("called", "serving", "1", "1001"),
        ("serving", "finished", "1", "1001"),
    ]


def test_a_second_act_on_a_ticket_is_refused_and_doubles_nothing(call, desk, office):
    take(call, 1)
    take(call, 2)
    desk.does("call-next")
    assert desk.refused("call-next") == "ticket_in_hand"
    assert desk.refused("finish") == "wrong_state"
    desk.does("start")
    for act in ("start", "recall", "missed"):
        assert desk.refused(act) == "wrong_state"
    assert desk.refused("finish", ticket="A002") == "wrong_state"
    desk.does("finish", ticket="A001")
    assert desk.refused("finish") == "no_ticket"
    assert number(desk.does("call-next")) == "A002"
    with office.database.read() as connection:
        assert len(connection.execute(select(ticket_calls)).all()) == 2


def test_nobody_waiting_and_services_that_are_not_the_windows(call, desk):
    assert desk.refused("call-next") == "nobody_waiting"
    take(call, 1, "social")
    assert desk.refused("call-next") == "nobody_waiting"
    assert desk.refused("call-next", services=["social"]) == "not_served_here"


def test_a_window_calls_the_services_it_is_asked_to(call, running):
    take(call, 1, "business")
    take(call, 2, "licence")
    with Desk(running[0].url, "1001", "3") as desk:
        assert number(desk.does("call-next", services=["licence"])) == "A002"


def test_recalls_come_a_minute_apart_and_three_at_most(call, desk, clock, office):
    take(call, 1)
    state = desk.does("call-next")
    for left in (3, 2, 1):
        assert state["current"]["recalls_left"] == left
        assert state["current"]["next_call"] == (clock.now + timedelta(minutes=1)).isoformat()
        answer = desk("recall")
        assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (409, "recall_too_soon", "60")
        clock.go(seconds=59)
        assert desk("recall").headers["Retry-After"] == "1"
        clock.go(seconds=1)
        state = desk.does("recall")
    assert state["current"]["recalls_left"] == 0
    clock.go(minutes=1)
    assert desk.refused("recall") == "recalls_used_up"
    with office.database.read() as connection:
        assert connection.execute(select(ticket_calls.c.call).order_by(ticket_calls.c.id)).scalars().all() == [1, 2, 3, 4]


@pytest.mark.postgres
def test_who_misses_the_call_may_be_queued_again_once(call, desk, clock):
    ticket = take(call, 1)
    take(call, 2)
    desk.does("call-next")
    assert desk.refused("missed") == "recall_first"
    clock.go(minutes=1)
    desk.does("recall")
    assert desk.refused("missed") == "recall_too_soon"
    clock.go(minutes=1)
    state = desk.does("missed")
    assert state["current"] is None
    assert state["missed"][0]["ticket"]["number"] == "A001"
    assert state["missed"][0]["requeue_until"] == "2026-11-20T10:32:00+08:00"
    assert position(call, ticket)["state"] == "missed"
    clock.go(minutes=30)
    state = desk.does("requeue", ticket="A001")
    assert [one["number"] for one in state["waiting"]] == ["A002", "A001"]
    assert position(call, ticket)["ahead"] == 1
    desk.serves()
    desk.does("call-next")
    for _ in range(2):
        clock.go(minutes=1)
        state = desk.does("recall")
    clock.go(minutes=1)
    state = desk.does("missed", ticket=ticket["id"])
    assert state["missed"][0]["requeue_until"] is None
    assert desk.refused("requeue", ticket="A001") == "requeued_already"


def test_half_an_hour_later_it_is_too_late_to_queue_again(call, desk, clock):
    take(call, 1)
    desk.does("call-next")
    clock.go(minutes=1)
    desk.does("recall")
    clock.go(minutes=1)
    desk.does("missed")
    clock.go(minutes=30, seconds=1)
    assert desk.state()["missed"][0]["requeue_until"] is None
    assert desk.refused("requeue", ticket="A001") == "requeue_too_late"
    assert desk.refused("unpark", ticket="A001") == "wrong_state"


@pytest.mark.postgres
def test_the_green_channel_has_a_reason_and_somebody_who_gave_it(call, desk, office, clock):
    for n in range(3):
        take(call, n)
        clock.go(minutes=10)
    state = desk.does("green", ticket="A003", reason="急需出行")
    first = state["waiting"][0]
    assert (first["number"], first["priority"], first["reason"]) == ("A003", "green", "急需出行")
    with office.database.read() as connection:
        assert connection.execute(select(tickets.c.granted_by).where(tickets.c.seq == 3)).scalar_one() == "1001"
    desk.does("call-next")
    assert desk.refused("green", ticket="A003", reason="again") == "wrong_state"


def test_the_classes_go_first_and_say_so(call, desk, clock):
    plain = take(call, 1)
    clock.go(minutes=15)
    take(call, 2, priority="elderly")
    assert [one["number"] for one in desk.state()["waiting"]] == ["A002", "A001"]
    assert desk.state()["waiting"][0]["priority"] == "elderly"
    assert position(call, plain)["ahead"] == 1
    assert position(call, plain)["booked_first"] is True
    clock.go(minutes=6)
    take(call, 3, priority="pregnant")  # 21 minutes after the first: no credit is worth that
    assert [one["number"] for one in desk.state()["waiting"]] == ["A002", "A001", "A003"]


def test_nobody_gives_themselves_the_green_channel(call):
    for priority in ("green", "booked", "vip"):
        answer = call("POST", "/v1/tickets", {"nonce": "n" * 16, "service": "business", "language": "en", "priority": priority})
        assert answer.status_code == 422


def test_a_desk_sees_who_waits_and_how_long(call, running, clock):
    take(call, 1, "social")
    clock.go(minutes=12)
    take(call, 2, "medical")
    take(call, 3, "social")
    clock.go(minutes=1)
    with Desk(running[0].url, "1001", "6") as desk:
        queues = {one["service"]: (one["waiting"], one["longest_minutes"]) for one in desk.state()["queues"]}
    assert queues == {"social": (2, 13), "medical": (1, 1)}
    with Desk(running[0].url, "1003", "6") as desk:  # may serve social insurance only
        assert [one["service"] for one in desk.state()["queues"]] == ["social"]
