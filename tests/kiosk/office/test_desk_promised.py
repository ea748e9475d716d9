"""Materials that were promised (容缺) are brought to a window: with the ticket in hand, or later by number."""

from datetime import date

import pytest
from application_help import Applicant, put_item
from booking_help import GOOD, JIA, REVIEWED, put_matters
from desk_help import Desk, at_once, take
from office_help import nonce
from sqlalchemy import select

from kiosk.backend.messages import Person
from kiosk.office.documents import Content
from kiosk.office.people import person_key
from kiosk.office.results.deciding import decide
from kiosk.office.reviews import promises as made
from kiosk.office.tables import cases, promises

LEASE = {"zh-CN": "租赁合同", "en": "Lease"}
DECISION = Content(title=LEASE, number="XK1", issuer=LEASE, issued=date(2026, 11, 20), text=(LEASE,), holder=JIA["name"])


@pytest.fixture
def desk(running):
    with Desk(running[0].url, "1003", "5") as signed_in:
        yield signed_in


@pytest.fixture
def review(call, office):
    """A pre-review in which the lease is promised."""
    put_matters(office)
    return ask_review(call, 7).json()


def ask_review(call, n):
    body = {"nonce": nonce(n), "item": REVIEWED, "item_version": 1, "person": JIA, "answers": GOOD | {"lease": "later"}}
    return call("POST", "/v1/reviews", body)


def looked_up(desk, number):
    return desk.session.get(f"{desk.url}/promises/{number}", timeout=20)


def barred(office):
    with office.database.read() as connection:
        return made.barred(connection, person_key(office, Person(**JIA)), office.today())


@pytest.mark.postgres
def test_what_was_promised_is_owed_with_the_service_and_kept_at_any_window(call, office, clock, review, desk, running):
    take(call, 1, "social", item=REVIEWED, review=review["token"])
    assert desk.does("call-next")["current"]["brought"]["promises"] == [
        {"material": "lease", "name": LEASE, "due": review["promises"][0]["due"], "kept": None}
    ]
    desk.does("start")
    desk.does("finish")
    clock.go(days=10)
    assert ask_review(call, 8).json()["code"] == "promise_barred"
    with Desk(running[0].url, "1001", "1") as other:
        found = looked_up(other, review["number"])
        assert (found.status_code, [one["kept"] for one in found.json()["promises"]]) == (200, [None])
        assert JIA["name"] not in found.text
        brought = other.does(f"promises/{review['number']}/brought", material="lease")
    assert brought == {"number": review["number"], "promises": [found.json()["promises"][0] | {"kept": "2026-11-30"}]}
    assert ask_review(call, 9).json()["passed"]
    with office.database.read() as connection:
        row = connection.execute(select(promises).where(promises.c.about == review["number"])).one()
    assert (str(row.kept), row.kept_by) == ("2026-11-30", "city/1001")


def test_brought_at_once_it_is_seen_with_the_ticket_in_hand_and_noted_once(call, office, clock, review, desk):
    take(call, 1, "social", item=REVIEWED, review=review["token"])
    desk.does("call-next")
    desk.does(f"promises/{review['number']}/brought", material="lease")
    assert [one["kept"] for one in desk.state()["current"]["brought"]["promises"]] == ["2026-11-20"]
    clock.go(days=1)
    desk.does("sign-in", **desk.who)
    assert desk.does(f"promises/{review['number']}/brought", material="lease")["promises"][0]["kept"] == "2026-11-20"


@pytest.mark.parametrize("missed", [False, True])
def test_whoever_was_never_served_owes_nothing(call, office, clock, review, desk, missed):
    take(call, 1, "social", item=REVIEWED, review=review["token"])
    if missed:
        desk.does("call-next")
        clock.go(minutes=2)
        desk.does("recall")
        clock.go(minutes=2)
        desk.does("missed")
    clock.go(days=10)
    assert not barred(office)


@pytest.mark.postgres
def test_a_case_does_not_ask_any_more_for_what_came_in(call, office, desk):
    put_item(office)
    applicant = Applicant(call)
    receipt = applicant.submit(delivery={"kind": "electronic"}).json()
    before = applicant.by_token(receipt["token"]).json()
    assert [one["en"] for one in before["missing"]] == ["Health certificate"]
    assert "27 November 2026" in before["next_step"]["en"]
    act = f"promises/{receipt['number']}/brought"
    assert [answer.status_code for answer in at_once(*[lambda: desk(act, material="health")] * 2)] == [200, 200]
    after = applicant.by_token(receipt["token"]).json()
    assert (after["missing"], after["next_step"]["en"]) == ([], "Waiting for review. You do not need to do anything.")


def test_what_a_department_has_said_meanwhile_stays(call, office, desk):
    put_item(office)
    number = Applicant(call).submit(delivery={"kind": "electronic"}).json()["number"]
    with office.database.write() as connection:
        connection.execute(cases.update().where(cases.c.number == number).values(next_step={"en": "Come on Monday"}))
    desk.does(f"promises/{number}/brought", material="health")
    with office.database.read() as connection:
        row = connection.execute(select(cases).where(cases.c.number == number)).one()
    assert (row.missing, row.next_step) == ([], {"en": "Come on Monday"})


def test_a_refused_case_can_be_made_good_and_frees_its_applicant(call, office, clock, desk):
    put_item(office)
    number = Applicant(call).submit(delivery={"kind": "electronic"}).json()["number"]
    decide(office, number, DECISION, granted=False)
    clock.go(days=30)
    assert barred(office)
    desk.does("sign-in", **desk.who)
    desk.does(f"promises/{number}/brought", material="health")
    assert not barred(office)


def test_numbers_and_materials_that_are_not_there_and_people_who_are_not_clerks(call, office, review, desk, running):
    assert looked_up(desk, "YS-20261120-9999").status_code == 404
    assert looked_up(desk, "nonsense").status_code == 404
    assert desk(f"promises/{review['number']}/brought", material="nothing").status_code == 404
    assert desk("promises/202611200001/brought", material="lease").status_code == 404
    desk.session.headers.pop("X-Requested-With")
    assert desk(f"promises/{review['number']}/brought", material="lease").status_code == 403  # not from the page
    assert call("GET", f"/desk/api/promises/{review['number']}").status_code == 401
