import pytest
from desk_help import Desk, at_once
from matter_help import JIA, PHONE, filed, go_days, handled, listed, opened, put_catalogue
from sqlalchemy import select

from kiosk.office.tables import matters, sms_outbox


@pytest.fixture(autouse=True)
def _catalogue(office):
    put_catalogue(office)


def outbox(office):
    with office.database.read() as connection:
        return connection.execute(select(sms_outbox)).all()


@pytest.mark.postgres
def test_the_way_of_a_matter_to_its_end(call, desk, clock, office):
    matter = filed(call, 1, person=JIA, phone=PHONE)
    path = f"matters/{matter['number']}"
    departments = desk.session.get(f"{desk.url}/departments", timeout=20).json()
    assert [(one["code"], one["name"]["en"]) for one in departments] == [("rs", "Social Security"), ("zj", "Housing")]
    clock.go(hours=1)
    assigned = desk.does(f"{path}/assign", department="zj")
    assert (assigned["state"], assigned["department"], assigned["name"], assigned["phone"]) == ("assigned", "zj", None, "")
    clock.go(hours=1)
    taken = desk.does(f"{path}/take")
    assert (taken["state"], taken["mine"], taken["name"], taken["phone"]) == ("handling", True, JIA["name"], PHONE)
    go_days(clock, 3, desk)
    answered = desk.does(f"{path}/answer", text="测试：今晚起停工")
    assert (answered["state"], answered["late"]) == ("answered", False)
    seen = opened(call, matter)
    assert (seen["answer"], seen["can_rate"]) == ("测试：今晚起停工", True)
    assert [one["state"] for one in seen["stages"]] == ["received", "assigned", "handling", "answered"]
    assert [one["by"]["en"] for one in seen["stages"][1:]] == ["Housing"] * 3
    assert [one["at"][:13] for one in seen["stages"]] == ["2026-11-20T10", "2026-11-20T11", "2026-11-20T12", "2026-11-23T12"]
    assert desk.does(f"{path}/close")["state"] == "closed"
    assert opened(call, matter)["state"] == "closed"
    assert listed(desk)["matters"] == []
    (message,) = outbox(office)
    assert (message.phone, message.about, message.state) == (PHONE, "matter-answered", "pending")
    assert "今晚起停工" in message.text
    assert matter["code"] not in message.text
    with office.database.read() as connection:
        assert connection.execute(select(matters.c.phone)).scalar_one() == ""


def test_the_same_act_again_changes_nothing_and_another_order_is_refused(call, desk):
    path = f"matters/{filed(call, 1, phone=PHONE)['number']}"
    for act, body in (("take", {}), ("answer", {"text": "测试"}), ("close", {})):
        assert desk.refused(f"{path}/{act}", **body) == "wrong_state"
    for act, body in (("assign", {"department": "rs"}), ("take", {}), ("answer", {"text": "测试"}), ("close", {})):
        first = desk.does(f"{path}/{act}", **body)
        assert desk.does(f"{path}/{act}", **body) == first
    for act, body in (("assign", {"department": "zj"}), ("take", {}), ("answer", {"text": "别的"})):
        assert desk.refused(f"{path}/{act}", **body) == "wrong_state"


def test_it_may_go_to_another_department_and_another_clerk(call, desk, other):
    matter = filed(call, 1)
    path = f"matters/{matter['number']}"
    desk.does(f"{path}/assign", department="rs")
    desk.does(f"{path}/take")
    assert other.refused(f"{path}/answer", text="测试") == "not_yours"
    assert other.does(f"{path}/assign", department="zj")["state"] == "assigned"
    other.does(f"{path}/take")
    assert desk.does(f"{path}/take")["mine"] is True
    assert other.refused(f"{path}/answer", text="测试") == "not_yours"
    desk.does(f"{path}/answer", text="测试")
    states = [one["state"] for one in opened(call, matter)["stages"]]
    assert states == ["received", "assigned", "handling", "assigned", "handling", "handling", "answered"]


