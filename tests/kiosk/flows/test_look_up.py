from datetime import date

import pytest
from walking import CARD, GONE, PAPER_OUT, Walk, case, words

from drivers.contract import CardFound, CardRead, CodeRejected, CodeScanned, Failed, Line, Pair, Print, Printed, Qr, ReadCard
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import CaseByNumber, CaseByToken, CasesOfPerson, CaseState, CaseSummary
from kiosk.errors import BackendReason

TOKEN = "A" * 22
SUMMARY = CaseSummary(number="LC1", item=words("食品经营许可"), state=CaseState.OVERDUE, accepted=date(2026, 3, 1), token=TOKEN)


def way(value):
    return Walk().service("look_up").touch("choose", value)


def reading():
    return way("card").touch("yes")


def card_read(walk, card=CARD):
    return walk.handle(CardRead(role="id_reader", id=walk.last(ReadCard).id, card=card))


def card_failed(walk, reason=Reason.CARD_MOVED):
    return walk.handle(Failed(role="id_reader", id=walk.last(ReadCard).id, error=DeviceError(reason, Action.WAIT)))


def scan(walk, text):
    return walk.handle(CodeScanned(role="scanner", text=text))


def shown(**changes):
    return scan(way("code"), "LCZC1:" + TOKEN).reply(case(**changes))


def typed(walk, number="LC20260301001", phone="1234"):
    return walk.touch("enter", number).touch("enter", phone)


def everything(walk):
    """All that a screen says, as one string."""
    return repr(walk.screen)


def test_card_needs_consent_and_no_leads_to_another_way():
    walk = way("card")
    assert walk.name == "Question"
    assert walk.count(ReadCard) == 0
    walk.touch("no")
    assert [option.value for option in walk.screen.options] == ["card", "code", "number"]


def test_card_read_lists_the_holders_cases():
    walk = reading().handle(CardFound(role="id_reader", id="not-ours"))
    assert not walk.screen.busy
    walk.handle(CardFound(role="id_reader", id=walk.last(ReadCard).id))
    assert walk.screen.busy
    card_read(walk)
    assert walk.request == CasesOfPerson(number="999999199001010016", name="测试·甲一")
    walk.reply((SUMMARY,))
    assert walk.say(walk.screen.options[0].note) == "已超期"
    walk.touch("choose", TOKEN)
    assert walk.request == CaseByToken(token=TOKEN)
    assert walk.reply(case()).name == "CaseShown"


def test_a_person_without_cases_is_told_so():
    walk = card_read(reading()).reply(())
    assert walk.say(walk.screen.title) == "没有查到您的办件"
    assert walk.touch("primary").name == "Choose"


@pytest.mark.parametrize("reason", [Reason.CARD_MOVED, Reason.CARD_INVALID, Reason.CARD_REFUSED, Reason.UNPLUGGED, Reason.SILENT])
def test_a_card_that_was_not_read_says_why_and_can_be_tried_again(reason):
    walk = card_failed(reading(), reason)
    assert walk.say(walk.screen.points[0])
    before = walk.last(ReadCard).id
    walk.touch("primary")
    assert walk.name == "Present"
    assert walk.last(ReadCard).id != before


def test_after_a_failure_another_way_is_open():
    assert card_failed(reading()).touch("second").name == "Choose"


def test_back_from_the_list_does_not_ask_the_office_again():
    walk = card_read(reading()).reply((SUMMARY,))
    assert walk.touch("frame-back").name == "Question"


def test_a_way_whose_device_is_away_is_shown_with_the_reason():
    walk = Walk().status("id_reader", GONE).service("look_up")
    card, code, number = walk.screen.options
    assert (card.enabled, code.enabled, number.enabled) == (False, True, True)
    assert "身份证阅读器" in walk.say(card.why)


def test_number_and_phone_find_the_case():
    walk = typed(way("number"))
    assert walk.request == CaseByNumber(number="LC20260301001", phone_tail="1234")
    assert walk.reply(case()).name == "CaseShown"


