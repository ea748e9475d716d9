"""Look up a case (查进度): by ID card, by case number and phone digits, or by the code on a slip.

Personal data is shown to whoever holds the card, knows two secrets or has the slip: masked, and masked again after a while.
"""

from dataclasses import replace

from drivers.contract import Event
from kiosk.flow import Answered, Around, End, Flow, Go, Pace, Step
from kiosk.flows.look_up import deliver, find, further, show
from kiosk.flows.look_up.facts import Facts, Move
from kiosk.screens import Busy, Message
from kiosk.steps import too_often, trouble_page
from kiosk.steps.identify import by_card
from kiosk.texts import text


def _busy(_: Facts, _around: Around) -> Busy:
    return Busy(title=text("look-up-busy"))


def _none(_: Facts, around: Around) -> Message:
    return trouble_page(text("cases-none"), text("cases-none-why"), around, retry=text("button-other-way"))


def _away(facts: Facts, around: Around) -> Message:
    return trouble_page(text("look-up-away"), facts.why, around, retry=text("button-again"))


def _again(facts: Facts, event: Event, _: Around) -> Move:
    """From a page without a case: another way, or home."""
    match event:
        case Answered(action="primary"):
            return Go("way", replace(facts, why=""))
        case Answered(action="second"):
            return End()
        case _:
            return None


FLOW: Flow[Facts] = Flow(
    name="look_up",
    start="way",
    facts=Facts(),
    places=3,
    wake=find.woken,
    about=find.opened,
    steps={
        "way": Step(screen=find.ways, react=find.way_chosen, place=1),
        **by_card(then="of_person", other="way"),
        "of_person": Step(screen=_busy, enter=find.ask_of_person, react=find.of_person, passing=True, pace=Pace.WORKING, place=2),
        "list": Step(screen=find.listed, react=find.list_chosen, place=2),
        "none": Step(screen=_none, react=_again, passing=True),
        "number": Step(screen=find.enter_number, react=find.number_entered, pace=Pace.ENTRY, place=2),
        "phone": Step(screen=find.enter_phone, react=find.phone_entered, pace=Pace.ENTRY, place=2),
        "by_number": Step(screen=_busy, enter=find.ask_by_number, react=find.by_number, passing=True, pace=Pace.WORKING, place=2),
        "too_often": too_often(),
        "code": Step(screen=find.present_code, react=find.code_event, pace=Pace.ENTRY, passing=True, place=2),
        "by_token": Step(screen=_busy, enter=find.ask_by_token, react=find.by_token, passing=True, pace=Pace.WORKING, place=2),
        "away": Step(screen=_away, react=_again, passing=True),
        "case": Step(screen=show.shown, react=show.touched, pace=Pace.SENSITIVE, place=3),
        "print": Step(
            screen=show.printing, enter=show.print_slip, act=show.act, react=show.print_ended, passing=True, pace=Pace.WORKING, place=3
        ),
        "printed": Step(screen=show.printed, react=show.after_print, back=False, place=3),
        **further.STEPS,
        **by_card("mine", "case", prefix="owner_", why=text("consent-owner-why"), leave=text("button-back-to-case")),
        **deliver.STEPS,
        "unprinted": Step(screen=show.unprinted, react=show.after_print, back=False, place=3),
    },
)
