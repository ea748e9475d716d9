import threading
from dataclasses import replace

import pytest
from application_help import JIA, Applicant, put_item, restaurant, said
from booking_help import put_guides
from office_help import KEY, Caller, nonce
from sqlalchemy import select

from kiosk.office.documents import Content
from kiosk.office.problems import ProblemError
from kiosk.office.results.deciding import decide, send
from kiosk.office.results.urging import answer_urge, open_reminders
from kiosk.office.tables import urges

OVERDUE, MOVING, SUSPENDED, MATERIAL, APPROVED, WITHDRAWN, POSTED = (f"9900000000{n}" for n in ("01", "02", "03", "06", "09", "11", "15"))
BROUGHT = "990000000106"  # by a helper
WHO = {"number": "999999194101010061", "name": "测试·长者"}
OWNERS = {MOVING: JIA, WITHDRAWN: {"number": "999999197007070109", "name": "测试·过期"}, POSTED: {"number": "999999198802290052", "name": "测试䶮"}}
ANSWER = {"zh-CN": "已安排，两日内办结。", "en": "Will be done within two days."}
POST = {"kind": "post", "receiver": "测试·甲一", "phone": "13900000016", "address": "鹿城市示范区测试路1号"}
TAILS = {OVERDUE: "0016", MOVING: "0016", SUSPENDED: "0016", MATERIAL: "0039", APPROVED: "0061", WITHDRAWN: "0109", POSTED: "0052", BROUGHT: "0061"}


def case(call, number):
    answer = call.by_number(number, TAILS[number])
    assert answer.status_code == 200, answer.text
    return answer.json()


def urge(call, token, number=1):
    return call("POST", "/v1/cases/urge", {"nonce": nonce(number), "token": token})


def deliver(call, token, delivery, who=WHO):
    return call("PUT", "/v1/cases/delivery", {"token": token, "person": who, "delivery": delivery})


def decision(**more):
    words = {"zh-CN": "准予许可决定书", "en": "Permit"}
    plain = {"title": words, "number": "XK1", "issuer": words, "text": (words,), "holder": JIA["name"]}
    return Content(**plain | more)


def test_what_one_can_do_follows_from_how_the_case_stands(call):
    assert case(call, OVERDUE)["acts"] == ["urge", "delivery"]
    for number in (MOVING, SUSPENDED, MATERIAL):
        assert case(call, number)["acts"] == ["delivery"]
    assert case(call, APPROVED)["acts"] == ["result", "rate", "delivery"]
    assert case(call, POSTED)["acts"] == ["result", "rate"]
    rating = {"nonce": nonce(1), "served": "case", "service": "look_up", "subject": case(call, POSTED)["token"], "level": 5, "version": 0}
    assert call("POST", "/v1/ratings", rating).status_code == 201
    assert case(call, POSTED)["acts"] == ["result"]
    assert case(call, WITHDRAWN)["acts"] == []
    assert case(call, BROUGHT)["agent"] == "测试·甲一"
    assert case(call, OVERDUE)["agent"] == ""


@pytest.mark.postgres
def test_an_overdue_case_is_urged_once_until_it_is_answered(call, call_other, office, clock):
    token = case(call, OVERDUE)["token"]
    first = urge(call, token)
    assert first.status_code == 201
    assert first.json() == {"number": "CB-20261120-0001", "case": OVERDUE, "at": "2026-11-20T10:00:00+08:00", "due": "2026-11-25"}
    assert (again := urge(call, token)).status_code == 200
    assert again.json() == first.json()
    assert said(urge(call_other, token, 2))[:2] == (409, "urged_already")
    assert "urge" not in case(call, OVERDUE)["acts"]
    assert urge(call, case(call, BROUGHT)["token"], 3).json()["number"] == "CB-20261120-0002"
    assert said(urge(call, case(call, BROUGHT)["token"], 1))[:2] == (409, "nonce_reused")
    clock.go(days=6)
    first_due = open_reminders(office)[0]
    assert (first_due.number, first_due.case, first_due.days_late, first_due.late) == ("CB-20261120-0001", OVERDUE, 22, True)
    answer_urge(office, "CB-20261120-0001", ANSWER)
    answered = case(call, OVERDUE)
    assert answered["next_step"] == ANSWER
    assert "urge" in answered["acts"]
    assert urge(call, token, 4).json()["number"] == "CB-20261126-0001"
    with pytest.raises(ProblemError):
        answer_urge(office, "CB-20261120-0001", ANSWER)


def test_only_overdue_cases_are_urged(call):
    for number in (MOVING, SUSPENDED, MATERIAL, APPROVED, WITHDRAWN):
        assert said(urge(call, case(call, number)["token"]))[:2] == (409, "not_overdue")
    assert said(urge(call, "A" * 22))[:2] == (404, "not_found")
    assert said(call("POST", "/v1/cases/urge", {"nonce": "x", "token": "y"})) == (422, "invalid", ("body.nonce", "body.token"))


