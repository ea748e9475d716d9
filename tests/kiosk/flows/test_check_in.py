from datetime import timedelta

from booking_walks import TOKEN, booking
from made_catalogue import catalogue
from walking import NOON, full, ticket, words

from drivers.contract import CodeScanned, Print
from kiosk.backend.messages import Priority
from kiosk.backend.messages.bookings import (
    BookingByToken,
    BookingsOfPerson,
    BookingState,
    CheckIn,
)
from kiosk.errors import BackendReason, Refusal


def arrived(**changes):
    walk = full().home().handle(CodeScanned(role="scanner", text="LCZB1:" + TOKEN))
    assert walk.request == BookingByToken(token=TOKEN)
    return walk.reply(booking(check_in_from=NOON - timedelta(minutes=30), check_in_until=NOON + timedelta(minutes=50), **changes))


def test_a_booking_at_home_becomes_a_ticket_with_priority():
    walk = arrived().touch("yes")
    assert walk.request == CheckIn(token=TOKEN, language="zh-CN")
    walk.reply(ticket(priority=Priority.BOOKED))
    assert "已预约" in repr(walk.last(Print).paper.blocks)
    walk.printed()
    assert walk.name == "TicketShown"


def test_too_early_says_when_to_come_and_asks_nothing():
    walk = full().home().handle(CodeScanned(role="scanner", text="LCZB1:" + TOKEN)).reply(booking())
    assert walk.name == "Message"
    assert not any(isinstance(getattr(command, "request", None), CheckIn) for command in walk.sent)


def test_another_halls_booking_says_which_hall_even_when_it_is_early():
    for changes in ({}, {"check_in_from": NOON - timedelta(minutes=30), "check_in_until": NOON + timedelta(minutes=50)}):
        walk = full().home().handle(CodeScanned(role="scanner", text="LCZB1:" + TOKEN))
        walk.reply(booking(hall="baiyang", hall_name=words("白杨县政务服务中心"), **changes))
        said = [walk.say(one) for one in (walk.screen.title, *walk.screen.points)]
        assert said[:3] == ["没有签到", "您预约的是另一个大厅", "白杨县政务服务中心"]
        assert said[3].startswith("签到时间 3月")
        assert not any(isinstance(getattr(command, "request", None), CheckIn) for command in walk.sent)
        walk.touch("primary")
        assert walk.name == "Home"


def test_a_terminal_that_does_not_know_its_hall_leaves_it_to_the_office():
    walk = full(catalogue(here="")).home().handle(CodeScanned(role="scanner", text="LCZB1:" + TOKEN))
    walk.reply(booking(hall="baiyang", check_in_from=NOON, check_in_until=NOON + timedelta(minutes=50))).touch("yes")
    walk.refuse(refusal=Refusal.WRONG_HALL)
    assert walk.say(walk.screen.points[0]) == "您预约的是另一个大厅"


def test_what_was_cancelled_names_no_time_to_come():
    walk = arrived(state=BookingState.CANCELLED).touch("yes").refuse(refusal=Refusal.BOOKING_CANCELLED)
    assert [walk.say(one) for one in walk.screen.points] == ["这个预约已经取消"]


def test_too_late_leads_to_a_ticket_without_booking():
    walk = arrived().touch("yes").refuse(refusal=Refusal.CHECK_IN_LATE)
    assert walk.name == "Message"
    walk.touch("primary")
    assert walk.session._visit.here.flow.name == "ticket"


def test_papers_that_have_to_be_checked_first_lead_there_and_back():
    walk = arrived().touch("yes").refuse(refusal=Refusal.REVIEW_REQUIRED).touch("yes")
    assert walk.session._visit.here.flow.name == "review"
    assert walk.session._visit.here.facts.booking == TOKEN


def test_the_card_shows_the_persons_bookings_to_check_in():
    walk = full().service("check_in").choose("card").card()
    assert isinstance(walk.request, BookingsOfPerson)
    walk.reply(())
    assert walk.name == "Message"


def test_no_answer_to_a_check_in_asks_for_the_same_ticket():
    walk = arrived().touch("yes").refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    walk.touch("primary")
    assert isinstance(walk.request, CheckIn)
