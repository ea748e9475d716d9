"""A ticket linked to the matter it is taken for, to a passed pre-review, to a booking."""

import pytest
from booking_help import GOOD, ITEM, JIA, REVIEWED, Booker, at, put_matters
from desk_help import Desk, take
from office_help import nonce


@pytest.fixture
def matters(office):
    put_matters(office)


def refused(call, **body):
    answer = call("POST", "/v1/tickets", {"nonce": nonce(1), "service": "social", "language": "en", **body})
    return answer.status_code, answer.json()["code"]


def review(call, **answers):
    body = {"nonce": nonce(7), "item": REVIEWED, "item_version": 1, "person": JIA, "answers": GOOD | answers}
    answer = call("POST", "/v1/reviews", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_ticket_says_its_matter(call, matters):
    ticket = take(call, 1, "social", item=ITEM)
    assert ticket["item"] == {"zh-CN": f"测试事项{ITEM}", "en": f"Test matter {ITEM}"}
    assert ticket["review"] == ""
    assert take(call, 2, "social")["item"] is None


def test_an_item_that_wants_a_pre_review_gets_no_ticket_without(call, matters):
    assert refused(call, item=REVIEWED) == (409, "review_required")
    assert refused(call, item=REVIEWED, review="A" * 22) == (409, "review_required")
    assert refused(call, item="nonsense") == (404, "not_found")
    failed = review(call, id="missing")
    assert refused(call, item=REVIEWED, review=failed["token"]) == (409, "review_required")


@pytest.mark.postgres
def test_the_window_sees_what_was_reviewed_and_nobodys_name(call, matters, running, clock):
    passed = review(call, id="licence", lease="later")
    ticket = take(call, 1, "social", item=REVIEWED, review=passed["token"])
    assert ticket["review"] == passed["number"]
    with Desk(running[0].url, "1003", "5") as desk:
        state = desk.does("call-next")
    brought = state["current"]["brought"]
    assert brought["number"] == passed["number"]
    assert [one["name"] for one in brought["promises"]] == [{"zh-CN": "租赁合同", "en": "Lease"}]
    assert brought["promises"][0]["due"] == passed["promises"][0]["due"]
    assert (brought["bring"], brought["from_store"]) == (passed["bring"], passed["from_store"])
    assert state["current"]["ticket"]["item"]["en"] == f"Test matter {REVIEWED}"
    assert JIA["name"] not in str(state)
    assert JIA["number"] not in str(state)
    assert passed["token"] not in str(state)


def test_an_expired_pre_review_is_refused_as_such(call, matters, clock):
    passed = review(call)
    clock.go(days=90)
    clock.go(days=(7 - clock.now.weekday()) % 7)
    assert refused(call, item=REVIEWED, review=passed["token"]) == (409, "review_expired")


@pytest.mark.postgres
def test_who_has_booked_goes_before_who_came_at_the_same_time(call, matters, running, clock, office):
    booker = Booker(call)
    booked = booker.book(at("11-23 10:00"))
    clock.now = at("11-23 10:00")
    plain = take(call, 1, "social")
    answer = booker.check_in(booked["token"])
    assert answer.status_code == 201, answer.text
    assert (answer.json()["priority"], answer.json()["ahead"]) == ("booked", 0)
    with Desk(running[0].url, "1003", "5") as desk:
        state = desk.state()
        assert [one["number"] for one in state["waiting"]] == [answer.json()["number"], plain["number"]]
        current = desk.does("call-next")["current"]["ticket"]
    assert (current["priority"], current["booked_for"]) == ("booked", booked["start"])
