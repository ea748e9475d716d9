from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made_catalogue import FOOD, FORM, catalogue, material, w
from walking import CARD, GONE, full, words

from drivers.contract import CodeScanned, Failed, Frame, PageTaken, Print, Qr, TakePage
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages.applications import AwaitHandOver, GivenMaterial, HandOver, OpenHandOver, Receipt, Submit, Upload, UploadPicture
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.backend.messages.forms import Field
from kiosk.backend.messages.reviews import Licence, LicencesOfPerson, MaterialAnswer
from kiosk.errors import BackendReason, Refusal

PHONE = "13900000000"
SIGNATURE = "M 1 2 L 3 4"
LICENCE = Licence(kind="idCard", name=words("居民身份证"), number="1", issuer=words("公安局"), issued=date(2020, 1, 1), expires=None, valid=True, token="L" * 22)
RECEIPT = Receipt(
    number="LC20260304009", item_name=words("食品经营许可"), accepted=datetime(2026, 3, 4, 12, tzinfo=UTC), promised_date=date(2026, 3, 11),
    office=words("市场监管局"), phone="12345", token="C" * 22,
)  # fmt: skip


def form(walk=None, materials=FOOD.materials[:1]):
    guide = replace(FOOD, materials=materials)
    walk = walk or full(catalogue(guide))
    return walk.service("apply").choose("food").touch("yes").card().touch("yes")


def filled(**more):
    """Every question of the form answered; the licence store is asked next."""
    walk = form(**more).choose("eat").touch("enter", "40").touch("enter", "20260401")
    assert isinstance(walk.request, LicencesOfPerson)
    return walk


def checking(**more):
    return filled(**more).reply((LICENCE,)).touch("enter", PHONE).choose("counter")


def sent():
    return checking().touch("submit").touch("sign", SIGNATURE, nonce="a1")


def test_an_item_without_a_form_says_where_it_is_applied_for():
    walk = full().service("apply")
    assert [(option.value, option.enabled) for option in walk.screen.results] == [("food", True), ("pension", False)]
    walk.choose("pension")
    assert walk.here == "item"


def test_a_form_with_an_unknown_kind_of_field_says_so_and_names_the_counter():
    newer = replace(FORM, fields=(*FORM.fields, Field(key="x", label=w("虹膜"), kind="iris")))
    walk = full(catalogue(forms=(newer,))).service("apply")
    assert walk.say(walk.screen.results[-1].why) or not all(option.enabled for option in walk.screen.results)
    assert not next(option for option in walk.screen.results if option.value == "food").enabled


def test_what_the_card_says_is_not_asked_and_what_does_not_apply_neither():
    walk = form()
    assert walk.say(walk.screen.title) == "业态"
    walk.choose("sell")
    assert walk.say(walk.screen.title) == "开业日期"


@pytest.mark.parametrize("typed", ["0", "501", "999999999"])
def test_a_number_out_of_range_is_said_and_stays_to_be_corrected(typed):
    walk = form().choose("eat").touch("enter", typed)
    assert walk.screen.error
    assert walk.screen.value == typed


@pytest.mark.parametrize("typed", ["20260230", "00000000", "20261301"])
def test_a_day_that_does_not_exist_is_not_taken(typed):
    walk = form().choose("sell").touch("enter", typed)
    assert walk.screen.error
    walk.touch("skip")
    assert isinstance(walk.request, LicencesOfPerson)


def test_everything_is_sent_once_as_it_was_checked():
    walk = sent()
    assert walk.request == Submit(
        nonce="a1", item="food", item_version=3, form="food-form", form_version=2, person=walk.session._visit.person, phone=PHONE,
        answers={"name": CARD.name, "kind": "eat", "seats": "40", "since": "2026-04-01"},
        materials={"id": GivenMaterial(answer=MaterialAnswer.LICENCE, licence="L" * 22)}, delivery=Delivery(kind=DeliveryKind.COUNTER),
        signature=SIGNATURE, language="zh-CN",
    )  # fmt: skip
    for secret in (CARD.name, PHONE, SIGNATURE):
        assert secret not in repr(walk.request)
        assert secret not in repr(walk.acts)


