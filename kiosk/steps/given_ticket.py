"""A queue ticket that the office has given: printed, shown, reported. The number is a promise that must survive the printer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import Command, Event, Failed, Print, Printed, StatusChanged
from kiosk.backend.messages import Ask, PrintState, ReportPrint, Ticket
from kiosk.backend.messages.ratings import Served
from kiosk.flow import Act, Answered, Around, End, Go, Move, Pace, Stay, Step
from kiosk.papers import ticket_paper, wait_range
from kiosk.screens import Busy, Spot, TicketShown, Tone
from kiosk.steps import PRINTER, failure, printing_detail
from kiosk.steps.asking import WithOffice
from kiosk.texts import Label, text


@dataclass(frozen=True, kw_only=True)
class WithTicket(WithOffice):
    """Facts of a flow that ends in a ticket. `attempt` counts prints, `why` is the last trouble."""

    ticket: Ticket | None = None
    attempt: int = 0

    @property
    def given(self) -> Ticket:
        """The ticket; only called after the office gave it."""
        assert self.ticket is not None  # noqa: S101 - for the type checker
        return self.ticket


T = TypeVar("T", bound=WithTicket)


def got_ticket(facts: T, reply: object, around: Around) -> Move[T]:
    """The office's answer to a request for a ticket: printed where that can be done, shown in any case."""
    if not isinstance(reply, Ticket):
        return None
    new = replace(facts, ticket=reply, attempt=1)
    trouble = around.trouble(PRINTER)
    return Go("print", new) if trouble is None else _not_printed(new, trouble, around)


def ticket_steps(service: str, *, place: int) -> Mapping[str, Step[T]]:
    """The steps `print`, `done` and `unprinted`; `service` is what is rated."""

    def seen(facts: T, event: Event, _: Around) -> Move[T]:
        match event:
            case Answered(action="reprint"):
                return Go("print", replace(facts, attempt=facts.attempt + 1, why=""))
            case Answered(action="done"):
                served = Served.VISIT if facts.given.offline else Served.TICKET  # the office does not know that ticket yet
                return End(leave=True, rate=(served, service, facts.given.id))
            case _:
                return None

    return {
        "print": Step(
            screen=lambda f, _: Busy(title=text("ticket-printing"), detail=f.why, number=f.given.number),
            enter=_print,
            act=_printing,
            react=_print_ended,
            passing=True,
            pace=Pace.WORKING,
            place=place,
        ),
        "done": Step(screen=_shown, react=seen, back=False, pace=Pace.RESULT, place=place),
        "unprinted": Step(screen=_shown, react=seen, back=False, place=place),
    }


def _print(facts: T, around: Around) -> Command:
    return Print(role=PRINTER, id=around.command_id, paper=ticket_paper(facts.given, around))


def _printing(facts: T) -> Act:
    detail = (("number", facts.given.number), ("attempt", str(facts.attempt)))
    return Act(kind="ticket-print", subject=facts.given.id, detail=detail)


def _print_ended(facts: T, event: Event, around: Around) -> Move[T]:
    match event:
        case Printed():
            state = PrintState.PRINTED if facts.attempt == 1 else PrintState.REPRINTED
            return Go("done", replace(facts, why=""), (_report(facts, state, around),))
        case Failed():
            return _not_printed(facts, failure(event), around)
        case StatusChanged(role="receipt_printer"):
            return Stay(replace(facts, why=printing_detail(event)))
        case _:
            return None


def _not_printed(facts: T, why: Label, around: Around) -> Go[T]:
    return Go("unprinted", replace(facts, why=why), (_report(facts, PrintState.FAILED, around),))


def _report(facts: T, state: PrintState, around: Around) -> Command:
    report = ReportPrint(ticket=facts.given.id, state=state, attempt=facts.attempt)
    return Ask(id=around.command_id, request=report)


def _shown(facts: T, around: Around) -> TicketShown:
    ticket = facts.given
    printed = not facts.why
    can_print = around.trouble(PRINTER) is None
    return TicketShown(
        title=text("ticket-done" if printed else "ticket-not-printed"),
        number=ticket.number,
        service=ticket.item or ticket.service_name,
        where=text("ticket-where", where=ticket.where),
        ahead=text("ticket-ahead-unknown") if ticket.offline else text("people", n=ticket.ahead),
        wait=wait_range(ticket.wait),
        paper=text("ticket-paper-below") if printed else text("ticket-remember", why=facts.why),
        tone=Tone.DONE if printed else Tone.WARN,
        follow="" if ticket.offline else ticket.follow,
        spot=Spot.RECEIPT_PRINTER if printed else None,
        reprint=text("ticket-reprint") if not printed and can_print else None,
    )
