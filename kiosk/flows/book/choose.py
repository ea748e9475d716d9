"""Where and when: hall, day, time."""

from collections.abc import Callable
from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.bookings import BookingDay, ListBookingDays, Slot
from kiosk.backend.messages.catalogue import Guide
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Answered, Around, Go, Move
from kiosk.flows.book.facts import Facts
from kiosk.screens import Choose, Option
from kiosk.screens.reading import Grid, Group
from kiosk.steps.find_booking import on_day
from kiosk.steps.identify import known_or
from kiosk.texts import Label, text

_NOON = 12


def bookable(guide: Guide, _: Around) -> Label:
    """Why this item cannot be booked, "" where it can."""
    return "" if guide.bookable and _halls(guide) else text("refused-not-bookable")


def _halls(guide: Guide) -> tuple[str, ...]:
    """The halls that give tickets for it: a booking becomes one."""
    return tuple(dict.fromkeys(place.hall for place in guide.places if place.queue))


def halls(facts: Facts, around: Around) -> Choose:
    """Every hall that handles the item (同城通办), this one first."""
    here = around.catalogue.head.here
    options = []
    for hall in sorted(_halls(facts.chosen_guide), key=lambda hall: hall != here):
        site = around.catalogue.site(hall)
        if site is not None:
            note = text("book-here") if site.code == here else ""
            options.append(Option(value=site.code, title=site.name, about=site.address, icon="hall", note=note))
    return Choose(title=text("book-hall"), hint=facts.chosen_guide.name, options=tuple(options))


def hall_chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """One of them."""
    match event:
        case Answered(action="choose", value=code) if code in _halls(facts.chosen_guide):
            return Go("days", replace(facts, hall=code))
        case _:
            return None


def ask_days(facts: Facts, _: Around) -> ListBookingDays:
    """The days of the horizon."""
    return ListBookingDays(item=facts.item, hall=facts.hall)


def got_days(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """On to the day."""
    if not isinstance(reply, tuple):
        return None
    return Go("day", replace(facts, days=tuple(one for one in reply if isinstance(one, BookingDay))))


def no_days(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """Refused for good, or to be asked again."""
    return Go("refused" if error.refusal is not None else "no_days", facts)


def days(facts: Facts, _: Around) -> Choose:
    """The days; one that cannot be had says why."""
    return Choose(title=text("book-day"), hint=facts.said or text("book-day-hint"), options=tuple(map(_day, facts.days)))


def _day(day: BookingDay) -> Option:
    free = sum(slot.free for slot in day.slots)
    return Option(
        value=f"{day.day:%Y-%m-%d}",
        title=on_day(day.day),
        icon="book",
        note=text("book-free", n=free) if free else "",
        enabled=free > 0,
        why="" if free else day.why or text("book-full"),
    )


def day_chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """One that has free times."""
    match event:
        case Answered(action="choose", value=value):
            day = next((one for one in facts.days if f"{one.day:%Y-%m-%d}" == value and any(slot.free for slot in one.slots)), None)
            return None if day is None else Go("slot", replace(facts, day=day.day, said=""))
        case _:
            return None


def slots(facts: Facts, _: Around) -> Grid:
    """The times of the day, morning and afternoon."""
    chosen = facts.chosen_day.slots
    morning = tuple(_slot(slot) for slot in chosen if slot.start.hour < _NOON)
    afternoon = tuple(_slot(slot) for slot in chosen if slot.start.hour >= _NOON)
    groups = (Group(heading=text("book-morning"), options=morning), Group(heading=text("book-afternoon"), options=afternoon))
    return Grid(title=text("book-time"), hint=text("book-time-hint"), groups=tuple(group for group in groups if group.options))


def _slot(slot: Slot) -> Option:
    return Option(
        value=f"{slot.start:%H:%M}",
        title=f"{slot.start:%H:%M}–{slot.end:%H:%M}",
        note=text("book-free", n=slot.free) if slot.free else "",
        enabled=slot.free > 0,
        why="" if slot.free else text("book-full"),
    )


def slot_chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """A time: for a booking that is moved this is all, a new one wants to know for whom."""
    match event:
        case Answered(action="choose", value=value, nonce=nonce):
            slot = next((one for one in facts.chosen_day.slots if f"{one.start:%H:%M}" == value and one.free), None)
            if slot is None:
                return None
            new = replace(facts, start=slot.start, nonce=nonce)
            return Go("move_sure" if facts.moving else known_or(around, "hold", ask="hold_consent"), new)
        case _:
            return None


def not_kept(unknown: str, refusal: str) -> Callable[[Facts, BackendError, Around], Move[Facts]]:
    """A time that somebody else took meanwhile: the days are asked for anew, and it is said.

    `unknown` is the step where no answer leads, `refusal` the one where any other refusal does.
    """

    def refused(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
        if error.refusal in {Refusal.SLOT_TAKEN, Refusal.HOLD_EXPIRED}:
            return Go("days", replace(facts, said=facts.why))
        return Go(refusal if error.refusal is not None else unknown, facts)

    return refused
