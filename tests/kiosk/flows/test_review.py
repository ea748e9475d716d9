from dataclasses import replace
from datetime import date, timedelta

from made_catalogue import FOOD, catalogue, material
from walking import CARD, GONE, NOON, full, words

from drivers.contract import CodeScanned
from kiosk.backend.messages import ListQueues, Queue
from kiosk.backend.messages.reviews import Fault, Licence, LicencesOfPerson, MaterialAnswer, Promise, Review, ReviewByToken, SubmitReview
from kiosk.documents.messages import Compose
from kiosk.errors import BackendReason, Refusal
from kiosk.flow import CatalogueChanged

TOKEN = "R" * 22


def licence(kind="idCard", **more):
    return Licence(**{
        "kind": kind, "name": words("居民身份证"), "number": "999999199001010016", "issuer": words("公安局"), "issued": date(2020, 1, 1), "expires": None,
        "valid": True, "token": "L" * 22,
    } | more)  # fmt: skip


def review(passed=True, **more):
    return Review(**{
        "number": "YS-20260304-0001", "item": "food", "item_version": 3, "item_name": words("食品经营许可"), "passed": passed, "at": NOON,
        "valid_until": NOON + timedelta(days=5), "faults": () if passed else (Fault(material="lease", what=words("没有租赁合同")), Fault(material="plan", what=words("没有平面图"))),
        "promises": (), "from_store": (words("居民身份证"),), "bring": (words("平面图"),), "queue": "licence", "token": TOKEN,
    } | more)  # fmt: skip


def begun(walk=None, licences=()):
    walk = (walk or full()).service("review").choose("food").touch("yes").card()
    assert isinstance(walk.request, LicencesOfPerson)
    return walk.reply(licences)


def answered():
    """A licence in the store, a plan that follows, a lease that is right."""
    walk = begun(licences=(licence(),)).choose("later").choose("have").touch("toggle", "0").touch("toggle", "1").touch("done")
    assert walk.name == "CheckAnswers"
    return walk


def sent():
    return answered().touch("submit", nonce="r1")


def test_what_the_licence_store_holds_is_not_asked():
    walk = begun(licences=(licence(),))
    assert walk.say(walk.screen.title) == "平面图"
    assert walk.say(begun().screen.title) == "居民身份证"
    assert walk.say(begun(licences=(licence(valid=False),)).screen.title) == "居民身份证"


def test_an_original_without_copies_is_not_asked_for_in_no_copies():
    items = replace(FOOD, materials=(material("x", "授权书", original=True, copies=0),))
    walk = begun(full(catalogue=catalogue(items)))
    assert walk.say(walk.screen.options[0].about) == "原件"


def test_only_what_is_due_now_is_asked_and_every_answer_is_sent():
    walk = sent()
    assert walk.request == SubmitReview(
        nonce="r1", item="food", item_version=3, person=walk.session._visit.person,
        answers={"id": MaterialAnswer.LICENCE, "plan": MaterialAnswer.LATER, "lease": MaterialAnswer.HAVE},
    )  # fmt: skip


def test_each_material_offers_what_it_allows():
    walk = begun(licences=(licence(),))
    assert [option.value for option in walk.screen.options] == ["have", "later", "missing"]
    walk.choose("have")
    assert [option.value for option in walk.screen.options] == ["have", "missing", "notNeeded"]


def test_what_does_not_hold_true_is_a_fault_not_a_stop():
    walk = begun(licences=(licence(),)).choose("missing").choose("have").touch("toggle", "0").touch("done")
    assert walk.name == "CheckAnswers"
    walk.touch("submit")
    assert walk.request.answers["lease"] is MaterialAnswer.FAULTY
    assert walk.request.answers["plan"] is MaterialAnswer.MISSING


def test_one_answer_is_changed_and_everything_shown_again():
    walk = answered().touch("change", "plan").choose("have")
    assert walk.name == "CheckAnswers"
    walk.touch("submit")
    assert walk.request.answers["plan"] is MaterialAnswer.HAVE


