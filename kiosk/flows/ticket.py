"""Take a queue ticket (取号): choose the service, say so if many wait, get the number, print it.

The number is a promise that must survive the printer: from the moment the office gave it, every screen shows it.
"""

from dataclasses import dataclass, replace

from drivers.contract import Command, Event, Failed, Print, Printed, StatusChanged
from kiosk.backend.messages import (
    Ask,
    ListQueues,
    PrintState,
    Queue,
    Refused,
    Replied,
    ReportPrint,
    TakeTicket,
    Ticket,
)
from kiosk.errors import BackendError
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Pace, Stay, Step
from kiosk.papers import ticket_paper, wait_range
from kiosk.screens import Busy, Choose, Message, Option, Question, Screen, Spot, TicketShown, Tone
from kiosk.steps import PRINTER, failure, printing_detail, trouble_page
from kiosk.texts import Label, text

MANY_AHEAD = 3  # more people than this, and one is asked whether to wait at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the terminal knows while one citizen takes a ticket. `attempt` counts prints, `why` is the last trouble."""

    queues: tuple[Queue, ...] = ()
    queue: Queue | None = None
    nonce: str = ""
    ticket: Ticket | None = None
    attempt: int = 0
    why: Label = ""
    error: BackendError | None = None

    @property
    def chosen(self) -> Queue:
        """The chosen service; only called after one was chosen."""
        assert self.queue is not None  # noqa: S101 - for the type checker
        return self.queue

    @property
    def given(self) -> Ticket:
        """The ticket; only called after the office gave it."""
        assert self.ticket is not None  # noqa: S101 - for the type checker
        return self.ticket


Move = Go[Facts] | Stay[Facts] | End | None


def _ask_queues(_: Facts, around: Around) -> Command:
    return Ask(id=around.command_id, request=ListQueues())