def test_the_receipt_is_printed_shown_and_nothing_typed_is_kept():
    walk = sent().reply(RECEIPT)
    assert [block.data for block in walk.last(Print).paper.blocks if isinstance(block, Qr)] == ["LCZC1:" + "C" * 22]
    walk.printed()
    assert walk.screen.number == "LC20260304009"
    facts = walk.session._visit.here.facts
    assert (facts.answers, facts.phone, facts.signature) == ({}, "", "")
    walk.choose("done")
    assert walk.name == "Rating"


def test_an_answer_is_changed_and_what_no_longer_applies_goes_with_it():
    walk = checking().touch("change", "field:kind").choose("sell")
    assert walk.name == "CheckAnswers"
    assert "field:seats" not in [row.key for row in walk.screen.rows]
    walk.touch("submit").touch("sign", SIGNATURE)
    assert "seats" not in walk.request.answers


def test_what_the_office_finds_wrong_is_put_right_without_typing_all_again():
    walk = sent().refuse(refusal=Refusal.FORM_INVALID)
    assert walk.name == "CheckAnswers"
    assert walk.say(walk.screen.hint) == "有的内容填写得不对，请再核对一遍"
    walk.touch("submit").touch("sign", SIGNATURE, nonce="a2")
    assert walk.request.nonce == "a2"


@pytest.mark.parametrize("refusal", [Refusal.DUPLICATE_CASE, Refusal.STALE_CATALOGUE])
def test_what_cannot_be_taken_says_why(refusal):
    walk = sent().refuse(refusal=refusal)
    assert walk.name == "Message"
    assert walk.screen.human


def test_without_an_answer_the_same_application_is_sent_again():
    walk = sent().refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    walk.touch("primary", nonce="other")
    assert walk.request.nonce == "a1"


def test_back_never_crosses_the_submission():
    walk = sent().reply(RECEIPT).printed()
    assert not walk.view.frame.back
    walk.touch("frame-back")
    assert walk.screen.number == "LC20260304009"


# -- materials ----------------------------------------------------------------------------------------------------------------


def photographing():
    return filled(materials=(material("lease", "租赁合同"),)).reply(())


def page(walk):
    return walk.handle(PageTaken(role="document_camera", id=walk.last(TakePage).id, page=Frame(jpeg=b"\xff\xd8", width=8, height=8, at=1.0), sharpness=9.0))


def test_pages_are_taken_seen_kept_and_sent_one_after_the_other():
    walk = page(photographing().choose("camera").touch("take"))
    assert walk.screen.taken is not None
    walk.touch("again")
    assert walk.screen.taken is None
    page(walk.touch("take")).touch("use", nonce="u1")
    assert walk.request == UploadPicture(nonce="u1", jpeg=b"\xff\xd8")
    walk.reply(Upload(id="p1", bytes=2, sha256="0")).touch("no")
    page(walk.touch("take")).touch("use").reply(Upload(id="p2", bytes=2, sha256="0")).touch("yes")
    walk.touch("enter", PHONE).choose("electronic").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials == {"lease": GivenMaterial(answer=MaterialAnswer.HAVE, uploads=("p1", "p2"))}


def test_a_blurred_page_says_what_to_do():
    walk = photographing().choose("camera").touch("take")
    walk.handle(Failed(role="document_camera", id=walk.last(TakePage).id, error=DeviceError(Reason.IMAGE_BLURRED, Action.CLEAR)))
    assert walk.name == "Camera"
    assert walk.screen.error


def test_a_camera_that_is_away_leaves_the_phone():
    walk = full(catalogue(replace(FOOD, materials=(material("lease", "租赁合同"),)))).status("document_camera", GONE)
    walk = filled(walk=walk).reply(())
    assert [(one.value, one.enabled) for one in walk.screen.options] == [("camera", False), ("phone", True)]


def hand_over(*ids, closed=False):
    received = tuple(Upload(id=one, bytes=1, sha256="0") for one in ids)
    return HandOver(id="h1", url="https://lucheng.example/p/abc", expires=datetime(2026, 3, 4, 12, 10, tzinfo=UTC), received=received, closed=closed)


def test_the_phone_sends_pictures_while_the_terminal_shows_how_many():
    walk = photographing().choose("phone", nonce="h")
    assert walk.request == OpenHandOver(nonce="h", what="租赁合同", language="zh-CN")
    walk.reply(hand_over())
    assert (walk.name, walk.screen.code) == ("ShowCode", "https://lucheng.example/p/abc")
    assert walk.request == AwaitHandOver(id="h1", known=0)
    number = walk.view.number
    walk.reply(hand_over("p1"))
    assert walk.request == AwaitHandOver(id="h1", known=1)
    assert walk.view.number == number  # a touch made meanwhile still counts
    walk.reply(hand_over("p1", "p2", closed=True))
    walk.touch("enter", PHONE).choose("counter").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials["lease"].uploads == ("p1", "p2")