def test_passed_leads_to_the_ticket_with_item_and_review():
    walk = sent().reply(review())
    assert [option.value for option in walk.screen.actions] == ["ticket", "print", "done"]
    walk.choose("ticket")
    assert isinstance(walk.request, ListQueues)
    queue = Queue(code="licence", name=words("许可"), about=words(""), prefix="A", where=words("A 区"), ahead=1, wait=(5, 10), open_counters=1)
    walk.reply((queue,)).touch("yes", nonce="t1")
    assert (walk.request.item, walk.request.review, walk.request.service) == ("food", TOKEN, "licence")


def test_not_passed_says_everything_at_once_and_prints_it():
    walk = sent().reply(review(passed=False))
    rows = [walk.say(row.value) for section in walk.screen.sections for row in section.rows]
    assert rows == ["没有租赁合同", "没有平面图"]
    assert "ticket" not in [option.value for option in walk.screen.actions]
    walk.choose("print")
    sheets = walk.last(Compose).sheets
    assert sheets.title == "一次性告知单"
    assert "没有租赁合同" in str(sheets.blocks)
    assert "没有平面图" in str(sheets.blocks)
    assert CARD.name not in str(sheets.blocks)
    walk.printed()
    assert walk.name == "Page"


def test_a_promise_is_printed_with_its_due_date_and_a_line_to_sign():
    promise = Promise(material="plan", name=words("平面图"), due=date(2026, 3, 11), consequence=words("不补交的，退回申请"))
    walk = sent().reply(review(promises=(promise,))).choose("print")
    said = str(walk.last(Compose).sheets.blocks)
    assert "2026年3月11日" in said
    assert "不补交的，退回申请" in said
    assert "Signature" in said


def test_a_paper_that_cannot_be_printed_leaves_the_result_on_the_screen():
    walk = sent().reply(review()).choose("print").not_printed()
    assert walk.name == "Page"
    assert walk.screen.number == "YS-20260304-0001"
    walk.status("a4_printer", GONE)
    assert not next(one for one in walk.screen.actions if one.value == "print").enabled


def test_an_item_that_changed_meanwhile_is_begun_anew_with_the_new_guide():
    walk = sent().handle(CatalogueChanged(catalogue=catalogue(replace(FOOD, version=4, materials=FOOD.materials[:1]))))
    walk.refuse(refusal=Refusal.STALE_CATALOGUE)
    assert (walk.say(walk.screen.title), walk.screen.human) == ("办事指南刚刚更新", "请到咨询台")
    walk.touch("primary").choose("service:review").choose("food").touch("yes").reply(()).choose("have").touch("submit")
    assert (walk.request.item_version, walk.request.answers) == (4, {"id": MaterialAnswer.HAVE})


def test_a_promise_that_is_barred_says_why():
    walk = sent().refuse(refusal=Refusal.PROMISE_BARRED)
    assert walk.name == "Message"
    assert walk.screen.human


def test_no_answer_sends_the_same_review_again():
    walk = sent().refuse(BackendReason.TIMEOUT).touch("primary", nonce="r2")
    assert walk.request.nonce == "r1"


def test_a_paper_at_home_leads_to_its_ticket():
    walk = full().home().handle(CodeScanned(role="scanner", text="LCZR1:" + TOKEN))
    assert walk.request == ReviewByToken(token=TOKEN)
    walk.reply(review(item="gone"))  # an item this terminal no longer knows
    assert walk.screen.actions[0].value == "ticket"


def test_a_paper_whose_time_is_over_says_so_before_the_ticket():
    walk = full().home().handle(CodeScanned(role="scanner", text="LCZR1:" + TOKEN)).reply(review(valid_until=NOON - timedelta(days=1)))
    ticket = walk.screen.actions[0]
    assert (ticket.enabled, walk.say(ticket.why)) == (False, "这次预审已经过了有效期，请重新预审")
    assert walk.choose("ticket").here == "result"


def test_a_hall_that_does_not_handle_it_says_so():
    walk = sent().reply(review(queue=""))
    assert not walk.screen.actions[0].enabled
    walk.choose("ticket")
    assert walk.here == "result"


def test_a_material_without_end_and_one_without_anything_are_asked_all_the_same():
    long = material("x", "甲" * 3000, sample=(words("乙" * 3000),))
    walk = full(catalogue(replace(FOOD, materials=(long,)))).service("review").choose("food").touch("yes").card().reply(())
    walk.choose("sample").choose("back").choose("have")
    assert walk.name == "CheckAnswers"
