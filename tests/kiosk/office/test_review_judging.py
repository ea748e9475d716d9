import pytest
from booking_help import GOOD, JIA, MATERIALS, REVIEWED, YI, at, guide, put_guides, put_holiday, put_matters, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_help import nonce
from sqlalchemy import select, text, update

from kiosk.backend.messages import Person
from kiosk.backend.messages.catalogue import MaterialStage
from kiosk.backend.messages.reviews import MaterialAnswer
from kiosk.errors import Refusal
from kiosk.office.people import person_key
from kiosk.office.problems import ProblemError
from kiosk.office.reviews import for_ticket, promises
from kiosk.office.reviews.judging import judge
from kiosk.office.reviews.linking import at_window
from kiosk.office.tables import promises as promised
from kiosk.office.tables import reviews
from kiosk.office.workdays import WorkCalendar

TODAY = at("11-20").date()


class Reviewer:
    """A terminal that sends pre-reviews."""

    def __init__(self, call):
        self.call, self.count = call, 0

    def __call__(self, answers, person=JIA, item=REVIEWED, version=1, nonce_=None, **more):
        self.count += 1
        body = {"nonce": nonce_ or nonce(self.count), "item": item, "item_version": version, "person": person, "answers": answers}
        return self.call("POST", "/v1/reviews", {**body, **more})


@pytest.fixture
def review(office, call):
    put_matters(office)
    return Reviewer(call)


def judged(answers, licences=(), today=TODAY, materials=MATERIALS):
    return judge(guide(REVIEWED, materials=materials), answers, licences, today, WorkCalendar())


@pytest.mark.parametrize(
    ("answers", "licences", "faulty"),
    [
        (GOOD, [], []),
        ({}, [], ["id", "lease", "proxy"]),
        ({**GOOD, "id": "licence"}, ["id-card"], []),
        ({**GOOD, "id": "licence"}, ["other"], ["id"]),
        ({**GOOD, "id": "licence"}, [], ["id"]),
        ({**GOOD, "lease": "licence"}, ["id-card", ""], ["lease"]),  # none replaces it
        ({**GOOD, "lease": "later"}, [], []),
        ({**GOOD, "id": "later", "proxy": "later"}, [], ["id", "proxy"]),
        ({**GOOD, "proxy": "have"}, [], []),
        ({**GOOD, "id": "notNeeded", "lease": "notNeeded"}, [], ["id", "lease"]),
        ({"id": "missing", "lease": "faulty", "proxy": "missing"}, [], ["id", "lease", "proxy"]),
        ({**GOOD, "photo": "missing"}, [], []),  # looked at on site
    ],
)
def test_every_material_is_judged_to_the_end(answers, licences, faulty):
    judgement = judged({code: MaterialAnswer(answer) for code, answer in answers.items()}, licences)
    assert [fault.material for fault in judgement.faults] == faulty
    assert all(fault.what["zh-CN"] and fault.what["en"] for fault in judgement.faults)


def test_the_words_say_what_to_bring_and_how_it_must_be():
    missing = judged({"id": MaterialAnswer.MISSING, "lease": MaterialAnswer.FAULTY, "proxy": MaterialAnswer.LATER}).faults
    assert [fault.what["zh-CN"] for fault in missing] == [
        "没有带，请准备原件和复印件1份。",
        "不符合要求，应当：盖有双方印章；租期未满。",
        "不能后补，办理时就要交。",
    ]
    assert [fault.what["en"] for fault in missing] == [
        "Missing: please bring the original and 1 copy.",
        "Not right. It must be so: Both seals are on it; The lease runs.",
        "It cannot be handed in later. Please bring it to the counter.",
    ]
    answers = {"id": MaterialAnswer.LICENCE, "lease": MaterialAnswer.MISSING, "proxy": MaterialAnswer.FAULTY}
    assert [fault.what["en"] for fault in judged(answers).faults] == [
        "No valid electronic licence was found. Please bring the original and 1 copy.",
        "Missing: please bring 2 copies.",
        "Not right. Please prepare it again.",
    ]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    answers=st.dictionaries(st.sampled_from([one.code for one in MATERIALS]), st.sampled_from(MaterialAnswer)),
    licences=st.sets(st.sampled_from(["id-card", "x", ""])),
)
def test_each_material_ends_in_exactly_one_place(answers, licences):
    judgement = judged(answers, licences)
    names = {one.code: one.name for one in MATERIALS}
    for one in MATERIALS:
        placed = [
            any(fault.material == one.code for fault in judgement.faults),
            any(promise.material == one.code for promise in judgement.promises),
            names[one.code] in judgement.from_store,
            names[one.code] in judgement.bring,
        ]
        if one.stage is MaterialStage.SITE_CHECK:
            assert not any(placed)
        else:
            assert sum(placed) == (0 if answers.get(one.code) is MaterialAnswer.NOT_NEEDED and one.needed_if else 1)


