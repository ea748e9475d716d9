"""A decision is printed for who applied, not for whoever holds the slip."""

import pytest
from flow_values import DOCUMENT
from msgspec.structs import replace as another
from walking import CARD, GONE, case, full

from drivers.contract import CodeScanned, Failed, ReadCard
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import CaseAct, CaseByToken, CasesOfPerson, CaseState, CaseSummary, Person
from kiosk.backend.messages.documents import PrintResult
from kiosk.backend.messages.reviews import LicencesOfPerson
from kiosk.errors import BackendReason, Refusal

DECIDED = case(state=CaseState.APPROVED, acts=(CaseAct.RESULT,))
SLIP = CodeScanned(role="scanner", text="LCZC1:" + DECIDED.token)
OWNER = Person(number=CARD.number, name=CARD.name)
STRANGER = another(CARD, name="测试·路人", number="999999198001010024")


def from_case():
    return full().service("look_up").choose("code").handle(SLIP).reply(DECIDED).choose("result")


def from_slip():
    return full().service("documents").choose("code").handle(SLIP)


def asked(walk):
    return [command.request for command in walk.sent if isinstance(getattr(command, "request", None), PrintResult)]


@pytest.mark.parametrize("begin", [from_case, from_slip])
def test_the_card_is_asked_for_before_anything_is_printed(begin):
    walk = begin()
    assert (walk.here, walk.say(walk.screen.points[1])) == ("owner_consent", "用途：核对这一件是不是您申请的")
    walk.card()
    assert walk.here == "sure"
    assert asked(walk) == []
    walk.touch("yes", nonce="c1")
    assert walk.request == PrintResult(nonce="c1", token=DECIDED.token, person=OWNER)
    for secret in (CARD.number, CARD.name, DECIDED.token):
        assert secret not in repr((walk.request, walk.acts, walk.session._visit.here))
    assert walk.reply(DOCUMENT).printed().say(walk.screen.title) == "打印好了"


@pytest.mark.parametrize("begin", [from_case, from_slip])
def test_a_strangers_card_is_refused_and_the_case_can_still_be_read(begin):
    walk = begin().card(STRANGER).touch("yes", nonce="c1")
    assert walk.request.person == Person(number=STRANGER.number, name=STRANGER.name)
    walk.refuse(refusal=Refusal.NOT_THE_APPLICANT)
    assert (walk.say(walk.screen.title), walk.screen.human) == ("没有生成", "请到咨询台")
    assert "要由申请人本人，或者替他代办的人来办" in walk.say(walk.screen.points[0])
    assert walk.say(walk.screen.primary) == "返回办件详情"
    walk.touch("primary")
    assert walk.request == CaseByToken(token=DECIDED.token)
    assert walk.reply(DECIDED).name == "CaseShown"
    assert len(asked(walk)) == 1


def test_who_has_shown_the_card_is_not_asked_again():
    walk = full().service("documents").choose("card").card()
    assert isinstance(walk.request, LicencesOfPerson)
    walk.reply(())
    assert isinstance(walk.request, CasesOfPerson)
    summary = CaseSummary(number="1", item=DECIDED.item, state=CaseState.APPROVED, accepted=DECIDED.accepted, token=DECIDED.token)
    walk.reply((summary,)).choose(f"case:{DECIDED.token}").touch("yes", nonce="c1")
    assert walk.request == PrintResult(nonce="c1", token=DECIDED.token, person=OWNER)
    assert walk.count(ReadCard) == 1


def test_a_helper_prints_for_whom_they_act():
    walk = full().service("agent").touch("yes").card(STRANGER).card(CARD).touch("submit")
    walk.choose("service:documents").choose("code").handle(SLIP)
    assert walk.here == "sure"
    assert walk.touch("yes").request.person == OWNER


@pytest.mark.parametrize("begin", [from_case, from_slip])
@pytest.mark.parametrize("when", ["asked", "at the reader", "unreadable"])
def test_without_a_card_the_way_leads_back_to_the_case(begin, when):
    walk = begin()
    match when:
        case "asked":
            walk.touch("no")
        case "at the reader":
            walk.touch("yes").touch("other")
        case "unreadable":
            walk.touch("yes")
            walk.handle(Failed(role="id_reader", id=walk.last(ReadCard).id, error=DeviceError(Reason.CARD_UNREADABLE, Action.CLEAR))).touch("second")
    assert (walk.here, walk.say(walk.screen.points[0])) == ("no_card", "办理结果要刷申请人的身份证才能打印")
    walk.touch("primary").reply(DECIDED)
    assert walk.name == "CaseShown"
    assert asked(walk) == []


def test_a_reader_that_is_away_is_said_before_anything_is_asked():
    walk = full()
    walk.status("id_reader", GONE)
    walk.service("look_up").choose("code").handle(SLIP).reply(DECIDED)
    (option,) = [one for one in walk.screen.more if one.value == "result"]
    assert (option.enabled, "读卡" in walk.say(option.why) or "身份证" in walk.say(option.why)) == (False, True)
    walk.touch("frame-back").touch("frame-back").choose("service:documents")
    assert [option.enabled for option in walk.screen.options] == [False, False]
    walk.handle(SLIP)
    assert (walk.here, walk.screen.human) == ("no_card", "请到咨询台")
    assert walk.touch("second").name == "Home"


def test_without_an_answer_the_same_is_asked_again_for_the_same_person():
    walk = from_case().card().touch("yes", nonce="c1").refuse(BackendReason.TIMEOUT).touch("primary", nonce="other")
    first, second = asked(walk)
    assert first == second
