import pytest
from application_help import JIA, said
from office_help import nonce
from sqlalchemy import func, select

from kiosk.office.tables import case_results, cases

ELDER, MOVING, REFUSED = ("990000000009", "0061"), ("990000000002", "0016"), ("990000000007", "1041")
WHO = {"number": "999999194101010061", "name": "测试·长者"}
SURROGATE = {"number": "99999919920308104X", "name": "测试𠮷"}


def token(call, number, tail):
    return call.by_number(number, tail).json()["token"]


def prints(call, opened, number=1, who=WHO, **more):
    return call("POST", "/v1/results/print", {"nonce": nonce(number), "token": opened, "person": who} | more)


@pytest.mark.postgres
def test_a_result_is_printed_as_counted_copies(call, clock):
    opened = token(call, *ELDER)
    first = prints(call, opened, purpose="补办手续").json()
    assert (first["title"]["zh-CN"], first["copy"], first["purpose"]["zh-CN"]) == ("基本养老金核定表", 1, "补办手续")
    assert {fact["label"]["zh-CN"]: fact["value"] for fact in first["facts"]}["申请人"] == "测试·长者"
    assert prints(call, opened, purpose="补办手续").json() == first
    assert said(prints(call, opened))[:2] == (409, "nonce_reused")
    assert [prints(call, opened, n).json()["copy"] for n in (2, 3, 4, 5)] == [2, 3, 4, 5]
    assert said(prints(call, opened, 6))[:2] == (409, "print_limit")
    clock.go(days=1)
    again = prints(call, opened, 6).json()
    assert (again["copy"], again["number"]) == (6, first["number"])
    verified = call("GET", first["verify_url"].removeprefix("https://office.invalid"))
    assert verified.json()["standing"] == "genuine"


@pytest.mark.parametrize(
    "stranger", [JIA, JIA | {"name": WHO["name"]}, JIA | {"number": WHO["number"]}, WHO | {"name": "测试·长者二"}, WHO | {"number": "9" * 18}]
)
def test_whoever_has_found_the_slip_prints_nothing_and_nothing_is_counted(call, stranger):
    opened = token(call, *ELDER)
    for number in (1, 2, 3, 4, 5, 6):
        assert said(prints(call, opened, number, stranger))[:2] == (403, "not_the_applicant")
    assert call("POST", "/v1/cases/by-token", {"token": opened}).status_code == 200
    assert prints(call, opened, 1).json()["copy"] == 1
    assert said(prints(call, opened, 1, stranger))[:2] == (403, "not_the_applicant")  # nor what the applicant has printed


def test_a_name_is_compared_without_the_spaces_and_dots_that_systems_differ_in(call):
    assert prints(call, token(call, *ELDER), who=WHO | {"name": "测试 • 长者"}).json()["copy"] == 1


def test_a_refusal_is_a_result_too(call):
    document = prints(call, token(call, *REFUSED), who=SURROGATE).json()
    assert document["title"]["en"] == "Refusal of a permit"
    assert document["expires"] is None
    assert len(document["text"]) == 2


def test_what_has_no_result(call, call_stranger):
    assert said(prints(call, token(call, *MOVING)))[:2] == (403, "not_the_applicant")
    assert said(prints(call, token(call, *MOVING), who=JIA))[:2] == (409, "no_result_yet")
    assert said(prints(call, "A" * 22))[:2] == (404, "not_found")
    assert said(call("POST", "/v1/results/print", {"nonce": nonce(1), "token": "A" * 22})) == (422, "invalid", ("body.person",))
    assert said(prints(call, "short", purpose="x" * 1001)) == (422, "invalid", ("body.purpose", "body.token"))
    assert said(prints(call_stranger, "A" * 22))[:2] == (401, "unauthorised")


def test_every_finished_case_of_the_made_up_city_has_a_result(office):
    with office.database.read() as connection:
        finished = connection.execute(select(func.count()).where(cases.c.state.in_(["approved", "rejected"]))).scalar_one()
        rows = connection.execute(select(case_results)).all()
    assert len(rows) == finished > 30
    assert len({row.number for row in rows}) == len(rows)
    assert all(row.expires is None or row.expires > row.issued for row in rows)
