"""Take a queue ticket (取号): choose the service, say so if many wait, get the number, print it.

Whoever has a right to be called earlier says so first; a matter that wants its papers checked first is led to the pre-review.
"""

from dataclasses import dataclass, field, replace

from drivers.contract import Command, Event
from kiosk.backend.messages import Ask, ListQueues, Priority, Queue, Refused, Replied, TakeTicket
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Open, Pace, Step, Subject
from kiosk.papers import wait_range
from kiosk.screens import Busy, Choose, Message, Option, Question, Screen, Tone
from kiosk.steps import trouble_page
from kiosk.steps.asking import asking
from kiosk.steps.given_ticket import WithTicket, got_ticket, ticket_steps
from kiosk.texts import Label, text

MANY_AHEAD = 3  # more people than this, and one is asked whether to wait at all
CLAIMS = (Priority.ELDERLY, Priority.DISABLED, Priority.MILITARY, Priority.PREGNANT)
PRIORITY = "priority"


@dataclass(frozen=True, kw_only=True)
class Facts(WithTicket):
    """What the terminal knows while one citizen takes a ticket. `about` names the item and its passed pre-review, where there are."""

    queues: tuple[Queue, ...] = ()
    queue: Queue | None = None
    priority: Priority = Priority.NONE
    about: Subject = field(default=Subject(), repr=False)
    nonce: str = ""

    @property
    def chosen(self) -> Queue:
        """The chosen service; only called after one was chosen."""
        assert self.queue is not None  # noqa: S101 - for the type checker
        return self.queue


def _ask_queues(_: Facts, around: Around) -> Command:
    return Ask(id=around.command_id, request=ListQueues())


def _got_queues(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Replied(reply=tuple() as queues):
            new = replace(facts, queues=tuple(q for q in queues if isinstance(q, Queue)))
            wanted = next((queue for queue in new.queues if queue.code == facts.about.queue), None)
            return Go("choose", new) if wanted is None else Go("many", replace(new, queue=wanted))
        case Refused(error=error):
            return Go("no_list", replace(facts, error=error, why=text(error.key)))
        case _:
            return None


def _ahead(queue: Queue) -> Label:
    if queue.ahead is None:
        return wait_range(queue.wait)
    return text("queue-note", ahead=text("people", n=queue.ahead), wait=wait_range(queue.wait))


def _choose(facts: Facts, _: Around) -> Screen:
    options = tuple(Option(value=q.code, title=q.name, about=q.about, icon="ticket", note=_ahead(q)) for q in facts.queues)
    claimed = facts.priority is not Priority.NONE
    claim = Option(
        value=PRIORITY,
        title=text("ticket-priority"),
        about=text(f"priority-{facts.priority}") if claimed else text("ticket-priority-about"),
        icon="priority",
        tone=Tone.DONE if claimed else Tone.PLAIN,
    )
    return Choose(title=text("ticket-choose"), hint=text("ticket-choose-hint"), options=(*options, claim))


def _chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="priority"):
            return Go("priority", facts)
        case Answered(action="choose", value=code, nonce=nonce):
            queue = next((q for q in facts.queues if q.code == code), None)
            if queue is None:
                return None
            new = replace(facts, queue=queue, nonce=nonce)
            return Go("many" if _many_wait(queue) else "take", new)
        case _:
            return None


def _priority(facts: Facts, _: Around) -> Choose:
    options = tuple(
        Option(
            value=claim,
            title=text(f"priority-{claim}"),
            about=text(f"priority-{claim}-about"),
            icon="priority",
            tone=Tone.DONE if claim is facts.priority else Tone.PLAIN,
        )
        for claim in CLAIMS
    )
    none = Option(value=Priority.NONE, title=text("priority-none"), icon="ticket")
    return Choose(title=text("ticket-priority-which"), hint=text("ticket-priority-hint"), options=(*options, none))


def _claimed(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=value) if value in {*CLAIMS, Priority.NONE}:
            return Go("choose", replace(facts, priority=Priority(value)))
        case _:
            return None


def _many_wait(queue: Queue) -> bool:
    return queue.ahead is not None and queue.ahead > MANY_AHEAD


def _sure(facts: Facts, around: Around) -> Screen:
    queue = facts.chosen
    guide = around.catalogue.guide(facts.about.item)
    item = (text("ticket-item", item=guide.name),) if guide else ()
    return Question(
        title=text("ticket-many", n=queue.ahead or 0) if _many_wait(queue) else text("ticket-now"),
        points=(*item, text("ticket-many-wait", wait=wait_range(queue.wait)), text("ticket-many-where", where=queue.where)),
        yes=text("ticket-many-yes"),
        no=text("ticket-many-no"),
        icon="people",
    )


def _decided(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes", nonce=nonce):
            return Go("take", replace(facts, nonce=nonce))
        case Answered(action="no"):
            return End()
        case _:
            return None


def _request(facts: Facts, around: Around) -> TakeTicket:
    return TakeTicket(
        nonce=facts.nonce,
        service=facts.chosen.code,
        language=around.language,
        item=facts.about.item,
        review=facts.about.review,
        priority=facts.priority,
    )


def _taking(facts: Facts) -> Act:
    return Act(kind="ticket", subject=facts.nonce, detail=(("service", facts.chosen.code),))


def _refused(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    return Go("review_first" if error.refusal is Refusal.REVIEW_REQUIRED else "no_ticket", facts)


def _review_first(_: Facts, _around: Around) -> Question:
    return Question(
        title=text("ticket-review-first"),
        points=(text("ticket-review-why"), text("ticket-review-how")),
        yes=text("ticket-review-yes"),
        no=text("button-home"),
        icon="review",
    )


def _review(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes") if around.offered("review"):
            return Open("review", Subject(item=facts.about.item))
        case Answered(action="yes" | "no"):
            return End()
        case _:
            return None


def _no_ticket(facts: Facts, around: Around) -> Message:
    """An answer that never came may still have made a ticket: trying again with the same nonce gets that very ticket."""
    if facts.unknown:
        return trouble_page(text("ticket-unknown"), facts.why, around, retry=text("button-again"))
    return trouble_page(text("ticket-none"), facts.why, around)


def _after_no_ticket(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary") if facts.unknown:
            return Go("take", facts)
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def _after_no_list(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary"):
            return Go("queues", facts)
        case Answered(action="second"):
            return End()
        case _:
            return None


def _opened(subject: Subject, _: Around) -> Go[Facts]:
    """For an item, perhaps with its papers checked."""
    return Go("queues", Facts(about=subject))


FLOW: Flow[Facts] = Flow(
    name="ticket",
    start="queues",
    facts=Facts(),
    places=2,
    about=_opened,
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
        "priority": Step(screen=_priority, react=_claimed, passing=True, place=1),
        "many": Step(screen=_sure, react=_decided, place=1),
        "take": asking(text("ticket-taking"), _request, got_ticket, refused=_refused, act=_taking),
        "review_first": Step(screen=_review_first, react=_review, back=False),
        "no_ticket": Step(screen=_no_ticket, react=_after_no_ticket, back=False),
        **ticket_steps("ticket", place=2),
    },
)
