import dataclasses
import json
import threading
from dataclasses import replace

import pytest
from application_help import ANSWERS, FORM, ITEM, JIA, SIGNED, YI, Applicant, jpeg, put_form, put_item, put_licence, restaurant, said
from booking_help import put_guides
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import KEY, OTHER_KEY, Caller, logged_requests
from sqlalchemy import func, select

from kiosk.backend.messages.applications import Submit
from kiosk.office.tables import applications, cases, promises, uploads

POST = {"kind": "post", "receiver": "测试·甲一", "phone": "13900000016", "address": "鹿城市示范区测试路1号"}


@pytest.fixture
def applicant(office, call):
    put_item(office)
    return Applicant(call)


def rows(office, table):
    with office.database.read() as connection:
        return connection.execute(select(table)).all()


@pytest.mark.postgres
def test_an_application_is_a_case_that_every_look_up_shows(applicant, call, office):
    answer = applicant.submit(delivery=POST, agent=YI)
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt["number"] == "202611200001"
    assert (receipt["accepted"], receipt["promised_date"]) == ("2026-11-20T10:00:00+08:00", "2026-11-27")
    case = applicant.by_token(receipt["token"]).json()
    assert (case["number"], case["state"], case["applicant"], case["agent"]) == (receipt["number"], "accepted", JIA["name"], YI["name"])
    assert [(s["step"], s["state"], s["suspends_clock"]) for s in case["stages"]] == [(1, "inProgress", False), (2, "waiting", True), (3, "waiting", False)]
    assert case["deadline"]["promised_date"] == receipt["promised_date"]
    assert case["delivery"] == POST
    assert case["missing"] == [{"zh-CN": "健康证明", "en": "Health certificate"}]
    assert case["acts"] == ["delivery"]
    assert call.by_number(receipt["number"], "0016").json() == case
    assert receipt["number"] in {one["number"] for one in call.of_person(JIA["number"], JIA["name"]).json()}
    (kept,) = rows(office, applications)
    assert kept.answers == ANSWERS
    assert (kept.agent, kept.signature) == (YI["number"], SIGNED)
    assert kept.materials["id"] == {"answer": "have"}
    assert [(one.about, one.material, str(one.due), one.owed) for one in rows(office, promises)] == [(receipt["number"], "health", "2026-11-27", True)]
    assert [(one.case, one.material) for one in rows(office, uploads)] == [(receipt["number"], "id"), (receipt["number"], "plan")]


