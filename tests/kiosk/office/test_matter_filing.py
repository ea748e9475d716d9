import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from desk_help import Desk, at_once
from hypothesis import given, settings
from hypothesis import strategies as st
from matter_help import JIA, PHONE, YI, by_number, filed, handled, opened, put_catalogue, say, source
from office_help import KEY, Caller
from sqlalchemy import func, select

from kiosk.backend import client
from kiosk.backend.messages.matters import MatterKind
from kiosk.office.catalogue.publishing import publish
from kiosk.office.matters import finding
from kiosk.office.matters.rules import set_days
from kiosk.office.paper_numbers import as_printed
from kiosk.office.tables import matters, paper_numbers

OVERDUE_TOKEN = "990000000001"


@pytest.fixture(autouse=True)
def _catalogue(office):
    put_catalogue(office)


@pytest.mark.postgres
def test_each_kind_has_its_number_and_due_date(call):
    question = filed(call, 1, "question", "t-pension")
    order = filed(call, 2, "order", "noise", person=JIA, agent=YI)
    complaint = filed(call, 3, "complaint", "manner", phone=PHONE)
    assert [one["number"] for one in (question, order, complaint)] == ["ZX-20261120-0001", "GD-20261120-0001", "TS-20261120-0001"]
    # Friday the 20th: Monday is the first day that counts
    assert [one["due"] for one in (question, order, complaint)] == ["2026-11-25", "2026-11-27", "2026-11-27"]
    assert [one["about"]["zh-CN"] for one in (question, order, complaint)] == ["测试事项t-pension", "噪音", "服务态度"]
    assert filed(call, 4, "question", "")["about"] is None
    for one in (question, order, complaint):
        assert re.fullmatch(r"[0-9]{6}", one["code"])
        assert (one["state"], one["late"], one["can_rate"], one["answer"]) == ("received", False, False, "")
        assert [(stage["state"], stage["at"]) for stage in one["stages"]] == [("received", "2026-11-20T10:00:00+08:00")]
        assert opened(call, one) == one


def test_due_days_can_be_set(call, office):
    set_days(office.database, MatterKind.QUESTION, 1)
    assert filed(call, 1, "question", "")["due"] == "2026-11-23"
    set_days(office.database, MatterKind.QUESTION, 10)
    assert filed(call, 2, "question", "")["due"] == "2026-12-04"
    for days in (0, 251):
        with pytest.raises(ValueError, match="1 to 250"):
            set_days(office.database, MatterKind.QUESTION, days)


def test_the_same_nonce_is_the_same_matter_and_no_other(call, call_other):
    first = filed(call, 1)
    again = call("POST", "/v1/matters", say(1))
    assert (again.status_code, again.json()) == (200, first)
    for other in (call("POST", "/v1/matters", say(1, text="测试：别的")), call_other("POST", "/v1/matters", say(1))):
        assert (other.status_code, other.json()["code"]) == (409, "nonce_reused")
    assert filed(call, 2)["number"] == "GD-20261120-0002"


def test_what_the_catalogue_does_not_have_is_refused_and_takes_no_number(call):
    for kind, about in (("question", "gone"), ("order", ""), ("order", "manner"), ("complaint", "noise")):
        answer = call("POST", "/v1/matters", say(1, kind, about))
        assert (answer.status_code, answer.json()["code"]) == (409, "stale_catalogue"), (kind, about)
    assert call("POST", "/v1/matters", say(1, case="A" * 22)).status_code == 404
    assert filed(call, 2)["number"] == "GD-20261120-0001"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": " \n\t "},
        {"text": "名" * 1001},
        {"text": "a\x00b"},
        {"text": "a\x1bb"},
        {"phone": "dial me"},
        {"kind": "praise"},
        {"about": "../x"},
        {"case": "x"},
        {"person": {"number": "9"}},
    ],
)
def test_out_of_limits(call, wrong):
    answer = call("POST", "/v1/matters", say(1, **wrong))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    field = next(iter(wrong))
    assert any(name.startswith(f"body.{field}") for name in answer.json()["fields"])


def test_words_of_all_kinds_come_back_as_they_were_said(call):
    said = "测试 𠮷䶮㛃\n第二行\t😀 <b>'; DROP TABLE matters; --"
    assert opened(call, filed(call, 1, text=said))["text"] == said


def test_it_may_be_about_a_case(call, office):
    case = call.by_number(OVERDUE_TOKEN, "0016").json()
    number = filed(call, 1, "complaint", "manner", case=case["token"])["number"]
    with office.database.read() as connection:
        assert connection.execute(select(matters.c.case).where(matters.c.number == number)).scalar_one() == OVERDUE_TOKEN


def test_of_person_needs_number_and_name_together(call, clock):
    first = filed(call, 1, person=JIA)
    filed(call, 2)
    filed(call, 3, person=YI, agent=JIA)
    clock.go(hours=1)
    second = filed(call, 4, "complaint", "manner", person=JIA)
    mine = call("POST", "/v1/matters/of-person", {"person": JIA}).json()
    assert mine == [second, first]
    assert call("POST", "/v1/matters/of-person", {"person": {**JIA, "name": YI["name"]}}).json() == []