def test_unknown_departments_numbers_and_those_of_other_halls(call, call_other, desk):
    path = f"matters/{filed(call, 1)['number']}"
    answer = desk(f"{path}/assign", department="none")
    assert (answer.status_code, answer.json()["fields"]) == (422, ["body.department"])
    elsewhere = filed(call_other, 2)["number"]
    for number in (elsewhere, "GD-20261120-9999"):
        assert desk(f"matters/{number}/take").status_code == 404
        assert desk.session.get(f"{desk.url}/matters/{number}").status_code == 404
    assert [one["number"] for one in listed(desk)["matters"]] == [path.removeprefix("matters/")]


def test_no_browser_keeps_what_was_looked_at(call, desk):
    number = filed(call, 1, person=JIA, phone=PHONE)["number"]
    for path in ("matters", f"matters/{number}"):
        answer = desk.session.get(f"{desk.url}/{path}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_only_a_clerk_in_the_page_may(running, call, desk):
    path = f"matters/{filed(call, 1)['number']}"
    stranger = Desk(running[0].url)
    assert stranger(f"{path}/take").status_code == 401
    assert stranger.session.get(f"{stranger.url}/matters").status_code == 401
    stranger.session.close()
    del desk.session.headers["X-Requested-With"]
    assert desk(f"{path}/take").status_code == 403


@pytest.mark.postgres
def test_the_list_begins_with_what_is_most_urgent_and_goes_on_page_by_page(call, desk, clock):
    orders = [filed(call, n)["number"] for n in range(3)]
    go_days(clock, 3, desk)
    complaint = filed(call, 4, "complaint", "manner")["number"]
    question = filed(call, 5, "question", "")["number"]
    everything = [question, *orders, complaint]  # the question is due as early as the orders of Friday, and its letters come later
    everything.sort(key=lambda number: ({question: "26", complaint: "30"}.get(number, "27"), number))
    pages, after = [], ""
    while after is not None:
        page = listed(desk, limit=2, after=after)
        pages.append([one["number"] for one in page["matters"]])
        after = page["next"]
    assert pages == [everything[:2], everything[2:4], everything[4:]]
    assert [one["number"] for one in listed(desk, kind="complaint")["matters"]] == [complaint]
    assert desk.session.get(f"{desk.url}/matters", params={"after": "GD-20200101-0001"}).status_code == 404


def test_late_is_reckoned_and_stays_with_a_late_answer(call, desk, clock):
    on_time, late = filed(call, 1), filed(call, 2)
    go_days(clock, 7, desk)  # the due day itself
    assert opened(call, late)["late"] is False
    handled(desk, on_time["number"])
    go_days(clock, 1, desk)
    assert opened(call, late)["late"] is True
    assert [one["late"] for one in listed(desk)["matters"]] == [False, True]
    handled(desk, late["number"])
    assert opened(call, late)["late"] is True
    clock.go(days=30)
    assert opened(call, on_time)["late"] is False


@pytest.mark.postgres
def test_two_clerks_who_take_one_matter_at_once_both_know_who_has_it(call, desk, other, office):
    number = filed(call, 1, phone=PHONE)["number"]
    desk.does(f"matters/{number}/assign", department="zj")
    for each in at_once(*[lambda one=one: one.does(f"matters/{number}/take") for one in (desk, other)]):
        assert each["state"] == "handling"
    mine = [one.session.get(f"{one.url}/matters/{number}").json()["mine"] for one in (desk, other)]
    assert sorted(mine) == [False, True]
    holder = desk if mine[0] else other
    answers = at_once(*[lambda: holder(f"matters/{number}/answer", text="测试：一").status_code] * 4)
    assert answers == [200] * 4
    assert len(outbox(office)) == 1


def test_nobody_is_written_to_who_left_no_phone(call, desk, office):
    handled(desk, filed(call, 1)["number"])
    assert outbox(office) == []


def test_an_answer_longer_than_a_message_is_cut_there_only(call, desk, office):
    matter = filed(call, 1, phone=PHONE)
    handled(desk, matter["number"], "测" * 1000)
    assert len(outbox(office)[0].text) < 400
    assert opened(call, matter)["answer"] == "测" * 1000
