"""Say afterwards how the result of a case is to come."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as another
from walking import CARD, case, full, words
from walking import GONE as AWAY

from drivers.contract import CodeScanned, ReadCard
from kiosk.backend.messages import CaseAct, CaseByToken, CaseState, Delivery, DeliveryKind, Person, SetDelivery
from kiosk.errors import BackendReason, Refusal
from kiosk.flow import Act

PHONE = "13900000016"
ADDRESS = "示范省鹿城市示范街道1号"
POST = Delivery(kind=DeliveryKind.POST, receiver="测试·收件", phone=PHONE, address=ADDRESS)
OWNER = Person(number=CARD.number, name=CARD.name)
HELPER = another(CARD, name="测试·帮手", number="999999198001010024")
COUNTER = Delivery(kind=DeliveryKind.COUNTER)
OPEN = case(state=CaseState.APPROVED, acts=(CaseAct.DELIVERY,), delivery=COUNTER)
POSTED = replace(OPEN, delivery=POST, next_step=words("结果会按您填的地址寄出"))
GONE = replace(OPEN, acts=(), next_step=words("结果已寄出"))
KINDS = ["counter", "post", "electronic"]


def shown(found=OPEN):
    walk = full().service("look_up").choose("code")
    return walk.handle(CodeScanned(role="scanner", text="LCZC1:" + found.token)).reply(found)


def checking(card=CARD):
    """Everything that the post needs is given."""
    walk = shown().choose("delivery").card(card).reply(OPEN).choose("post").touch("enter", "测试·收件").touch("enter", PHONE)
    return walk.choose("99").choose("9901").touch("enter", "示范街道1号")


def sent():
    return checking().touch("submit", nonce="d1")


def asked(walk):
    return [command.request for command in walk.sent if isinstance(getattr(command, "request", None), SetDelivery)]


def way(walk):
    """What the case on the screen says of it."""
    return next(walk.say(row.value) for row in walk.screen.rows if walk.say(row.label) == "送达方式")


def test_only_where_it_is_open_can_it_be_said():
    assert "delivery" in [option.value for option in shown().screen.more]
    closed = shown(GONE)
    assert "delivery" not in [option.value for option in closed.screen.more]
    assert closed.choose("delivery").name == "CaseShown"


def test_from_the_counter_to_the_post():
    walk = shown()
    assert way(walk) == "到窗口领取"
    walk.choose("delivery")
    assert walk.say(walk.screen.points[1]) == "用途：核对这一件是不是您申请的"
    walk.card()
    assert walk.request == CaseByToken(token=OPEN.token, person=OWNER)
    walk.reply(OPEN)
    assert [option.value for option in walk.screen.options] == KINDS
    assert walk.say(walk.screen.hint) == "现在是：到窗口领取"
    walk.choose("post")
    walk.touch("enter", "测试·收件").touch("enter", PHONE).choose("99").choose("9901").touch("enter", "示范街道1号")
    assert [walk.say(row.value) for row in walk.screen.rows] == ["邮寄到家", "测试·收件", "139****0016", ADDRESS]
    assert asked(walk) == []
    walk.touch("submit", nonce="d1")
    assert (walk.request, walk.acts[-1][1]) == (SetDelivery(token=OPEN.token, person=OWNER, delivery=POST), Act(kind="delivery", subject="d1"))
    for secret in ("测试·收件", PHONE, "示范街道", OPEN.token, CARD.number, CARD.name):
        assert secret not in repr((walk.request, walk.acts, walk.session._visit.here))
    walk.reply(POSTED)
    assert [walk.say(point) for point in walk.screen.points] == ["邮寄到家", "结果会按您填的地址寄出"]
    walk.touch("primary")
    assert (walk.name, way(walk)) == ("CaseShown", "邮寄到家")
    facts = walk.session._visit.here.facts
    assert (facts.receiver, facts.phone, facts.post_address, facts.picked, facts.nonce) == ("", "", "", (), "")


@pytest.mark.parametrize("kind", ["counter", "electronic"])
def test_the_other_ways_need_nothing_more_even_if_something_was_typed(kind):
    walk = checking().touch("change", "delivery").choose(kind)
    assert [walk.say(row.label) for row in walk.screen.rows] == ["送达方式"]
    walk.touch("submit")
    assert walk.request.delivery == Delivery(kind=DeliveryKind(kind))


def test_who_has_shown_the_card_is_not_asked_again_and_offered_as_receiver():
    walk = full().service("look_up").choose("card").card(CARD).reply(()).touch("primary").choose("code")
    walk.handle(CodeScanned(role="scanner", text="LCZC1:" + OPEN.token)).reply(OPEN).choose("delivery").reply(OPEN).choose("post")
    assert walk.screen.value == CARD.name
    assert walk.count(ReadCard) == 1


def stranger():
    return shown().choose("delivery").card(HELPER).refuse(refusal=Refusal.NOT_THE_APPLICANT)


def test_whoever_has_found_a_slip_is_refused_before_anything_is_typed_and_told_no_name_on_it():
    walk = stranger()
    assert walk.request == CaseByToken(token=OPEN.token, person=Person(number=HELPER.number, name=HELPER.name))
    assert (walk.here, walk.say(walk.screen.title), walk.screen.human) == ("not_mine", "这一件不在这张身份证名下", "请到咨询台")
    assert "要由申请人本人，或者替他代办的人来办" in walk.say(walk.screen.points[0])
    assert CARD.name not in repr(walk.screen)
    assert walk.touch("second").name == "CaseShown"
    assert asked(walk) == []


def test_the_applicant_beside_them_shows_the_card_that_is_wanted():
    walk = stranger().touch("primary")
    assert walk.here == "owner_consent"
    walk.card().reply(OPEN)
    assert walk.here == "delivery"
    walk.choose("electronic").touch("submit")
    assert walk.request.person == OWNER


def test_a_helper_for_another_one_is_led_back_to_the_case():
    walk = full().service("agent").touch("yes").card(HELPER).card(another(CARD, number="999999198506120021")).touch("submit")
    walk.choose("service:look_up").choose("code").handle(CodeScanned(role="scanner", text="LCZC1:" + OPEN.token)).reply(OPEN)
    walk.choose("delivery").refuse(refusal=Refusal.NOT_THE_APPLICANT)
    assert (walk.say(walk.screen.primary), walk.screen.second) == ("返回办件详情", None)
    assert walk.touch("primary").name == "CaseShown"


def test_where_it_cannot_be_asked_whose_it_is_it_is_asked_again():
    walk = shown().choose("delivery").card().refuse()
    assert walk.here == "mine_away"
    assert walk.touch("primary").reply(OPEN).here == "delivery"


def test_what_has_left_while_the_card_was_read_is_shown_as_it_is_now():
    walk = shown().choose("delivery").card().reply(GONE)
    assert (walk.name, walk.say(walk.screen.next_step)) == ("CaseShown", "结果已寄出")


def test_the_office_has_the_last_word_on_whose_it_is():
    walk = sent().refuse(refusal=Refusal.NOT_THE_APPLICANT)
    assert (walk.say(walk.screen.title), walk.screen.human) == ("没有登记", "请到咨询台")
    assert "要由申请人本人，或者替他代办的人来办" in walk.say(walk.screen.points[0])
    walk.touch("primary").reply(OPEN)
    assert (walk.name, way(walk)) == ("CaseShown", "到窗口领取")


def test_a_helper_does_it_for_whom_they_act():
    walk = full().service("agent").touch("yes").card(HELPER).card(CARD).touch("submit")
    walk.choose("service:look_up").choose("code").handle(CodeScanned(role="scanner", text="LCZC1:" + OPEN.token)).reply(OPEN)
    walk.choose("delivery").reply(OPEN).choose("electronic").touch("submit")
    assert walk.request.person == OWNER


def test_without_a_card_the_way_leads_back_to_the_case():
    walk = shown().choose("delivery")
    assert walk.say(walk.screen.no) == "返回办件详情"
    assert walk.touch("no").name == "CaseShown"
    walk.choose("delivery").touch("yes")
    assert walk.say(walk.screen.other) == "返回办件详情"
    assert walk.touch("other").name == "CaseShown"
    walk = shown().status("id_reader", AWAY)
    (option,) = [one for one in walk.screen.more if one.value == "delivery"]
    assert (option.enabled, bool(walk.say(option.why))) == (False, True)
    assert walk.choose("delivery").name == "CaseShown"
    assert asked(walk) == []


def test_one_answer_is_changed_without_giving_the_others_again():
    walk = checking().touch("change", "receiver").touch("enter", "测试·乙二")
    walk.touch("change", "post_phone").touch("enter", "13900000023")
    walk.touch("change", "post_division").choose("").touch("enter", "示范省白杨县2号")
    walk.touch("submit")
    assert walk.request.delivery == Delivery(kind=DeliveryKind.POST, receiver="测试·乙二", phone="13900000023", address="示范省白杨县2号")


def test_what_cannot_be_is_said_and_stays_to_be_corrected():
    walk = shown().choose("delivery").card().reply(OPEN).choose("post").touch("enter", "测试<1>")
    assert (walk.screen.value, bool(walk.screen.error)) == ("测试<1>", True)
    walk.touch("enter", "测试·收件").touch("enter", "23900000016")
    assert (walk.screen.value, bool(walk.screen.error)) == ("23900000016", True)
    walk.touch("enter", PHONE).choose("").touch("enter", "1号")
    assert (walk.screen.value, walk.say(walk.screen.error)) == ("1号", "地址太短，请写到门牌号")
    assert walk.touch("enter", ADDRESS).here == "deliver_check"


def test_before_the_act_back_leads_to_the_case_and_nothing_was_asked():
    walk = checking()
    steps = []
    while walk.name != "CaseShown":
        steps.append(walk.here)
        walk.touch("frame-back")
    assert steps == ["deliver_check", "street", "post_division", "post_division", "post_phone", "receiver", "delivery", "owner_consent"]
    assert asked(walk) == []
    assert checking().touch("second").name == "CaseShown"


def test_back_never_crosses_the_act():
    walk = sent()
    assert (walk.view.frame.back, walk.view.frame.end) == (False, False)
    assert walk.touch("frame-back").here == "deliver"
    walk.reply(POSTED)
    assert not walk.view.frame.back
    assert walk.touch("frame-back").here == "delivered"
    walk.touch("primary").touch("frame-back")
    assert walk.name == "Home"
    assert len(asked(walk)) == 1


@pytest.mark.parametrize("reason", [BackendReason.TIMEOUT, BackendReason.BROKEN, BackendReason.UNREACHABLE])
def test_without_an_answer_the_same_is_asked_again(reason):
    walk = sent().refuse(reason)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    assert (walk.view.frame.back, walk.screen.human) == (False, "请到咨询台")
    walk.touch("primary", nonce="other")
    first, second = asked(walk)
    assert first == second
    assert [act.subject for _, act in walk.acts] == ["d1", "d1"]
    assert walk.reply(POSTED).touch("primary").name == "CaseShown"


def test_closed_meanwhile_is_said_and_the_case_is_shown_as_it_is_now():
    walk = sent().refuse(refusal=Refusal.DELIVERY_CLOSED)
    assert walk.say(walk.screen.title) == "不能再改了"
    assert [walk.say(point) for point in walk.screen.points] == ["结果已经寄出或领取，送达方式不能再改"]
    walk.touch("primary")
    assert walk.request == CaseByToken(token=OPEN.token)
    walk.reply(GONE)
    assert (walk.name, walk.say(walk.screen.next_step)) == ("CaseShown", "结果已寄出")
    assert "delivery" not in [option.value for option in walk.screen.more]


def test_what_the_office_finds_wrong_is_put_right_without_typing_all_again():
    walk = sent().refuse(refusal=Refusal.FORM_INVALID)
    assert (walk.name, walk.say(walk.screen.hint)) == ("CheckAnswers", "有的内容填写得不对，请再核对一遍")
    walk.touch("change", "receiver").touch("enter", "测试·乙二").touch("submit", nonce="d2")
    assert walk.request.delivery == replace(POST, receiver="测试·乙二")
    assert walk.acts[-1][1].subject == "d2"


def test_what_was_typed_is_gone_with_the_visit():
    walk = checking().touch("frame-end")
    assert walk.name == "Attract"
    assert "测试·收件" not in repr([stop.facts for stop in walk.session._visit.path])
