from dataclasses import replace
from datetime import timedelta

import pytest
from booking_walks import DAYS, TOKEN, at, booked, booking, choosing, held, holding
from made_catalogue import FOOD, catalogue
from walking import CARD, GONE, NOON, full

from drivers.contract import Line, Print, Qr
from kiosk.backend.messages.bookings import (
    BookingByCode,
    BookingState,
    CancelBooking,
    ChangeBooking,
    ConfirmBooking,
    HoldSlot,
    ListBookingDays,
)
from kiosk.errors import BackendReason, Refusal


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


def test_a_hall_that_gives_no_tickets_for_it_is_not_offered_and_each_hall_once():
    first, second = FOOD.places
    places = (replace(first, queue=""), second, replace(first, queue="other"), replace(second, queue="more"))
    walk = full(catalogue(replace(FOOD, places=places))).service("book").choose("item").choose("food")
    assert [option.value for option in walk.screen.options] == ["city", "baiyang"]
    walk = full(catalogue(replace(FOOD, places=(replace(first, queue=""), second)))).service("book").choose("item").choose("food")
    assert [option.value for option in walk.screen.options] == ["baiyang"]
    walk.choose("city")
    assert walk.here == "hall"
    walk = full(catalogue(replace(FOOD, places=(replace(first, queue=""),)))).service("book").choose("item")
    assert not walk.screen.results[0].enabled


def test_days_that_cannot_be_asked_for_are_asked_for_again_and_a_refusal_says_why():
    walk = full().service("book").choose("item").choose("food").choose("city").refuse()
    assert walk.say(walk.screen.title) == "暂时查不了"
    walk.touch("primary")
    assert walk.request == ListBookingDays(item="food", hall="city")
    walk.refuse(refusal=Refusal.NOT_BOOKABLE)
    assert [walk.say(one) for one in (walk.screen.title, *walk.screen.points)] == ["没有约上", "这个事项在这里不能预约"]
    assert walk.screen.second is None
    walk.touch("primary")
    assert walk.name == "Home"


def test_days_and_times_that_are_full_or_closed_say_why():
    walk = choosing()
    assert [(walk.say(one.note), walk.say(one.why)) for one in walk.screen.options] == [("余 4 个", ""), ("", "清明节放假"), ("", "已约满")]
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
    assert walk.request == ConfirmBooking(booking="b1", phone="13900000000", language="zh-CN")
    walk.reply(booking())
    paper = walk.last(Print).paper
    assert [block.data for block in paper.blocks if isinstance(block, Qr)] == ["LCZB1:" + TOKEN]
    assert CARD.name not in repr(paper.blocks)
    lines = [block.text for block in paper.blocks if isinstance(block, Line)]
    come = lines.index("当天 08:00 至 09:20，到自助机签到")
    assert lines[come + 1] == "签到后到一楼 A 区等候"  # nobody is to wait there without a number
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


def test_a_refusal_says_what_was_not_done_and_never_that_the_booking_is_gone():
    walk = booked().printed().choose("cancel").touch("yes").refuse(refusal=Refusal.CHANGE_TOO_LATE)
    assert [walk.say(one) for one in (walk.screen.title, *walk.screen.points)] == ["没有取消", "距预约时间不足两小时，不能再改约或取消"]
    moving = booked().printed().choose("change").reply(DAYS).choose("2026-03-05").choose("14:00").touch("yes", nonce="move-1")
    moving.refuse(refusal=Refusal.BOOKED_ALREADY)
    assert [moving.say(one) for one in (moving.screen.title, *moving.screen.points)] == ["没有改成", "您当天已经预约过这个事项"]
    moving.touch("primary")
    assert moving.name == "Home"


def test_without_an_answer_the_same_move_and_the_same_cancel_are_asked_for_again():
    walk = booked().printed().choose("change").reply(DAYS).choose("2026-03-05").choose("14:00").touch("yes", nonce="move-1")
    walk.refuse(BackendReason.TIMEOUT)
    assert walk.say(walk.screen.title) == "还不知道办成了没有"
    walk.touch("primary", nonce="other")
    assert walk.request == ChangeBooking(nonce="move-1", token=TOKEN, start=at(14))
    walk = booked().printed().choose("cancel").touch("yes").refuse(BackendReason.TIMEOUT).touch("primary")
    assert walk.request == CancelBooking(token=TOKEN)


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
    assert walk.touch("primary").name == "Home"
