"""Applications at the desks of the hall in which they were handed in: seen, sent back for what is missing, decided, handed out."""

from dataclasses import replace

import pytest
from application_help import FORM, JIA, Applicant, put_form, put_item, said
from desk_help import Desk, at_once
from office_help import nonce
from sqlalchemy import select

from kiosk.office.tables import sms_outbox

WORDS = "经审查，符合法定条件，准予许可。"


@pytest.fixture
def desk(running, office):
    put_item(office)
    with Desk(running[0].url) as signed_in:
        yield signed_in


@pytest.fixture
def applicant(call):
    return Applicant(call)


def handed_in(applicant, **more):
    answer = applicant.submit(**more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def seen(call, receipt):
    return call("POST", "/v1/cases/by-token", {"token": receipt["token"]}).json()


def got(desk, path, status=200, **query):
    answer = desk.session.get(f"{desk.url}/{path}", params=query, timeout=20)
    assert answer.status_code == status, answer.text
    return answer


def messages(office):
    with office.database.read() as connection:
        return [row.text for row in connection.execute(select(sms_outbox).order_by(sms_outbox.c.put))]


def days_later(clock, desk, days):
    clock.go(days=days)
    assert desk("sign-in", **desk.who).status_code == 200


@pytest.mark.postgres
def test_from_the_list_to_the_printed_decision(call, applicant, desk, office, clock):
    receipt = handed_in(applicant)
    path = f"cases/{receipt['number']}"
    answered = got(desk, "cases")
    (listed,) = answered.json()["cases"]
    assert (listed["number"], listed["due"], "applicant" in listed) == (receipt["number"], receipt["promised_date"], False)
    assert answered.headers["Cache-Control"] == got(desk, path).headers["Cache-Control"] == "no-store"
    whole = got(desk, path).json()
    assert [(one["name"]["en"], one["kept"]) for one in whole["promises"]] == [("Health certificate", None)]
    assert (whole["applicant"], whole["phone"], whole["answers"][3]["value"]) == (JIA["name"], "13900000016", "鹿角小馆")
    assert [one["answer"] for one in whole["materials"]] == ["have", "have", "later", "notNeeded"]
    (upload,) = whole["materials"][0]["pictures"]
    shown = got(desk, f"{path}/pictures/{upload}")
    assert (shown.headers["Content-Type"], shown.headers["Cache-Control"], shown.content[:2]) == ("image/jpeg", "no-store", b"\xff\xd8")
    asked = desk.does(f"{path}/missing", missing=["法定代表人身份证明", "场地合同"])
    assert (asked["state"], [one["zh-CN"] for one in asked["missing"]]) == ("needsMaterial", ["法定代表人身份证明", "场地合同"])
    used = seen(call, receipt)["deadline"]["used_days"]
    days_later(clock, desk, 5)
    assert seen(call, receipt)["deadline"]["used_days"] == used
    came = desk.does(f"{path}/came-in")
    assert (came["state"], [one["en"] for one in came["missing"]]) == ("inProgress", ["Health certificate"])  # promised, so still awaited
    decided = desk.does(f"{path}/decide", granted=True, text=WORDS)
    assert (decided["state"], decided["decided"][0]["zh-CN"], decided["decided_by"]) == ("approved", WORDS, "city/1001")
    assert got(desk, "cases").json()["cases"] == []
    printed = call("POST", "/v1/results/print", {"nonce": nonce(1), "token": receipt["token"], "person": JIA}).json()
    assert (printed["number"], printed["text"][0]["zh-CN"], printed["title"]["en"]) == ("JD-20261125-0001", WORDS, "Decision to grant")
    assert [one["number"] for one in got(desk, "cases", granted=True).json()["cases"]] == [receipt["number"]]
    out = desk.does(f"{path}/sent", waybill="")
    assert got(desk, "cases", granted=True).json()["cases"] == []
    assert (out["sent"], seen(call, receipt)["next_step"]["en"]) == ("2026-11-25", "Completed: the result has been collected.")
    missing, done = messages(office)
    assert "法定代表人身份证明；场地合同" in missing
    assert "已办结" in done
    assert JIA["name"] not in missing + done


def test_the_same_act_again_changes_nothing_and_another_order_is_refused(call, applicant, desk, office):
    receipt = handed_in(applicant)
    path = f"cases/{receipt['number']}"
    for act, body in (("came-in", {}), ("sent", {"waybill": ""})):
        assert desk.refused(f"{path}/{act}", **body) == "wrong_state"
    for act, body in (("missing", {"missing": ["合同"]}), ("came-in", {}), ("decide", {"granted": True, "text": WORDS}), ("sent", {"waybill": "9990000000009"})):
        first = desk.does(f"{path}/{act}", **body)
        assert desk.does(f"{path}/{act}", **body) == first
    others = (("missing", {"missing": ["别的"]}), ("came-in", {}), ("decide", {"granted": False, "text": WORDS}), ("sent", {"waybill": "1"}))
    for act, body in others:
        assert desk.refused(f"{path}/{act}", **body) == "wrong_state"
    assert len(messages(office)) == 2


def test_what_is_printed_at_a_terminal_waits_for_nobody_to_hand_it_out(applicant, desk):
    for delivery in ({"kind": "electronic"}, {"kind": "post", "receiver": "测试", "phone": "13900000016", "address": "测试路1号2栋"}):
        receipt = handed_in(applicant, delivery=delivery)
        desk.does(f"cases/{receipt['number']}/decide", granted=True, text=WORDS)
    assert [one["number"] for one in got(desk, "cases", granted=True).json()["cases"]] == [receipt["number"]]


def test_a_clerk_reads_what_was_chosen_by_its_name(applicant, desk, office):
    named = {"hot": "热食", "cold": "冷食", "cake": "糕点"}
    fields = tuple(
        replace(one, choices=tuple(replace(c, name={"zh-CN": named.get(c.code, c.code)}) for c in one.choices)) for one in FORM.fields
    )
    put_form(office, replace(FORM, fields=fields))
    answers = got(desk, f"cases/{handed_in(applicant)['number']}").json()["answers"]
    assert answers[-1]["value"] == "热食、糕点"


def test_a_refusal_says_why_on_the_paper(call, applicant, desk):
    receipt = handed_in(applicant)
    desk.does(f"cases/{receipt['number']}/decide", granted=False, text="场所不符合要求。")
    assert seen(call, receipt)["state"] == "rejected"
    printed = call("POST", "/v1/results/print", {"nonce": nonce(1), "token": receipt["token"], "person": JIA}).json()
    assert (printed["title"]["zh-CN"], printed["text"][0]["zh-CN"]) == ("不予许可决定书", "场所不符合要求。")
    assert desk.refused(f"cases/{receipt['number']}/sent", waybill="") == "wrong_state"


def overdue(call, desk, clock, receipt):
    """The case, some days after its promised time; desks have signed in anew."""
    days_later(clock, desk, 60)
    assert seen(call, receipt)["state"] == "overdue"


def reminded(call, receipt, n=1):
    answer = call("POST", "/v1/cases/urge", {"nonce": nonce(n), "token": receipt["token"]})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.postgres
def test_a_reminder_is_seen_in_the_list_and_answered_once(call, applicant, desk, office, clock):
    receipt = handed_in(applicant)
    path = f"cases/{receipt['number']}"
    overdue(call, desk, clock, receipt)
    assert (got(desk, "cases").json()["cases"][0]["urged"], got(desk, path).json()["urge"]) == (None, None)
    urge = reminded(call, receipt)
    assert got(desk, "cases").json()["cases"][0]["urged"] == urge["due"]
    assert got(desk, path).json()["urge"] == {name: urge[name] for name in ("number", "at", "due")}
    answer = {"urge": urge["number"], "text": "正在加急办理，三日内办结。"}
    first = desk.does(f"{path}/answer-urge", **answer)
    assert (first["urge"], first["next_step"]["zh-CN"], first["state"]) == (None, answer["text"], "overdue")
    assert desk.does(f"{path}/answer-urge", **answer) == first
    assert desk.refused(f"{path}/answer-urge", **answer | {"text": "别的"}) == "wrong_state"
    assert [one for one in messages(office) if answer["text"] in one] == messages(office)
    assert len(messages(office)) == 1
    case = seen(call, receipt)
    assert (case["next_step"]["zh-CN"], "urge" in case["acts"]) == (answer["text"], True)
    reminded(call, receipt, 2)
    assert desk.does(f"{path}/decide", granted=True, text=WORDS)["urge"] is None  # the decision answers it too


def test_a_reminder_of_another_case_is_not_answered_here(call, applicant, desk, office, clock, running):
    mine, other = handed_in(applicant), handed_in(applicant, person={"number": "999999198506120021", "name": "测试·乙二"})
    overdue(call, desk, clock, other)
    urge = reminded(call, other)
    body = {"urge": urge["number"], "text": "好"}
    assert desk(f"cases/{mine['number']}/answer-urge", **body).status_code == 404
    with Desk(running[0].url, "2001", "1", "lujiao") as stranger:
        assert stranger(f"cases/{other['number']}/answer-urge", **body).status_code == 404
    assert got(desk, f"cases/{other['number']}").json()["urge"]["number"] == urge["number"]
    assert messages(office) == []


@pytest.mark.postgres
def test_two_clerks_at_once_answer_a_reminder_once(call, applicant, desk, running, office, clock):
    receipt = handed_in(applicant)
    overdue(call, desk, clock, receipt)
    urge = reminded(call, receipt)
    path = f"cases/{receipt['number']}/answer-urge"
    with Desk(running[0].url, "1002", "2") as colleague:
        answers = at_once(*(lambda one=one: one[0](path, urge=urge["number"], text=one[1]) for one in ((desk, "快了"), (colleague, "请等"))))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(messages(office)) == 1


@pytest.mark.postgres
def test_two_clerks_at_once_decide_once(call, applicant, desk, running, office):
    receipt = handed_in(applicant)
    with Desk(running[0].url, "1002", "2") as colleague:
        path = f"cases/{receipt['number']}/decide"
        answers = at_once(lambda: desk(path, granted=True, text=WORDS), lambda: colleague(path, granted=False, text=WORDS))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    granted = answers[0].status_code == 200
    assert seen(call, receipt)["state"] == ("approved" if granted else "rejected")
    assert len(messages(office)) == 1


def test_another_halls_desk_sees_nothing_of_it(call, applicant, desk, running):
    receipt = handed_in(applicant)
    upload = got(desk, f"cases/{receipt['number']}").json()["materials"][0]["pictures"][0]
    with Desk(running[0].url, "2001", "1", "lujiao") as stranger:
        assert got(stranger, "cases").json()["cases"] == []
        for path in ("", f"/pictures/{upload}"):
            got(stranger, f"cases/{receipt['number']}{path}", 404)
        assert stranger(f"cases/{receipt['number']}/decide", granted=True, text=WORDS).status_code == 404
    second = handed_in(applicant, person={"number": "999999198506120021", "name": "测试·乙二"})
    got(desk, f"cases/{second['number']}/pictures/{upload}", 404)
    got(desk, f"cases/{second['number']}/pictures/{'0' * 32}", 404)
    assert seen(call, receipt)["state"] == "accepted"


def test_a_long_list_comes_in_pages(call, applicant, desk):
    numbers = [handed_in(applicant, person={"number": f"99999919900101{n:04d}", "name": "测试·甲一"})["number"] for n in range(3)]
    first = got(desk, "cases", limit=2).json()
    assert ([one["number"] for one in first["cases"]], first["next"]) == (numbers[:2], numbers[1])
    rest = got(desk, "cases", after=first["next"]).json()
    assert ([one["number"] for one in rest["cases"]], rest["next"]) == (numbers[2:], None)
    got(desk, "cases", 404, after="209901010001")


def test_nobody_without_a_seat_and_no_page_of_others(call, applicant, desk):
    path = f"cases/{handed_in(applicant)['number']}"
    desk.session.headers.pop("X-Requested-With")
    assert desk(f"{path}/decide", granted=True, text=WORDS).status_code == 403
    desk.session.cookies.clear()
    got(desk, path, 401)
    got(desk, "cases", 401)


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("missing", {"missing": []}), ("missing", {"missing": ["  "]}), ("missing", {"missing": ["行\n行"]}), ("missing", {}),
        ("decide", {"granted": True, "text": " "}), ("decide", {"granted": True}), ("decide", {"text": WORDS}), ("sent", {"waybill": "1 2"}),
        ("answer-urge", {"text": "好"}), ("answer-urge", {"urge": "1", "text": "好"}), ("answer-urge", {"urge": "CB-20261120-0001", "text": " "}),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_nothing_done(call, applicant, desk, act, body):
    receipt = handed_in(applicant)
    answer = desk.session.post(f"{desk.url}/cases/{receipt['number']}/{act}", json=body, timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert said(answer)[2]
    assert seen(call, receipt)["state"] == "accepted"