def test_by_number_needs_the_digits_too_and_says_not_which_was_wrong(call):
    matter = filed(call, 1)
    assert by_number(call, matter["number"].lower(), matter["code"]).json() == matter
    other = f"{(int(matter['code']) + 1) % 1000000:06d}"
    wrong, unknown = by_number(call, matter["number"], other), by_number(call, "GD-20261120-9999", matter["code"])
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.content == unknown.content


@pytest.mark.postgres
def test_guessing_the_digits_is_braked(call, call_other, clock):
    matter = filed(call, 1)
    wrong = [f"{(int(matter['code']) + n) % 1000000:06d}" for n in range(1, 6)]
    assert [by_number(call, matter["number"], code).status_code for code in wrong] == [404] * 5
    for asking in (call, call_other):
        answer = by_number(asking, matter["number"], matter["code"])
        assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "rate_limited", "900")
    assert call("POST", "/v1/matters/by-token", {"token": matter["token"]}).status_code == 200
    clock.go(minutes=15)
    assert by_number(call, matter["number"], matter["code"]).status_code == 200


def test_a_keypad_has_no_hyphens(call):
    matter = filed(call, 1)
    plain = matter["number"].replace("-", "")
    wrong = f"{(int(matter['code']) + 1) % 1000000:06d}"
    for way in (plain, plain.lower(), f"GD-{plain[2:]}"):
        assert by_number(call, way, matter["code"]).json() == matter
    for way in (plain, matter["number"], f"G-D{plain[2:]}", plain.lower(), f"{plain}-"):
        assert by_number(call, way, wrong).status_code == 404
    assert by_number(call, matter["number"], matter["code"]).status_code == 429  # they were all tries at the same number


@given(st.text("GDzx0123456789-", max_size=24))
@settings(derandomize=True, max_examples=200)
def test_what_is_typed_is_one_number_however_it_is_typed(typed):
    number = as_printed(typed)
    assert as_printed(number) == number == as_printed(typed.lower()) == as_printed(typed.replace("-", ""))
    assert number.replace("-", "") == typed.replace("-", "").upper()


def test_what_the_citizen_saw_before_the_last_publishing_is_still_taken(call, office, clock):
    clock.go(minutes=1)
    with office.database.write() as connection:
        publish(connection, replace(source(), order_kinds=(), complaint_kinds=()), office.now())  # without any guide either
    clock.go(hours=23)
    kinds = {"question": "t-pension", "order": "noise", "complaint": "manner"}
    said = [filed(call, n, kind, about)["about"]["zh-CN"] for n, (kind, about) in enumerate(kinds.items())]
    assert said == ["测试事项t-pension", "噪音", "服务态度"]
    clock.go(hours=2)
    for n, (kind, about) in enumerate(kinds.items(), 10):
        assert call("POST", "/v1/matters", say(n, kind, about)).json()["code"] == "stale_catalogue"


def test_the_most_matters_of_a_person_fit_into_a_reply(call, running):
    longest = {"text": "名" * 1000, "person": JIA}
    number = filed(call, 1, **longest)["number"]
    with Desk(running[0].url) as desk:
        handled(desk, number, "答" * 1000)
        desk.does(f"matters/{number}/close")
    (mine,) = call("POST", "/v1/matters/of-person", {"person": JIA}).json()
    assert len(json.dumps(mine, ensure_ascii=False).encode()) * finding._MOST < client._LARGEST_REPLY


def test_an_unknown_token_opens_nothing(call):
    assert call("POST", "/v1/matters/by-token", {"token": "A" * 22}).status_code == 404


@pytest.mark.postgres
def test_twenty_filed_at_once_get_twenty_numbers_and_one_nonce_one(running, office):
    url = running[0].url

    def job(body):
        def run():
            caller = Caller(url, KEY)
            answer = caller("POST", "/v1/matters", body)
            caller.session.close()
            return answer.status_code, answer.json()["number"]

        return run

    results = at_once(*[job(say(n)) for n in range(20)], *[job(say(999))] * 5)
    assert sorted({number for _, number in results}) == [f"GD-20261120-{n:04d}" for n in range(1, 22)]
    assert Counter(status for status, _ in results[20:]) == {201: 1, 200: 4}
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(matters)).scalar_one() == 21
        assert connection.execute(select(paper_numbers.c.last)).scalars().all() == [21]


def test_the_database_keeps_neither_code_nor_token_nor_identity_number(call, office):
    matter = filed(call, 1, person=JIA)
    with office.database.read() as connection:
        row = repr(connection.execute(select(matters)).all())
    assert matter["token"] not in row
    assert JIA["number"] not in row
    assert f"'{matter['code']}'" not in row
