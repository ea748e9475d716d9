"""Machines of other agencies nearby (交管、公积金、出入境、税务): what they do, what one needs, where they stand."""

from dataclasses import dataclass, replace

from drivers.contract import Event
from kiosk.backend.messages.catalogue import Neighbour
from kiosk.flow import Answered, Around, End, Flow, Go, Move, Step, Subject
from kiosk.screens import Choose, Option, Row, Screen
from kiosk.screens.reading import Page, Section
from kiosk.steps import trouble_page
from kiosk.texts import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Which machine is looked at."""

    machine: str = ""


def _of(code: str, around: Around) -> Neighbour | None:
    known = around.catalogue.head.neighbours if around.catalogue.version else ()
    return next((one for one in known if one.code == code), None)


def _machines(_: Facts, around: Around) -> Screen:
    known = around.catalogue.head.neighbours if around.catalogue.version else ()
    if not known:
        return trouble_page(text("machines-none"), text("machines-none-why"), around)
    options = tuple(Option(value=one.code, title=one.name, about=one.where, icon=one.icon or "neighbours", note=one.hours) for one in known)
    return Choose(title=text("machines-title"), hint=text("machines-hint"), options=options)


def _chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=code) if _of(code, around) is not None:
            return Go("machine", replace(facts, machine=code))
        case Answered(action="primary"):
            return End()
        case _:
            return None


def _machine(facts: Facts, around: Around) -> Screen:
    found = _of(facts.machine, around)
    if found is None:
        return trouble_page(text("machine-gone"), text("machine-gone-why"), around)
    rows = (Row(label=text("machine-where"), value=found.where), Row(label=text("machine-hours"), value=found.hours))
    sections = (
        Section(heading=text("machine-find"), rows=rows),
        Section(heading=text("machine-does"), lines=found.does),
        *((Section(heading=text("machine-needs"), lines=found.needs),) if found.needs else ()),
        Section(heading=text("machine-note"), lines=(text("machine-note-own"), text("machine-note-human", human=around.human))),
    )
    return Page(title=found.name, sections=sections, actions=(Option(value="home", title=text("button-home"), icon="house"),))


def _seen(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="home") | Answered(action="primary"):
            return End()
        case _:
            return None


def _about(subject: Subject, _: Around) -> Go[Facts]:
    return Go("machine", Facts(machine=subject.item))


FLOW: Flow[Facts] = Flow(
    name="neighbours",
    start="machines",
    facts=Facts(),
    about=_about,
    steps={
        "machines": Step(screen=_machines, react=_chosen),
        "machine": Step(screen=_machine, react=_seen),
    },
)
