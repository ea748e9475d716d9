from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from made_catalogue import FOOD, catalogue, w
from walking import CARD, GONE, NOON, full, ticket, words

from drivers.contract import CodeScanned, Print, Qr
from kiosk.backend.messages import Priority
from kiosk.backend.messages.bookings import (
    Booking,
    BookingByCode,
    BookingByToken,
    BookingDay,
    BookingsOfPerson,
    BookingState,
    CancelBooking,
    ChangeBooking,
    CheckIn,
    ConfirmBooking,
    HoldSlot,
    ListBookingDays,
    Slot,
)
from kiosk.errors import BackendReason, Refusal

TOKEN = "B" * 22
DAY = date(2026, 3, 5)


def at(hour, minute=0, day=5):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def slot(hour, free=2):
    return Slot(start=at(hour), end=at(hour, 30), free=free)


DAYS = (
    BookingDay(day=DAY, slots=(slot(9), slot(10, 0), slot(14))),
    BookingDay(day=date(2026, 3, 6), slots=(), why=w("清明节放假")),
    BookingDay(day=date(2026, 3, 9), slots=(slot(9, 0),)),
)


def booking(state=BookingState.BOOKED, **changes):
    return Booking(**{
        "id": "b1", "state": state, "item": "food", "item_name": words("食品经营许可"), "hall": "city", "hall_name": words("鹿城市政务服务中心"),
        "where": words("一楼 A 区"), "start": at(9), "end": at(9, 30), "held_until": NOON + timedelta(minutes=15), "cancel_until": at(7),
        "check_in_from": at(8), "check_in_until": at(9, 20), "code": "12345678", "token": TOKEN, "name": CARD.name,
    } | changes)  # fmt: skip


def choosing(walk=None):
    return (walk or full()).service("book").choose("item").choose("food").choose("city").reply(DAYS)


def holding():
    return choosing().choose("2026-03-05").choose("09:00", nonce="hold-1").card()


def held():
    return holding().reply(booking(BookingState.HELD))


def booked():
    return held().touch("skip").touch("submit").reply(booking())


def test_an_item_that_cannot_be_booked_says_so():
    walk = full(catalogue(FOOD, replace(FOOD, code="x", bookable=False))).service("book").choose("item")
    assert [(option.value, option.enabled) for option in walk.screen.results] == [("food", True), ("x", False)]
    walk.choose("x")
    assert walk.here == "item"


def test_any_hall_that_handles_it_can_be_chosen_and_this_one_is_first():
    walk = full().service("book").choose("item").choose("food")
    assert [option.value for option in walk.screen.options] == ["city", "baiyang"]
    walk.choose("baiyang")
    assert walk.request == ListBookingDays(item="food", hall="baiyang")


def test_days_and_times_that_are_full_or_closed_say_why():
    walk = choosing()
    assert [(walk.say(one.note), walk.say(one.why)) for one in walk.screen.options] == [("余 4", ""), ("", "清明节放假"), ("", "已约满")]
    walk.choose("2026-03-06")
    assert walk.here == "day"
    walk.choose("2026-03-05")
    assert [[(one.value, one.enabled) for one in group.options] for group in walk.screen.groups] == [[("09:00", True), ("10:00", False)], [("14:00", True)]]
    walk.choose("10:00")
    assert walk.here == "slot"


def test_a_slot_is_held_with_the_touchs_nonce_then_booked_and_printed():
    walk = holding()
    assert walk.request == HoldSlot(nonce="hold-1", item="food", hall="city", start=at(9), person=walk.session._visit.person)
    walk.reply(booking(BookingState.HELD)).touch("enter", "13900000000")
    assert "12:15" in walk.say(walk.screen.hint)
    walk.touch("submit")
    assert walk.request == ConfirmBooking(booking="b1", phone="13900000000")
    walk.reply(booking())
    paper = walk.last(Print).paper
    assert [block.data for block in paper.blocks if isinstance(block, Qr)] == ["LCZB1:" + TOKEN]
    assert CARD.name not in repr(paper.blocks)
    walk.printed()
    assert (walk.name, walk.screen.number) == ("Page", "1234 5678")
    walk.choose("done")
    assert walk.name == "Rating"


