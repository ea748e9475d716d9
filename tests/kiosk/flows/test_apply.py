from dataclasses import replace

import pytest
from apply_walks import PHONE, RECEIPT, SIGNATURE, checking, form, sent
from made_catalogue import FOOD, FORM, catalogue, w
from walking import CARD, full

from drivers.contract import CodeScanned, Print, Qr
from kiosk.backend.messages.applications import GivenMaterial, Submit
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.backend.messages.forms import Choice, Field
from kiosk.backend.messages.reviews import LicencesOfPerson, MaterialAnswer
from kiosk.errors import BackendReason, Refusal
from kiosk.flow import CatalogueChanged


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


# -- what would have led nowhere ----------------------------------------------------------------------------------------------


def test_the_visit_is_rated_as_no_case_is_before_it_is_decided():
    walk = sent().reply(RECEIPT).printed().choose("done").touch("rate", "5", nonce="s1").touch("skip")
    assert (walk.request.served, walk.request.service, walk.request.subject) == ("visit", "apply", "a1")


def test_asked_again_in_another_language_it_is_the_same_application():
    walk = sent()
    first = walk.request
    walk.refuse(BackendReason.TIMEOUT).touch("frame-language", "en").touch("primary")
    assert walk.request == first


def test_a_guide_that_changed_meanwhile_is_begun_anew_with_the_new_one():
    walk = sent().handle(CatalogueChanged(catalogue=catalogue(replace(FOOD, version=4, materials=()))))
    walk.refuse(refusal=Refusal.STALE_CATALOGUE).touch("primary").choose("service:apply").choose("food").touch("yes").touch("yes")
    walk.choose("sell").touch("skip").reply(()).touch("enter", PHONE).choose("counter").touch("submit").touch("sign", SIGNATURE)
    assert walk.request.item_version == 4


def addressed(required):
    where = Field(key="where", label=w("地址"), kind="address", required=required, least=5, most=60)
    form = replace(FORM, fields=(where,), signed=False)
    return full(catalogue(replace(FOOD, materials=()), forms=(form,))).service("apply").choose("food").touch("yes").card().touch("yes")


def test_an_address_that_is_too_short_stays_to_be_corrected():
    walk = addressed(required=True).choose("").touch("enter", "1号")
    assert (walk.screen.value, bool(walk.screen.error), walk.screen.skip) == ("1号", True, None)
    walk.touch("enter", "示范省鹿城市1号")
    assert isinstance(walk.request, LicencesOfPerson)


def test_an_address_nobody_has_to_give_can_be_left_out():
    walk = addressed(required=False).choose("").touch("skip").reply(()).touch("enter", PHONE).choose("counter")
    assert rows(walk)["field:where"] == "未填"
    assert walk.touch("submit").request.answers == {}


def test_a_choice_without_a_name_in_this_language_is_said_in_the_offices():
    kinds = (Choice(code="eat", name={"zh-CN": "餐饮"}), Choice(code="sell", name=w("零售", "Retail")))
    one = Field(key="kinds", label=w("业态"), kind="choices", choices=kinds)
    form = replace(FORM, fields=(one,), signed=False)
    walk = full(catalogue(replace(FOOD, materials=()), forms=(form,))).service("apply").choose("food").touch("yes").card().touch("yes")
    walk.touch("toggle", "sell").touch("toggle", "eat").touch("done").reply(()).touch("enter", PHONE).choose("counter")
    assert rows(walk)["field:kinds"] == "餐饮、零售"
    assert rows(walk.touch("frame-language", "en"))["field:kinds"] == "餐饮, Retail"