def test_waiting_for_the_phone_does_not_keep_an_empty_place_open():
    walk = photographing().choose("phone").reply(hand_over())
    for _ in range(60):
        walk.tick(3)
        if walk.name != "ShowCode":
            break
        walk.reply(hand_over())
    assert walk.name == "Attract"


def test_the_phone_may_stop_before_anything_came():
    walk = photographing().choose("phone").reply(hand_over()).reply(hand_over(closed=True))
    assert walk.name == "ShowCode"
    walk.touch("done")
    assert walk.name == "ShowCode"
    walk.touch("other")
    assert walk.here == "material"


def test_what_may_follow_is_promised():
    walk = filled(materials=(material("plan", "平面图", deferrable=True, defer_days=5),)).reply(()).choose("later")
    walk.touch("enter", PHONE).choose("counter").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.materials["plan"] == GivenMaterial(answer=MaterialAnswer.LATER)


def test_by_post_wants_a_receiver_and_an_address_from_the_list_and_the_keys():
    walk = filled().reply((LICENCE,)).touch("enter", PHONE).choose("post").touch("enter", "测试·收件")
    walk.choose("99").choose("9901").touch("enter", "示范街道1号")
    walk.touch("submit").touch("sign", SIGNATURE)
    assert walk.request.delivery == Delivery(kind=DeliveryKind.POST, receiver="测试·收件", phone=PHONE, address="示范省鹿城市示范街道1号")


def test_what_the_parcel_needs_is_changed_at_the_check_one_by_one():
    walk = filled().reply((LICENCE,)).touch("enter", PHONE).choose("post").touch("enter", "测试·收件")
    walk.choose("99").choose("9901").touch("enter", "示范街道1号")
    walk.touch("change", "phone").touch("enter", "13900000016")
    walk.touch("change", "receiver").touch("enter", "测试·乙二")
    walk.touch("change", "post_division").choose("").touch("enter", "示范省白杨县2号")
    assert {row.key: row.value for row in walk.screen.rows if row.key in {"receiver", "post_division"}} == {"receiver": "测试·乙二", "post_division": "示范省白杨县2号"}
    walk.touch("submit").touch("sign", SIGNATURE)
    assert walk.request.delivery == Delivery(kind=DeliveryKind.POST, receiver="测试·乙二", phone="13900000016", address="示范省白杨县2号")


def test_scanner_and_card_on_screens_that_do_not_expect_them_change_nothing():
    walk = checking()
    before = walk.screen
    walk.handle(CodeScanned(role="scanner", text="LCZC1:" + "A" * 22))
    assert walk.screen == before


def with_phone_in_the_form():
    phone = Field(key="phone", label=w("联系电话"), kind="phone")
    number = Field(key="number", label=w("身份证号码"), kind="idNumber", prefill="person.number")
    form = replace(FORM, fields=(number, FORM.fields[1], phone), signed=False)
    guide = replace(FOOD, materials=())
    walk = full(catalogue(guide, forms=(form,))).service("apply").choose("food").touch("yes").card().touch("yes")
    return walk.choose("sell").touch("enter", PHONE).reply(())


def rows(walk):
    return {row.key: walk.say(row.value) for row in walk.screen.rows}


def test_a_mobile_number_in_the_form_is_not_asked_again_and_follows_when_it_is_changed():
    walk = with_phone_in_the_form()
    assert walk.here == "delivery"
    walk.choose("counter")
    assert "phone" not in rows(walk)
    assert rows(walk)["field:phone"] == "139****0000"
    walk.touch("change", "field:phone").touch("enter", "13900000016").touch("submit")
    assert (walk.request.phone, walk.request.answers["phone"]) == ("13900000016", "13900000016")


def test_the_check_shows_no_whole_identity_number_and_each_choice_in_its_words():
    walk = with_phone_in_the_form().choose("counter")
    assert rows(walk)["field:number"] == f"{CARD.number[:3]}***********{CARD.number[-4:]}"
    assert rows(walk)["field:kind"] == "零售"
    walk.touch("submit")
    assert walk.request.answers["number"] == CARD.number