@pytest.mark.postgres
def test_the_same_nonce_is_the_same_receipt_and_no_other_application(applicant, call_other, office):
    body = applicant.body()
    first = applicant.call("POST", "/v1/applications", body)
    again = applicant.call("POST", "/v1/applications", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    for other in (body | {"phone": "13900000017"}, body | {"person": YI}, body | {"answers": {}}):
        assert said(applicant.call("POST", "/v1/applications", other))[1] == "nonce_reused"
    assert said(call_other("POST", "/v1/applications", body))[1] == "nonce_reused"
    assert len(rows(office, applications)) == 1


@pytest.mark.postgres
def test_two_terminals_at_once_open_one_case_of_an_item(applicant, running, office):
    callers = [Caller(running[0].url, KEY), Caller(running[0].url, KEY), Caller(running[0].url, OTHER_KEY)]
    makers = [Applicant(one) for one in callers]
    bodies = [one.body() for one in makers]
    gate, answers = threading.Barrier(3), []

    def hand_in(one, body):
        gate.wait(30)
        answers.append(one.call("POST", "/v1/applications", body))

    threads = [threading.Thread(target=hand_in, args=pair) for pair in zip(makers, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for caller in callers:
        caller.session.close()
    assert sorted(one.status_code for one in answers) == [201, 409, 409]
    assert {said(one)[1] for one in answers if one.status_code == 409} == {"duplicate_case"}
    assert len(rows(office, applications)) == 1


def test_numbers_count_through_a_day_and_another_person_or_day_is_no_duplicate(applicant, clock):
    first = applicant.submit()
    assert said(applicant.submit())[:2] == (409, "duplicate_case")
    second = applicant.submit(person=YI)
    clock.go(days=3)
    assert said(applicant.submit())[:2] == (409, "duplicate_case")
    third = applicant.submit(person={"number": "XXA999988122501", "name": "测试外一"})
    assert [one.json()["number"] for one in (first, second, third)] == ["202611200001", "202611200002", "202611230001"]


def test_a_catalogue_switched_meanwhile_is_taken_for_a_day(applicant, office, clock):
    put_guides(office, restaurant(2))
    put_form(office, replace(FORM, version=2))
    assert applicant.submit().status_code == 201
    clock.go(hours=25)
    assert said(applicant.submit(person=YI))[:2] == (409, "stale_catalogue")
    assert said(applicant.submit(person=YI, item_version=2))[:2] == (409, "stale_catalogue")
    assert applicant.submit(person=YI, item_version=2, form_version=2).status_code == 201
    for more in ({"item": "nothing"}, {"item_version": 9, "form_version": 2}, {"form": "nothing"}):
        assert said(applicant.submit(**{"item_version": 2, "form_version": 2} | more))[:2] == (409, "stale_catalogue")


WRONG = [
    ({}, {}, tuple(f.key for f in FORM.fields[:8])),
    (ANSWERS | {"seats": "501"}, {}, ("seats",)),
    (ANSWERS | {"kind": "drink"}, {}, ("dishes",)),
    (ANSWERS | {"nobody": "asked"}, {}, ("answers",)),
    (ANSWERS, {"signature": ""}, ("signature",)),
    (ANSWERS, {"signature": "M 1 1 L 2 2"}, ("signature",)),
    (ANSWERS, {"delivery": {"kind": "post"}}, ("delivery.receiver", "delivery.phone", "delivery.address")),
    (ANSWERS | {"shop": "x"}, {"signature": "x", "delivery": POST | {"address": " "}}, ("shop", "signature", "delivery.address")),
]


def test_all_faults_are_named_at_once_and_none_repeated(applicant, office):
    materials = applicant.materials()
    for answers, more, fields in WRONG:
        answer = applicant.submit(answers=answers, materials=materials, **more)
        assert said(answer) == (422, "form_invalid", fields)
        assert not set(answers.values()) & set(answer.text.split('"'))
    assert rows(office, applications) == []
    assert applicant.submit(materials=materials).status_code == 201  # nothing was lost by it


def test_an_unsigned_form_wants_no_signature(applicant, office):
    put_form(office, replace(FORM, signed=False))
    assert said(applicant.submit())[2] == ("signature",)
    assert applicant.submit(signature="").status_code == 201


def test_one_does_not_act_for_oneself(applicant):
    assert said(applicant.submit(agent=JIA)) == (422, "invalid", ("body.agent",))


def test_materials_as_the_guide_wants_them(applicant, office, clock, call_other):
    good = applicant.materials()
    strange = Applicant(call_other).picture()
    have = good["id"]["uploads"]
    given = [
        ({"plan": None}, "material_missing", ("plan",)),
        ({"plan": {"answer": "missing"}, "id": {"answer": "faulty"}}, "material_missing", ("id", "plan")),
        ({"plan": {"answer": "have"}}, "material_missing", ("plan",)),
        ({"plan": {"answer": "notNeeded"}}, "material_missing", ("plan",)),
        ({"plan": {"answer": "later"}}, "not_deferrable", ("plan",)),
        ({"plan": {"answer": "licence", "licence": "A" * 22}}, "licence_invalid", ("plan",)),
        ({"id": {"answer": "licence", "licence": "A" * 22}}, "licence_invalid", ("id",)),
        ({"id": {"answer": "licence"}}, "licence_invalid", ("id",)),
        ({"plan": {"answer": "have", "uploads": ["0" * 32]}}, "upload_invalid", ("plan",)),
        ({"plan": {"answer": "have", "uploads": [strange]}}, "upload_invalid", ("plan",)),
        ({"plan": {"answer": "have", "uploads": have}}, "upload_invalid", ("id", "plan")),
        ({"health": {"answer": "later", "uploads": [applicant.picture()]}}, "upload_invalid", ("health",)),
        ({"other": {"answer": "have"}}, "invalid", ("body.materials",)),
    ]
    for more, code, fields in given:
        materials = {key: one for key, one in (good | more).items() if one}
        assert said(applicant.submit(materials=materials)) == (422, code, fields), more
    clock.go(hours=24, seconds=1)
    assert said(applicant.submit(materials=good)) == (422, "upload_invalid", ("id", "plan"))
    assert rows(office, cases)[-1].item_code is None


def test_a_licence_of_the_person_stands_for_the_paper(applicant, office):
    mine, gone = put_licence(office), put_licence(office, number="L2", revoked=office.today())
    theirs, other = put_licence(office, YI, number="L3"), put_licence(office, kind="degree", number="L4")
    for token in (gone, theirs, other):
        refused = applicant.submit(materials=applicant.materials(id={"answer": "licence", "licence": token}))
        assert said(refused) == (422, "licence_invalid", ("id",))
    assert applicant.submit(materials=applicant.materials(id={"answer": "licence", "licence": mine})).status_code == 201
    (kept,) = rows(office, applications)
    assert kept.materials["id"] == {"answer": "licence", "kind": "id-card", "number": "L1"}
    assert mine not in str(kept)


def test_who_broke_a_promise_may_make_no_other(applicant, office, clock, call):
    assert applicant.submit().status_code == 201
    clock.go(days=30)
    put_guides(office, replace(restaurant(), code="t-other"))
    assert said(applicant.submit(item="t-other"))[:2] == (409, "promise_barred")
    whole = applicant.materials(health={"answer": "have", "uploads": [applicant.picture()]})
    assert applicant.submit(item="t-other", materials=whole).status_code == 201


def test_pictures_are_taken_once(applicant, office):
    body = applicant.body()
    assert applicant.call("POST", "/v1/applications", body).status_code == 201
    assert said(applicant.submit(person=YI, materials=body["materials"])) == (422, "upload_invalid", ("id", "plan"))
    with office.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(applications)).scalar_one() == 1


def test_an_item_without_process_or_place_here_still_says_who_handles_it(applicant, office):
    put_guides(office, restaurant(process=(), places=(), materials=()))
    case = applicant.by_token(applicant.submit(materials={}).json()["token"]).json()
    assert [stage["name"]["zh-CN"] for stage in case["stages"]] == ["办理"]
    assert case["window"]["zh-CN"] == "自助机受理"
    assert case["next_step"]["zh-CN"] == "等待审查，无需您做任何事。"


def test_limits_of_the_body(applicant):
    body = applicant.body()
    out = [
        ({"phone": "110"}, "body.phone"),
        ({"item_version": 0}, "body.item_version"),
        ({"person": {"number": "1", "name": ""}}, "body.person.name"),
        ({"signature": "M 1 1" * 5000}, "body.signature"),
        ({"materials": {"id": {"answer": "have", "uploads": ["0" * 32] * 13}}}, "body.materials.id.uploads"),
        ({"delivery": {"kind": "pigeon"}}, "body.delivery.kind"),
    ]
    for more, name in out:
        status, code, fields = said(applicant.call("POST", "/v1/applications", body | more))
        assert (status, code) == (422, "invalid")
        assert name in fields
    assert applicant.call("POST", "/v1/applications", body | {"answers": {"shop": "x" * 200_000}}).status_code == 413


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=[]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.sampled_from(["answer", "uploads", "id", "kind"]), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from([one.name for one in dataclasses.fields(Submit)]), anything, min_size=1, max_size=3))
def test_no_application_whatever_makes_the_office_fail(applicant, changes):
    body = applicant.body(materials={}) | changes
    answer = applicant.call.session.post(f"{applicant.call.url}/v1/applications", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code in {409, 422}, answer.text


def test_nothing_of_a_person_reaches_the_log(applicant, caplog):
    with caplog.at_level("DEBUG"):
        applicant.submit()
        applicant.submit(answers=ANSWERS | {"number": "999999199001010017"})
        applicant.upload(jpeg(), nonce="a-nonce-of-a-picture-1")
        logged_requests(caplog, "PUT /v1/uploads/{nonce} 201")
    product = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("urllib3"))
    for secret in ("9999991990", "测试", "13900000016", "鹿角", "a-nonce-of-a-picture-1", ITEM):
        assert secret not in product
