"""Booking (预约): item, hall, day, time; held while one decides, then booked; shown, moved and given up until two hours before."""

from collections.abc import Callable

from drivers.contract import Event
from kiosk.flow import Act, Answered, Around, Flow, Go, Move, Pace, Step, Subject
from kiosk.flows.book import choose, confirm, manage
from kiosk.flows.book.facts import Facts
from kiosk.screens import Choose, Option
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.find_booking import booking_steps
from kiosk.steps.identify import by_card
from kiosk.steps.items import item_step
from kiosk.steps.phone import phone_step
from kiosk.steps.printing import by_paper
from kiosk.texts import text


def _what(_: Facts, _around: Around) -> Choose:
    new = Option(value="item", title=text("book-new"), about=text("book-new-about"), icon="book")
    mine = Option(value="find", title=text("book-mine"), about=text("book-mine-about"), icon="look_up")
    return Choose(title=text("service-book"), options=(new, mine))


def _chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="item" | "find" as step):
            return Go(step, facts)
        case _:
            return None


def _opened(subject: Subject, around: Around) -> Go[Facts]:
    """For an item, or for a booking of the person's list elsewhere."""
    if subject.booking:
        return Go("by_token", Facts(token=subject.booking))
    guide = around.catalogue.guide(subject.item)
    if guide is None or choose.bookable(guide, around):
        return Go("item", Facts())
    return Go("hall", Facts(item=guide.code, guide=guide))


def _act(kind: str) -> Callable[[Facts], Act]:
    return lambda facts: Act(kind=kind, subject=facts.nonce)


FLOW: Flow[Facts] = Flow(
    name="book",
    start="what",
    facts=Facts(),
    places=4,
    about=_opened,
    steps={
        "what": Step(screen=_what, react=_chosen),
        **item_step(text("book-which"), choose.bookable, "hall"),
        "hall": Step(screen=choose.halls, react=choose.hall_chosen, place=2),
        "days": asking(text("book-asking"), choose.ask_days, choose.got_days, refused=choose.no_days, place=3),
        "no_days": refused_page(text("look-up-away"), again="days"),
        "day": Step(screen=choose.days, react=choose.day_chosen, place=3),
        "slot": Step(screen=choose.slots, react=choose.slot_chosen, place=3),
        **by_card("hold", "slot", prefix="hold_"),
        "hold": asking(
            text("book-holding"),
            confirm.hold,
            confirm.held,
            refused=choose.not_kept("unheld", "refused"),
            act=_act("booking-hold"),
            place=4,
        ),
        "unheld": refused_page(text("book-unkept"), again="hold", back=False),
        "phone": phone_step(text("book-phone"), text("book-phone-hint"), "check", place=4),
        "check": Step(screen=confirm.check, react=confirm.checked, place=4),
        "confirm": asking(
            text("book-booking"),
            confirm.confirm,
            confirm.confirmed,
            refused=choose.not_kept("unbooked", "refused"),
            act=_act("booking"),
            place=4,
        ),
        "unbooked": refused_page(text("book-unkept"), again="confirm", back=False),
        "refused": Step(screen=confirm.refused(text("book-unkept")), react=confirm.after_refusal, back=False),
        **by_paper(lambda facts, around: manage.booking_paper(facts.booked, around), kind="booking-print", done="done"),
        "done": Step(screen=manage.shown, react=manage.seen, back=False, place=4),
        **booking_steps("booking"),
        "booking": Step(screen=manage.shown, react=manage.seen, pace=Pace.SENSITIVE),
        "move_sure": Step(screen=manage.move_sure, react=manage.move_decided),
        "move": asking(
            text("book-moving"),
            manage.move,
            confirm.confirmed,
            refused=choose.not_kept("unmoved", "move_refused"),
            act=_act("booking-move"),
        ),
        "unmoved": refused_page(text("book-unmoved"), again="move", back=False),
        "move_refused": Step(screen=confirm.refused(text("book-unmoved")), react=confirm.after_refusal, back=False),
        "cancel_sure": Step(screen=manage.cancel_sure, react=manage.cancel_decided),
        "cancel": asking(
            text("book-cancelling"),
            manage.cancel,
            manage.cancelled,
            refused=choose.not_kept("uncancelled", "cancel_refused"),
            act=_act("booking-cancel"),
        ),
        "uncancelled": refused_page(text("book-uncancelled"), again="cancel", back=False),
        "cancel_refused": Step(screen=confirm.refused(text("book-uncancelled")), react=confirm.after_refusal, back=False),
        "cancelled": Step(screen=manage.gone, react=confirm.left, back=False, pace=Pace.RESULT),
    },
)
