"""Tickets put elsewhere: to another service or window and back, aside and back."""

import pytest
from desk_help import Desk, number, position, spans, take
from sqlalchemy import delete, select

from kiosk.office.tables import counter_services, tickets


def test_a_transferred_ticket_keeps_its_place(call, desk, running, clock):
    moved = take(call, 1)
    clock.go(minutes=1)
    take(call, 2, "social")
    desk.serves(finish=False)
    state = desk.does("transfer", ticket="A001", service="social")
    assert state["current"] is None
    assert position(call, moved)["ahead"] == 0
    assert position(call, moved)["service_name"]["zh-CN"] == "社会保险"
    with Desk(running[0].url, "1003", "5") as social:
        assert [one["number"] for one in social.state()["waiting"]] == ["A001", "B001"]
        assert social.serves() == "A001"
        assert social.serves() == "B001"


@pytest.mark.postgres
def test_who_was_sent_to_another_service_comes_back_to_the_window(call, desk, other, running, office):
    ticket = take(call, 1)
    take(call, 2)
    desk.serves(finish=False)
    desk.does("transfer", ticket="A001", service="social", comes_back=True)
    with Desk(running[0].url, "1003", "5") as social:
        assert social.does("call-next")["current"]["comes_back"]["en"] == "Business registration"
        social.does("start")
        social.does("finish")
    assert position(call, ticket)["state"] == "waiting"
    assert number(other.does("call-next")) == "A002"  # A001 is left to the window it comes back to
    assert desk.serves() == "A001"
    assert [span[:2] for span in spans(office, ticket)] == [
        ("waiting", "called"),
        ("called", "serving"),
        ("serving", "waiting"),
        ("waiting", "called"),
        ("called", "serving"),
        ("serving", "finished"),
        ("waiting", "called"),
        ("called", "serving"),
        ("serving", "finished"),
    ]


def test_a_ticket_sent_to_a_window_that_closes_is_anybodys(call, desk, other):
    take(call, 1)
    desk.does("transfer", ticket="A001", counter="2")
    assert desk.refused("call-next") == "nobody_waiting"
    other.does("close")
    assert number(desk.does("call-next")) == "A001"


def test_a_window_may_be_sent_what_it_does_not_serve(call, desk, running):
    take(call, 1)
    desk.does("call-next")
    desk.does("transfer", ticket="A001", counter="5")
    with Desk(running[0].url, "1003", "5") as social:
        assert number(social.does("call-next")) == "A001"


def test_transfers_that_make_no_sense(call, desk, other, office):
    take(call, 1)
    assert desk.refused("transfer", ticket="A001", service="business") == "nothing_changed"
    assert desk("transfer", ticket="A001", service="nonsense").status_code == 404
    assert desk("transfer", ticket="A001", counter="99").status_code == 404
    assert desk("transfer", ticket="A999", service="social").status_code == 404
    with office.database.write() as connection:
        connection.execute(delete(counter_services).where(counter_services.c.service == "travel"))
    assert desk.refused("transfer", ticket="A001", service="travel") == "not_served_here"
    other.does("call-next")
    assert desk.refused("transfer", ticket="A001", service="social") == "wrong_state"


@pytest.mark.postgres
def test_parking_and_calling_again(call, desk, other, office):
    ticket = take(call, 1)
    take(call, 2)
    desk.serves(finish=False)
    state = desk.does("park", ticket="A001", reason="复印材料")
    assert [(one["number"], one["note"]) for one in state["parked"]] == [("A001", "复印材料")]
    assert position(call, ticket)["state"] == "parked"
    assert number(desk.does("call-next")) == "A002"
    assert desk.refused("unpark", ticket="A001") == "ticket_in_hand"
    with Desk(desk.url.removesuffix("/desk/api"), "1003", "5") as social:
        assert social.refused("unpark", ticket="A001") == "not_served_here"
    assert number(other.does("unpark", ticket="A001")) == "A001"  # another window of the service may have it
    assert desk.refused("park", ticket="A001", reason="x") == "wrong_state"
    other.does("start")
    other.does("finish")
    with office.database.read() as connection:
        assert connection.execute(select(tickets.c.park_reason).where(tickets.c.id == ticket["id"])).scalar_one() is None
