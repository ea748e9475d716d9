"""What the holder of a case does about it, and which document they print: every way out of every page."""

from datetime import UTC, date, datetime

import pytest
from flow_values import DOCUMENT, LICENCE
from walking import FULL, GONE, Walk, case, full

from drivers.contract import CodeRejected, CodeScanned
from kiosk.backend.messages import CaseAct, CaseByToken, CasesOfPerson, CaseState, CaseSummary, Urge, UrgeCase
from kiosk.backend.messages.documents import PrintLicence
from kiosk.errors import BackendReason, Refusal
from kiosk.flow import Act
from kiosk.lobby import Offer

OVERDUE = case(state=CaseState.OVERDUE, acts=(CaseAct.URGE,))
URGED = case(state=CaseState.OVERDUE)
URGE = Urge(number="CB-20260304-0001", case=OVERDUE.number, at=datetime(2026, 3, 4, tzinfo=UTC), due=date(2026, 3, 9))
SLIP = CodeScanned(role="scanner", text="LCZC1:" + OVERDUE.token)


def shown(found=OVERDUE, walk=None):
    return (walk or full()).service("look_up").choose("code").handle(SLIP).reply(found)


def urging():
    return shown().choose("urge").touch("yes", nonce="u1")


def values(walk):
    return [option.value for option in walk.screen.more]


# -- urging -------------------------------------------------------------------------------------------------------------------


def test_a_reminder_is_asked_for_once_and_the_case_is_then_shown_without_it():
    walk = shown().choose("urge")
    assert walk.say(walk.screen.title) == "要催办这件事吗？"
    assert walk.count(UrgeCase) == 0
    walk.touch("yes", nonce="u1")
    assert (walk.request, walk.acts[-1][1]) == (UrgeCase(nonce="u1", token=OVERDUE.token), Act(kind="urge", subject="u1"))
    assert walk.touch("frame-back").here == "urge"
    walk.reply(URGE)
    assert (walk.screen.number, walk.say(walk.screen.points[0])) == ("CB-20260304-0001", "部门最迟 2026年3月9日 答复")
    walk.touch("primary")
    assert walk.request == CaseByToken(token=OVERDUE.token)
    walk.reply(URGED)
    assert (walk.name, "urge" in values(walk)) == ("CaseShown", False)
    assert walk.touch("frame-back").name == "Home"


def test_one_may_think_better_of_it():
    walk = shown().choose("urge").touch("no")
    assert (walk.name, len(walk.acts)) == ("CaseShown", 0)


def test_after_the_reminder_one_may_leave():
    assert urging().reply(URGE).touch("second").name == "Attract"


@pytest.mark.parametrize("refusal", [Refusal.URGED_ALREADY, Refusal.NOT_OVERDUE])
def test_a_reminder_that_is_refused_says_why_and_shows_the_case_as_it_is_now(refusal):
    walk = urging().refuse(refusal=refusal)
    assert (walk.say(walk.screen.title), walk.screen.human) == ("没有催办", "请到咨询台")
    assert walk.touch("primary").reply(URGED).name == "CaseShown"
    assert urging().refuse(refusal=refusal).touch("second").name == "Attract"


def test_without_an_answer_the_same_reminder_is_sent_again():
    walk = urging().refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    assert walk.touch("primary", nonce="u2").request.nonce == "u1"


# -- what a terminal has not -----------------------------------------------------------------------------------------------


def test_only_services_this_terminal_has_are_offered():
    found = case(state=CaseState.APPROVED, acts=(CaseAct.RESULT, CaseAct.RATE, CaseAct.DELIVERY))
    only = (Offer(name="look_up", entrance="query", quick=True, needs=("office",)),)
    assert values(shown(found, Walk(online=FULL, offers=only))) == ["delivery"]
    assert values(shown(found)) == ["result", "delivery", "rate", "complain"]


@pytest.mark.parametrize(("role", "closed"), [("a4_printer", ["result"]), ("id_reader", ["result", "delivery"])])
def test_what_a_device_keeps_from_being_done_says_so(role, closed):
    walk = shown(case(state=CaseState.APPROVED, acts=(CaseAct.RESULT, CaseAct.DELIVERY))).status(role, GONE)
    shut = {option.value: walk.say(option.why) for option in walk.screen.more if not option.enabled}
    assert list(shut) == closed
    assert all(shut.values())


# -- which document -----------------------------------------------------------------------------------------------------------


def listing(licences=(LICENCE,), cases=()):
    return full().service("documents").choose("card").card().reply(licences).reply(cases)


def summary(state):
    return CaseSummary(number=state, item=OVERDUE.item, state=state, accepted=OVERDUE.accepted, token=state)


def test_licences_come_first_then_what_was_decided():
    walk = listing(cases=tuple(summary(state) for state in CaseState))
    assert isinstance(walk.request, CasesOfPerson)
    assert [option.value for option in walk.screen.options] == [f"licence:{LICENCE.token}", "case:approved", "case:rejected"]
    for nonsense in ("", "case:", "case:accepted", "licence:x", LICENCE.token):
        assert walk.choose(nonsense).here == "list"


def test_nobody_has_anything_to_print():
    walk = listing((), (summary(CaseState.WITHDRAWN),))
    assert walk.say(walk.screen.title) == "没有可以打印的"
    assert walk.touch("primary").here == "way"
    assert listing((), ()).touch("second").name == "Home"


def test_a_licence_is_printed_for_what_was_chosen_also_when_it_is_asked_again_in_another_language():
    walk = listing().choose(f"licence:{LICENCE.token}")
    assert walk.choose("nonsense").here == "purpose"
    walk.choose("bank").touch("yes", nonce="c1")
    first = walk.request
    assert first == PrintLicence(nonce="c1", token=LICENCE.token, purpose="仅供办理银行业务使用")
    walk.refuse(BackendReason.TIMEOUT).touch("frame-language", "en").touch("primary")
    assert walk.request == first
    assert walk.reply(DOCUMENT).printed().here == "done"


def test_without_a_printer_no_copy_is_issued():
    walk = listing().choose(f"licence:{LICENCE.token}").choose("own").status("a4_printer", GONE)
    assert (walk.say(walk.screen.title), walk.screen.human) == ("现在不能打印", "请到咨询台")
    walk.touch("yes")
    assert (walk.here, walk.acts) == ("sure", [])
    assert walk.touch("primary").name == "Home"


def test_a_code_that_is_no_slip_is_said_to_be_none_and_another_way_is_open():
    walk = full().service("documents").handle(CodeRejected(role="scanner", reason="tooLong"))
    assert (walk.here, "这个码在这里用不了" in walk.say(walk.screen.error)) == ("code", True)
    walk.handle(CodeScanned(role="scanner", text="https://x.invalid"))
    assert "这个码在这里用不了" in walk.say(walk.screen.error)
    assert walk.touch("other").here == "way"


def test_a_paper_that_did_not_come_out_is_printed_again_as_the_same_copy():
    walk = listing().choose(f"licence:{LICENCE.token}").choose("own").touch("yes", nonce="c1").reply(DOCUMENT).not_printed()
    assert (walk.here, walk.say(walk.screen.points[1])) == ("unprinted", "再打印一次仍是同一份，不会多记")
    assert walk.touch("primary").printed().here == "done"
    assert sum(isinstance(getattr(one, "request", None), PrintLicence) for one in walk.sent) == 1