def _got_queues(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Replied(reply=tuple() as queues):
            return Go("choose", replace(facts, queues=tuple(q for q in queues if isinstance(q, Queue))))
        case Refused(error=error):
            return Go("no_list", replace(facts, error=error, why=text(error.key)))
        case _:
            return None


def _ahead(queue: Queue) -> Label:
    return text("queue-note", ahead=text("people", n=queue.ahead), wait=wait_range(queue.wait))


def _choose(facts: Facts, _: Around) -> Screen:
    options = tuple(Option(value=q.code, title=q.name, about=q.about, icon="ticket", note=_ahead(q)) for q in facts.queues)
    return Choose(title=text("ticket-choose"), hint=text("ticket-choose-hint"), options=options)


def _chosen(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="choose", value=code, nonce=nonce):
            queue = next((q for q in facts.queues if q.code == code), None)
            if queue is None:
                return None
            new = replace(facts, queue=queue, nonce=nonce)
            return Go("many" if queue.ahead > MANY_AHEAD else "take", new)
        case _:
            return None


def _many(facts: Facts, _: Around) -> Screen:
    queue = facts.chosen
    return Question(
        title=text("ticket-many", n=queue.ahead),
        points=(text("ticket-many-wait", wait=wait_range(queue.wait)), text("ticket-many-where", where=queue.where)),
        yes=text("ticket-many-yes"),
        no=text("ticket-many-no"),
        icon="people",
    )


def _decided(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="yes", nonce=nonce):
            return Go("take", replace(facts, nonce=nonce))
        case Answered(action="no"):
            return End()
        case _:
            return None


def _take(facts: Facts, around: Around) -> Command:
    request = TakeTicket(nonce=facts.nonce, service=facts.chosen.code, language=around.language)
    return Ask(id=around.command_id, request=request)


def _taking(facts: Facts) -> Act:
    return Act(kind="ticket", subject=facts.nonce, detail=(("service", facts.chosen.code),))


def _taken(facts: Facts, event: Event, around: Around) -> Move:
    match event:
        case Replied(reply=Ticket() as ticket):
            new = replace(facts, ticket=ticket, attempt=1)
            trouble = around.trouble(PRINTER)
            return Go("print", new) if trouble is None else _not_printed(new, trouble, around)
        case Refused(error=error):
            return Go("no_ticket", replace(facts, error=error, why=text(error.key)))
        case _:
            return None


def _no_ticket(facts: Facts, around: Around) -> Message:
    """An answer that never came may still have made a ticket: trying again with the same nonce gets that very ticket."""
    if facts.error is not None and facts.error.unknown_outcome:
        return trouble_page(text("ticket-unknown"), facts.why, around, retry=text("button-again"))
    return trouble_page(text("ticket-none"), facts.why, around)


def _after_no_ticket(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="primary") if facts.error is not None and facts.error.unknown_outcome:
            return Go("take", facts)
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def _after_no_list(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="primary"):
            return Go("queues", facts)
        case Answered(action="second"):
            return End()
        case _:
            return None


def _print(facts: Facts, around: Around) -> Command:
    return Print(role=PRINTER, id=around.command_id, paper=ticket_paper(facts.given, around))


def _printing(facts: Facts) -> Act:
    detail = (("number", facts.given.number), ("attempt", str(facts.attempt)))
    return Act(kind="ticket-print", subject=facts.given.id, detail=detail)


def _print_ended(facts: Facts, event: Event, around: Around) -> Move:
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


def _not_printed(facts: Facts, why: Label, around: Around) -> Go[Facts]:
    return Go("unprinted", replace(facts, why=why), (_report(facts, PrintState.FAILED, around),))


def _report(facts: Facts, state: PrintState, around: Around) -> Command:
    report = ReportPrint(ticket=facts.given.id, state=state, attempt=facts.attempt)
    return Ask(id=around.command_id, request=report)


def _shown(facts: Facts, around: Around) -> TicketShown:
    ticket = facts.given
    printed = not facts.why
    can_print = around.trouble(PRINTER) is None
    return TicketShown(
        title=text("ticket-done" if printed else "ticket-not-printed"),
        number=ticket.number,
        service=ticket.service_name,
        where=text("ticket-where", where=ticket.where),
        ahead=text("people", n=ticket.ahead),
        wait=wait_range(ticket.wait),
        paper=text("ticket-paper-below") if printed else text("ticket-remember", why=facts.why),
        tone=Tone.DONE if printed else Tone.WARN,
        follow=ticket.follow,
        spot=Spot.RECEIPT_PRINTER if printed else None,
        reprint=text("ticket-reprint") if not printed and can_print else None,
    )


def _seen(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="reprint"):
            return Go("print", replace(facts, attempt=facts.attempt + 1, why=""))
        case Answered(action="done"):
            return End(leave=True)
        case _:
            return None


FLOW = Flow(
    name="ticket",
    start="queues",
    facts=Facts(),
    places=2,
    steps={
        "queues": Step(
            screen=lambda _f, _a: Busy(title=text("ticket-fetching")),
            enter=_ask_queues,
            react=_got_queues,
            passing=True,
            pace=Pace.WORKING,
        ),
        "no_list": Step(
            screen=lambda f, a: trouble_page(text("ticket-no-list"), f.why, a, retry=text("button-again")),
            react=_after_no_list,
            passing=True,
        ),
        "choose": Step(screen=_choose, react=_chosen, place=1),
        "many": Step(screen=_many, react=_decided, place=1),
        "take": Step(
            screen=lambda f, _: Busy(title=text("ticket-taking"), detail=f.chosen.name),
            enter=_take,
            act=_taking,
            react=_taken,
            passing=True,
            leave=False,
            pace=Pace.WORKING,
        ),
        "no_ticket": Step(screen=_no_ticket, react=_after_no_ticket, back=False),
        "print": Step(
            screen=lambda f, _: Busy(title=text("ticket-printing"), detail=f.why, number=f.given.number),
            enter=_print,
            act=_printing,
            react=_print_ended,
            passing=True,
            pace=Pace.WORKING,
            place=2,
        ),
        "done": Step(screen=_shown, react=_seen, back=False, pace=Pace.RESULT, place=2),
        "unprinted": Step(screen=_shown, react=_seen, back=False, place=2),
    },
)