def test_a_wrong_pair_keeps_the_number_and_counts_down_to_the_human_route():
    walk = way("number")
    for left in (4, 3, 2, 1):
        typed(walk).refuse(BackendReason.NOT_FOUND)
        assert walk.name == "Enter"
        assert walk.screen.value == "LC20260301001"
        assert str(left) in walk.say(walk.screen.error)
    typed(walk).refuse(BackendReason.NOT_FOUND)
    assert walk.say(walk.screen.title) == "多次没有对上，暂时不能再输入"
    assert walk.screen.human
    assert walk.touch("primary").name == "Home"


def test_the_offices_own_limit_leads_to_the_human_route():
    assert typed(way("number")).refuse(BackendReason.RATE_LIMITED).screen.human


def test_office_away_during_look_up_can_be_tried_again():
    walk = typed(way("number")).refuse(BackendReason.UNREACHABLE)
    assert walk.say(walk.screen.points[0]) == "连不上政务服务平台"
    assert walk.touch("primary").name == "Choose"


@pytest.mark.parametrize(
    "code", ["", "A" * 22, "LCZC1:" + "A" * 21, "LCZC1:" + "A" * 23, "lczc1:" + TOKEN, "LCZC1:" + "A" * 21 + "'", "https://x.invalid", "x" * 10_000, "\x1b@\x1dV"]
)
def test_a_code_that_is_no_slip_is_said_to_be_none(code):
    walk = scan(way("code"), code)
    assert walk.name == "Present"
    assert "这个码在这里用不了" in walk.say(walk.screen.error)


def test_a_binary_or_endless_code_is_no_slip_either():
    walk = way("code").handle(CodeRejected(role="scanner", reason="tooLong"))
    assert "这个码在这里用不了" in walk.say(walk.screen.error)


def test_a_slip_the_office_does_not_know():
    walk = scan(way("code"), "LCZC1:" + TOKEN).refuse(BackendReason.NOT_FOUND)
    assert "没有查到" in walk.say(walk.screen.error)
    assert scan(walk, "LCZC1:" + "B" * 22).name == "Busy"


def test_a_slip_needs_no_choice_of_way_first():
    assert scan(Walk().service("look_up"), "LCZC1:" + TOKEN).name == "Busy"


def test_names_and_numbers_are_masked_until_the_eye_is_opened():
    walk = shown()
    assert "甲一" not in everything(walk)
    assert "999999199001010016" not in everything(walk)
    walk.touch("eye")
    assert "测试·甲一" in everything(walk)
    walk.touch("eye")
    assert "甲一" not in everything(walk)


def test_revealed_values_are_masked_again_after_a_while_and_then_the_session_ends():
    walk = shown().touch("eye").tick(90)
    assert "甲一" not in everything(walk)
    assert walk.view.frame.countdown == 30
    assert walk.tick(30).name == "Attract"


def test_the_slip_names_nobody_and_brings_the_case_up_again():
    walk = shown().touch("print")
    blocks = walk.last(Print).paper.blocks
    said = " ".join(b.text if isinstance(b, Line) else f"{b.label} {b.value}" for b in blocks if isinstance(b, Line | Pair))
    assert "甲一" not in said
    assert "999999" not in said
    (qr,) = (block for block in blocks if isinstance(block, Qr))
    assert qr.data == "LCZC1:" + TOKEN
    walk.handle(Printed(role="receipt_printer", id=walk.last(Print).id))
    assert walk.say(walk.screen.title) == "进度单已打印"
    assert walk.touch("primary").name == "CaseShown"


def test_a_slip_that_was_not_printed_leaves_the_case():
    walk = shown().touch("print")
    walk.status("receipt_printer", PAPER_OUT)
    assert walk.say(walk.screen.detail) == "纸已用完"
    walk.handle(Failed(role="receipt_printer", id=walk.last(Print).id, error=DeviceError(Reason.PAPER_OUT, Action.CLEAR)))
    assert walk.screen.human
    assert walk.touch("primary").name == "CaseShown"


def test_without_a_printer_the_button_says_why():
    walk = shown().status("receipt_printer", GONE)
    assert not walk.screen.can_print
    assert "凭条打印机" in walk.say(walk.screen.print_why)
    assert walk.touch("print").name == "CaseShown"


def test_done_ends_the_session():
    assert shown().touch("done").name == "Attract"


def test_done_after_the_slip_ends_the_session():
    walk = shown().touch("print")
    walk.handle(Printed(role="receipt_printer", id=walk.last(Print).id))
    assert walk.touch("second").name == "Attract"
