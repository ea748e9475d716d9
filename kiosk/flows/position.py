"""Where a queue ticket stands (排到哪里了): its code to the scanner, here or already at home."""

from dataclasses import dataclass, field, replace

from drivers.contract import CodeRejected, CodeScanned, Event
from kiosk.backend.messages import FollowTicket, Position, TicketState
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Around, End, Flow, Go, Move, Step
from kiosk.papers import wait_range
from kiosk.receipt import follow_token
from kiosk.screens import Option, Present, Row, Spot, Tone
from kiosk.screens.reading import Badge, Page, Section
from kiosk.steps import wrong_code
from kiosk.steps.asking import WithOffice, asking, refused_page
from kiosk.texts import text

_TONES = {
    TicketState.CALLED: Tone.WAIT,
    TicketState.SERVING: Tone.DONE,
    TicketState.FINISHED: Tone.DONE,
    TicketState.MISSED: Tone.WARN,
    TicketState.EXPIRED: Tone.WARN,
}
_ENDED = {TicketState.FINISHED, TicketState.LEFT, TicketState.EXPIRED}


@dataclass(frozen=True, kw_only=True)
class Facts(WithOffice):
    """The ticket that was shown, and where it stands."""

    token: str = field(default="", repr=False)
    position: Position | None = None


def _present(facts: Facts, _: Around) -> Present:
    return Present(title=text("position-present"), hint=text("position-present-hint"), spot=Spot.SCANNER, error=facts.why)


def _scanned(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case CodeScanned(text=code) if (token := follow_token(code)) is not None:
            return Go("ask", replace(facts, token=token, why=""))
        case CodeScanned() | CodeRejected():
            return Go("scan", replace(facts, why=wrong_code(event, "position-not-ours")))
        case _:
            return None


def _got(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    return Go("shown", replace(facts, position=reply)) if isinstance(reply, Position) else None


def _not_got(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    if error.reason is BackendReason.NOT_FOUND:
        return Go("scan", replace(facts, token="", why=text("code-unknown")))
    return Go("away", facts)


def _shown(facts: Facts, _: Around) -> Page:
    position = facts.position
    assert position is not None  # noqa: S101 - `_got` has put it there
    waiting = position.state is TicketState.WAITING
    rows = [Row(label=text("position-service"), value=position.service_name), Row(label=text("position-where"), value=position.where)]
    if waiting:
        rows.append(Row(label=text("ticket-ahead-label"), value=text("people", n=position.ahead)))
        rows.append(Row(label=text("ticket-wait-label"), value=wait_range(position.wait)))
    if position.counter is not None and position.state not in _ENDED:
        rows.append(Row(label=text("position-counter"), value=position.counter, tone=Tone.WAIT))
    lines = (text("position-booked-first"),) if waiting and position.booked_first else ()
    return Page(
        title=text("position-title"),
        number=position.number,
        badges=(Badge(label=text(f"ticket-state-{position.state}"), tone=_TONES.get(position.state, Tone.PLAIN)),),
        sections=(Section(heading=position.hall_name, rows=tuple(rows), lines=lines),),
        actions=(
            Option(value="done", title=text("button-done"), icon="check"),
            Option(value="again", title=text("position-again"), icon="look_up"),
        ),
    )


def _seen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="done"):
            return End(leave=True)
        case Answered(action="choose", value="again"):
            return Go("ask", facts)
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event, around)
        case _:
            return None


def _woken(event: Event) -> Go[Facts] | None:
    token = follow_token(event.text) if isinstance(event, CodeScanned) else None
    return None if token is None else Go("ask", Facts(token=token))


FLOW = Flow(
    name="position",
    start="scan",
    facts=Facts(),
    wake=_woken,
    steps={
        "scan": Step(screen=_present, react=_scanned),
        "ask": asking(text("position-asking"), lambda f, _: FollowTicket(token=f.token), _got, refused=_not_got),
        "shown": Step(screen=_shown, react=_seen, back=False),
        "away": refused_page(text("look-up-away"), again="ask"),
    },
)