@pytest.mark.postgres
def test_urging_at_once_is_one_reminder(running, call, office):
    token, answers = case(call, OVERDUE)["token"], []

    def ask(number):
        caller = Caller(running[0].url, KEY)
        answers.append(urge(caller, token, number).status_code)
        caller.session.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [201, 409, 409, 409, 409]
    with office.database.read() as connection:
        assert len(connection.execute(select(urges)).all()) == 1


def test_how_a_result_is_to_come_is_said_until_it_has_left(call, office):
    token = case(call, APPROVED)["token"]
    assert case(call, APPROVED)["delivery"] is None
    changed = deliver(call, token, POST).json()
    assert (changed["delivery"], changed["next_step"]["zh-CN"]) == (POST, "已办结，结果会按您填的地址寄出。")
    assert case(call, APPROVED) == changed
    counter = deliver(call, token, {"kind": "counter", "address": "忘了删"}).json()
    assert counter["delivery"] == {"kind": "counter", "receiver": "", "phone": "", "address": ""}
    assert said(deliver(call, token, POST | {"address": "太短", "phone": "1"})) == (422, "form_invalid", ("delivery.phone", "delivery.address"))
    assert deliver(call, token, POST).status_code == 200
    send(office, APPROVED, "9990000000009")
    sent = case(call, APPROVED)
    assert (sent["sent"], sent["waybill"], sent["next_step"]["en"]) == ("2026-11-20", "9990000000009", "Completed: the result has been posted.")
    for number in (APPROVED, POSTED, WITHDRAWN):
        assert said(deliver(call, case(call, number)["token"], {"kind": "electronic"}, OWNERS.get(number, WHO)))[:2] == (409, "delivery_closed")
    assert said(deliver(call, "A" * 22, POST))[:2] == (404, "not_found")
    assert deliver(call, case(call, MOVING)["token"], {"kind": "electronic"}, JIA).json()["next_step"] == case(call, MOVING)["next_step"]
    with pytest.raises(ProblemError):
        send(office, APPROVED)


def test_whoever_has_found_the_slip_may_read_and_urge_but_not_redirect(call):
    before = case(call, BROUGHT)
    named, numbered = JIA | {"name": WHO["name"]}, JIA | {"number": WHO["number"]}
    for stranger in (JIA, named, numbered):  # the first is who brought it: a helper shows both cards
        assert said(deliver(call, before["token"], POST, stranger))[:2] == (403, "not_the_applicant")
    assert said(call("PUT", "/v1/cases/delivery", {"token": before["token"], "delivery": POST})) == (422, "invalid", ("body.person",))
    assert case(call, BROUGHT) == before
    assert urge(call, before["token"]).status_code == 201
    assert deliver(call, before["token"], POST, WHO | {"name": "测试・长 者"}).json()["delivery"] == POST


@pytest.mark.parametrize(("granted", "state", "stages"), [(True, "approved", ["done"] * 3), (False, "rejected", ["rejected", "waiting", "waiting"])])
def test_from_the_application_to_the_printed_decision(call, office, clock, granted, state, stages):
    put_item(office)
    put_guides(office, replace(restaurant(), code="t-other"))
    applicant = Applicant(call)
    receipt = applicant.submit(delivery={"kind": "electronic"}).json()
    clock.go(days=14)
    assert applicant.by_token(receipt["token"]).json()["acts"] == ["urge", "delivery"]
    assert urge(call, receipt["token"]).status_code == 201
    decide(office, receipt["number"], decision(issued=office.today()), granted=granted)
    decided = applicant.by_token(receipt["token"]).json()
    assert (decided["state"], [stage["state"] for stage in decided["stages"]]) == (state, stages)
    assert decided["acts"] == ["result", "rate", "delivery"]
    assert decided["deadline"]["used_days"] == 10
    assert open_reminders(office) == ()
    printed = call("POST", "/v1/results/print", {"nonce": nonce(1), "token": receipt["token"], "person": JIA})
    assert printed.status_code == 200, printed.text
    assert (printed.json()["number"], printed.json()["copy"]) == ("XK1", 1)
    with pytest.raises(ProblemError):
        decide(office, receipt["number"], decision(issued=office.today()), granted=granted)
    whole = applicant.materials(health={"answer": "have", "uploads": [applicant.picture()]})
    assert applicant.submit(materials=whole).status_code == 201  # the earlier one is closed, so this is no second one
    assert applicant.submit(item="t-other").status_code == (201 if granted else 409)  # a refused one's promise is still owed
