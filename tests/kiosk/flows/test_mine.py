from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from walking import CARD, EVERY, FULL, GONE, Walk, full, words

from drivers.contract import CardFound, CardRead, CodeScanned, Failed, ReadCard
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import CasesOfPerson, CaseState, CaseSummary, Person, Replied
from kiosk.backend.messages.bookings import Booking, BookingByToken, BookingsOfPerson, BookingState
from kiosk.backend.messages.matters import Matter, MatterByToken, MatterKind, MattersOfPerson, MatterStage, MatterState
from kiosk.errors import BackendReason
from kiosk.screens import Tone

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
ME = Person(number=CARD.number, name=CARD.name)
CASE = CaseSummary(number="LC1", item=words("食品经营许可"), state=CaseState.OVERDUE, accepted=date(2026, 3, 1), token="C" * 22)
BOOKING = Booking(
    id="b1", state=BookingState.BOOKED, item="food", item_name=words("食品经营许可"), hall="city", hall_name=words("鹿城市政务服务中心"),
    where=words("一楼 A 区"), start=AT, end=AT, cancel_until=AT, check_in_from=AT, check_in_until=AT, code="12345678", token="B" * 22, name=CARD.name,
)  # fmt: skip
MATTER = Matter(
    number="GD-20260302-0001", code="471108", kind=MatterKind.ORDER, about=words("道路"), text="楼下的路灯坏了", state=MatterState.RECEIVED,
    stages=(MatterStage(state=MatterState.RECEIVED, at=AT),), due=date(2026, 3, 9), token="M" * 22,
)  # fmt: skip
KINDS = {
    "cases": (CasesOfPerson(number=CARD.number, name=CARD.name), CASE),
    "bookings": (BookingsOfPerson(person=ME), BOOKING),
    "matters": (MattersOfPerson(person=ME), MATTER),
}


def asked(kind, walk=None):
    return (walk or full()).service("mine").choose(kind).card()


def listed(kind, *found, walk=None):
    return asked(kind, walk).reply(found)


def flow(walk):
    return walk.session._visit.here.flow.name


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_asked_for_with_the_card_and_listed(kind):
    request, one = KINDS[kind]
    walk = full().service("mine").choose(kind)
    assert (walk.here, walk.count(ReadCard)) == ("consent", 0)
    walk.card()
    assert walk.request == request
    assert CARD.number not in repr(walk.request)
    walk.reply((one,))
    assert [option.value for option in walk.screen.options] == [one.token]
    assert walk.say(walk.screen.hint) == "共 1 项"
    assert not any(secret in repr(walk.screen) for secret in (CARD.number, CARD.name, "471108", "12345678", "路灯"))
    walk.choose("X" * 22)
    assert walk.here == "list"


@pytest.mark.parametrize(
    ("kind", "service", "request_type"), [("cases", "look_up", None), ("bookings", "book", BookingByToken), ("matters", "question", MatterByToken)]
)
def test_what_is_picked_opens_where_it_is_looked_after_and_back_leads_to_the_list(kind, service, request_type):
    one = KINDS[kind][1]
    walk = listed(kind, one).choose(one.token)
    assert flow(walk) == service
    assert walk.request.token == one.token
    assert request_type is None or isinstance(walk.request, request_type)
    walk.touch("frame-back")
    assert (flow(walk), walk.here) == ("mine", "list")


def test_the_card_is_asked_for_once_only():
    walk = listed("cases", CASE).touch("frame-back").touch("frame-back").choose("bookings")
    assert walk.request == BookingsOfPerson(person=ME)
    assert walk.count(ReadCard) == 1


def test_a_booking_that_is_over_says_so_and_cannot_be_opened():
    over = [state for state in BookingState if state is not BookingState.BOOKED]
    found = [replace(BOOKING, state=state, token=f"{n}" * 22) for n, state in enumerate(over)]
    walk = listed("bookings", BOOKING, *found)
    assert [option.enabled for option in walk.screen.options] == [True] + [False] * len(over)
    assert all(walk.say(option.why) for option in walk.screen.options[1:])
    for one in found:
        assert walk.choose(one.token).here == "list"


