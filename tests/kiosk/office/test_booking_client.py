"""The terminal's own client asks the office for all of it, and understands every answer."""

from booking_help import GOOD, ITEM, JIA, REVIEWED, YI, at, put_matters
from licence_help import put_licence
from office_help import KEY, nonce

from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import OfficeClient
from kiosk.backend.messages import Person, Priority
from kiosk.backend.messages.bookings import (
    BookingByCode,
    BookingByToken,
    BookingsOfPerson,
    BookingState,
    CancelBooking,
    ChangeBooking,
    CheckIn,
    ConfirmBooking,
    HoldSlot,
    ListBookingDays,
)
from kiosk.backend.messages.documents import PrintLicence
from kiosk.backend.messages.reviews import LicencesOfPerson, MaterialAnswer, ReviewByToken, SubmitReview

PERSON, HELPER = Person(**JIA), Person(**YI)


def test_a_booking_from_its_day_to_its_ticket(office, running, clock):
    put_matters(office)
    ask = OfficeClient(OfficeAccess(url=running[0].url, key=KEY)).ask
    day = next(one for one in ask(ListBookingDays(item=ITEM, hall="city")) if one.slots)
    held = ask(HoldSlot(nonce=nonce(1), item=ITEM, hall="city", start=day.slots[0].start, person=PERSON, agent=HELPER))
    assert (held.state, held.start) == (BookingState.HELD, at("11-23 09:00"))
    booked = ask(ConfirmBooking(booking=held.id, phone="19900000001"))
    assert ask(BookingByToken(token=held.token)) == ask(BookingByCode(code=held.code, number_tail="0016")) == booked
    assert ask(BookingsOfPerson(person=PERSON)) == (booked,)
    moved = ask(ChangeBooking(nonce=nonce(2), token=held.token, start=day.slots[1].start))
    clock.now = at("11-23 09:00")
    ticket = ask(CheckIn(token=held.token, language="en"))
    assert (moved.start, ticket.priority) == (at("11-23 09:30"), Priority.BOOKED)
    other = ask(HoldSlot(nonce=nonce(3), item=ITEM, hall="city", start=at("11-24 09:00"), person=PERSON))
    assert ask(CancelBooking(token=other.token)).state is BookingState.CANCELLED


def test_a_licence_and_a_pre_review(office, running):
    put_matters(office)
    put_licence(office, "t-card", at("2025-01-01").date())
    ask = OfficeClient(OfficeAccess(url=running[0].url, key=KEY)).ask
    licence = next(one for one in ask(LicencesOfPerson(person=PERSON)) if one.number == "NO-t-card")
    copy = ask(PrintLicence(nonce=nonce(1), token=licence.token, purpose=""))
    assert (copy.copy, copy.number, copy.facts[0].value) == (1, "NO-t-card", JIA["name"])
    answers = {code: MaterialAnswer(answer) for code, answer in {**GOOD, "id": "licence", "lease": "later"}.items()}
    review = ask(SubmitReview(nonce=nonce(2), item=REVIEWED, item_version=1, person=PERSON, answers=answers))
    assert (review.passed, review.promises[0].due) == (True, at("11-25").date())
    assert ask(ReviewByToken(token=review.token)) == review