@pytest.mark.postgres
def test_a_passed_review_has_a_number_a_time_and_a_ticket(review, office, call, clock):
    put_holiday(office, at("11-24").date())
    answer = review({**GOOD, "lease": "later"}, agent=YI)
    passed = answer.json()
    assert answer.status_code == 201
    assert len(passed.pop("token")) == 22
    assert passed == {
        "number": "YS-20261120-0001",
        "item": REVIEWED,
        "item_version": 1,
        "item_name": {"zh-CN": f"测试事项{REVIEWED}", "en": f"Test matter {REVIEWED}"},
        "passed": True,
        "at": "2026-11-20T10:00:00+08:00",
        "valid_until": "2026-11-30T23:59:59+08:00",
        "faults": [],
        "promises": [
            {
                "material": "lease",
                "name": {"zh-CN": "租赁合同", "en": "Lease"},
                "due": "2026-11-26",
                "consequence": answer.json()["promises"][0]["consequence"],
            }
        ],
        "from_store": [],
        "bring": [{"zh-CN": "身份证", "en": "Identity card"}],
        "queue": "social",
    }
    token = answer.json()["token"]
    assert call("POST", "/v1/reviews/by-token", {"token": token}).json() == answer.json()
    assert said(call("POST", "/v1/reviews/by-token", {"token": "A" * 22})) == (404, "not_found")
    take = {"service": "social", "language": "en", "item": REVIEWED}
    ticket = call("POST", "/v1/tickets", {"nonce": nonce(1), **take, "review": token}).json()
    assert ticket["review"] == "YS-20261120-0001"
    assert said(call("POST", "/v1/tickets", {"nonce": nonce(2), **take})) == (409, "review_required")
    with office.database.read() as connection:
        seen = at_window(connection, office, ticket["review"])
        assert (seen.name, seen.agent_name, seen.review.number) == ("测试·甲一", "测试·乙二", ticket["review"])
        assert at_window(connection, office, "") is None
        assert JIA["number"] not in str(connection.execute(text("SELECT * FROM reviews")).one())
    clock.now = at("12-01 09:00")
    assert said(call("POST", "/v1/tickets", {"nonce": nonce(3), **take, "review": token})) == (409, "review_expired")


def test_the_same_touch_is_the_same_review(review):
    first = review({}, nonce_=nonce(9))
    again = review({}, nonce_=nonce(9))
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert said(review({}, YI, nonce_=nonce(9))) == (409, "nonce_reused")
    assert review({}).json()["number"] == "YS-20261120-0002"
    assert first.json()["passed"] is False
    assert len(first.json()["faults"]) == 3


@pytest.mark.postgres
def test_the_guide_that_was_shown_is_the_one_that_counts_while_it_holds(review, office, clock):
    put_guides(office, guide(REVIEWED, 2, materials=MATERIALS[:1], review=True))
    assert review(GOOD).json()["item_version"] == 1  # begun before the change
    assert review({"id": "have"}, version=2).json()["passed"] is True
    clock.go(hours=24)
    assert said(review(GOOD)) == (409, "stale_catalogue")
    assert said(review(GOOD, item="nothing")) == (409, "stale_catalogue")
    assert said(review({"id": "have", "lease": "have"}, version=2)) == (422, "invalid")  # has no such material
    assert review({"id": "have"}, version=2).json()["number"] == "YS-20261121-0001"


@pytest.mark.postgres
def test_a_promise_not_kept_bars_further_ones(review, office, clock):
    later = {**GOOD, "lease": "later"}
    first = review(later).json()
    clock.now = at("11-26 10:00")
    assert review(later).json()["passed"]  # the first was never brought to a window, so nothing is owed
    with office.database.write() as connection:
        assert for_ticket(connection, office, first["token"], REVIEWED).number == first["number"]
    assert review(later).json()["passed"]  # nor by a ticket alone: whoever missed the call has handed in nothing
    with office.database.write() as connection:
        promises.take_up(connection, first["number"])
    clock.now = at("11-25 23:59:59")
    assert review(later).json()["passed"]  # its last day
    clock.go(seconds=1)
    assert said(review(later)) == (409, "promise_barred")
    assert review(later, YI).json()["passed"]
    assert review(GOOD).json()["passed"]  # without a promise nothing is barred
    assert [fault["material"] for fault in review({**later, "id": "later", "lease": "missing"}).json()["faults"]] == ["id", "lease"]
    with office.database.write() as connection:
        assert promises.keep(connection, first["number"], "lease", office.today(), "city/1001")
        assert not promises.keep(connection, first["number"], "lease", office.today(), "city/1002")
        assert not promises.barred(connection, person_key(office, Person(**JIA)), office.today())
    assert review(later).json()["passed"]


def test_a_failed_review_promises_nothing_and_opens_nothing(review, office):
    failed = review({**GOOD, "id": "missing", "lease": "later"}).json()
    assert [promise["material"] for promise in failed["promises"]] == ["lease"]  # it would be
    with office.database.write() as connection:
        assert connection.execute(select(promised)).all() == []
        with pytest.raises(ProblemError) as refused:
            for_ticket(connection, office, failed["token"], REVIEWED)
        assert refused.value.code == Refusal.REVIEW_REQUIRED
        connection.execute(update(reviews).values(passed=True, item="other"))
        with pytest.raises(ProblemError):
            for_ticket(connection, office, failed["token"], REVIEWED)


hostile = (
    st.none()
    | st.integers()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=3), max_size=2)
    | st.dictionaries(st.text(max_size=8), st.sampled_from([*MaterialAnswer, "", "x"]), max_size=4)
)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.fixed_dictionaries({}, optional=dict.fromkeys(("item", "item_version", "person", "answers"), hostile)))
def test_hostile_bodies_are_refused(review, body):
    good = {"nonce": "n" * 16, "item": "nothing", "item_version": 1, "person": JIA, "answers": GOOD}
    answer = review.call("POST", "/v1/reviews", {**good, **body})
    assert answer.status_code == 422 or said(answer) == (409, "stale_catalogue")