def test_without_booking_on_this_machine_a_booking_is_only_shown():
    walk = Walk(online=FULL, offers=tuple(one for one in EVERY if one.name != "book"))
    assert [option.enabled for option in listed("bookings", BOOKING, walk=walk).screen.options] == [False]
    assert walk.choose(BOOKING.token).here == "list"


def test_a_matter_that_is_late_is_marked_and_one_without_subject_says_its_kind():
    question = replace(MATTER, kind=MatterKind.QUESTION, about="", stages=(), token="Q" * 22)
    walk = listed("matters", replace(MATTER, late=True), question)
    late, plain = walk.screen.options
    assert (late.tone, plain.tone) == (Tone.WARN, Tone.PLAIN)
    assert [walk.say(label) for label in (late.title, plain.title)] == ["道路", "我要咨询"]


def test_nothing_found_leads_to_the_other_kinds_or_home():
    walk = listed("cases")
    assert (walk.name, walk.say(walk.screen.title)) == ("Message", "没有查到")
    assert walk.screen.human
    walk.handle(CodeScanned(role="scanner", text="LCZC1:" + "C" * 22))
    assert walk.here == "none"
    assert walk.touch("primary").here == "menu"
    assert listed("cases").touch("second").name == "Home"


@pytest.mark.parametrize("reason", [BackendReason.UNREACHABLE, BackendReason.TIMEOUT, BackendReason.RATE_LIMITED])
def test_without_an_answer_the_same_is_asked_again(reason):
    walk = asked("matters").refuse(reason)
    assert (walk.say(walk.screen.title), bool(walk.screen.human)) == ("暂时查不了", True)
    walk.touch("primary")
    assert (walk.name, walk.request) == ("Busy", MattersOfPerson(person=ME))
    assert walk.refuse(reason).touch("second").name == "Home"


def test_touches_codes_and_answers_to_others_change_nothing_while_it_is_asked():
    walk = asked("cases")
    walk.choose(CASE.token).handle(CardFound(role="id_reader", id="not-ours")).handle(CodeScanned(role="scanner", text="?"))
    walk.handle(Replied(id="not-ours", reply=(CASE,)))
    assert (walk.here, walk.name) == ("ask", "Busy")
    assert walk.reply((CASE,)).here == "list"


def test_consent_may_be_withheld_and_a_card_that_fails_is_tried_again():
    walk = full().service("mine").choose("cases").touch("no")
    assert (walk.here, walk.count(ReadCard)) == ("menu", 0)
    walk.choose("cases").touch("yes")
    failed = Failed(role="id_reader", id=walk.last(ReadCard).id, error=DeviceError(Reason.CARD_MOVED, Action.WAIT))
    assert walk.handle(failed).name == "Message"
    assert walk.touch("primary").here == "card"
    walk.handle(CardRead(role="id_reader", id=walk.last(ReadCard).id, card=CARD))
    assert walk.request == KINDS["cases"][0]
    walk = full().service("mine").choose("cases").touch("yes").touch("other")
    assert walk.here == "menu"


def test_licences_are_on_the_menu_where_the_machine_has_them():
    walk = full().service("mine")
    assert [option.value for option in walk.screen.options] == ["cases", "bookings", "matters", "documents"]
    assert walk.choose("nothing").here == "menu"
    assert flow(walk.choose("documents")) == "documents"
    walk = full().status("a4_printer", GONE).service("mine")
    assert walk.say(walk.screen.options[-1].note)
    assert walk.choose("documents").here == "menu"
    walk = Walk(online=FULL, offers=tuple(one for one in EVERY if one.name != "documents")).service("mine")
    assert [option.value for option in walk.screen.options] == ["cases", "bookings", "matters"]