def test_a_slot_taken_meanwhile_leads_to_the_days_as_they_are_now():
    walk = holding().refuse(refusal=Refusal.SLOT_TAKEN)
    assert isinstance(walk.request, ListBookingDays)
    walk.reply(DAYS)
    assert walk.say(walk.screen.hint) == "这个时段刚刚被约满，请换一个时段"


def test_a_hold_that_ran_out_leads_to_the_days_again():
    walk = held().touch("skip").touch("submit").refuse(refusal=Refusal.HOLD_EXPIRED).reply(DAYS)
    assert walk.here == "day"


@pytest.mark.parametrize("refusal", [Refusal.BOOKED_ALREADY, Refusal.NO_SHOW_LIMIT])
def test_what_is_refused_for_good_says_why_and_who_helps(refusal):
    walk = holding().refuse(refusal=refusal)
    assert walk.name == "Message"
    assert walk.screen.human
    walk.touch("primary")
    assert walk.name == "Home"


def test_without_an_answer_the_same_hold_is_asked_for_again():
    walk = holding().refuse(BackendReason.TIMEOUT).touch("primary", nonce="other")
    assert walk.request.nonce == "hold-1"
    walk = held().touch("skip").touch("submit").refuse(BackendReason.TIMEOUT).touch("primary")
    assert isinstance(walk.request, ConfirmBooking)


def test_without_a_printer_the_number_is_on_the_screen():
    walk = full().status("receipt_printer", GONE)
    walk = choosing(walk).choose("2026-03-05").choose("09:00").card().reply(booking(BookingState.HELD)).touch("skip").touch("submit").reply(booking())
    assert walk.count(Print) == 0
    assert walk.screen.number == "1234 5678"
    assert not next(one for one in walk.screen.actions if one.value == "print").enabled


def test_a_booking_is_moved_without_giving_the_old_time_up_first():
    walk = booked().printed().choose("change").reply(DAYS).choose("2026-03-05").choose("14:00")
    assert walk.name == "Question"
    walk.touch("yes", nonce="move-1")
    assert walk.request == ChangeBooking(nonce="move-1", token=TOKEN, start=at(14))
    walk.reply(booking(start=at(14), end=at(14, 30))).printed()
    assert "14:00" in repr(walk.screen)


def test_a_booking_is_cancelled_after_a_question():
    walk = booked().printed().choose("cancel").touch("yes")
    assert walk.request == CancelBooking(token=TOKEN)
    walk.reply(booking(BookingState.CANCELLED))
    assert walk.say(walk.screen.title) == "预约已取消"


def test_too_late_to_change_is_said_beside_the_button():
    walk = full().service("book").choose("find").choose("card").card().reply((booking(cancel_until=NOON - timedelta(minutes=1)),)).choose(TOKEN)
    assert {one.value: one.enabled for one in walk.screen.actions} == {"done": True, "print": True, "change": False, "cancel": False}
    walk.choose("cancel")
    assert walk.here == "booking"


def test_a_booking_is_found_by_its_digits_and_a_wrong_pair_four_times_corrected():
    walk = full().service("book").choose("find").choose("number")
    for _ in range(4):
        walk.touch("enter", "12345678").touch("enter", "0000").refuse(BackendReason.NOT_FOUND)
        assert walk.screen.error
    walk.touch("enter", "12345678").touch("enter", "101X")
    assert walk.request == BookingByCode(code="12345678", number_tail="101X")
    assert "101X" not in repr(walk.request)
    walk.refuse(BackendReason.RATE_LIMITED)
    assert walk.name == "Message"


# -- check-in -----------------------------------------------------------------------------------------------------------------


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
