"""What the terminal prints for citizens."""

from drivers.contract import Align, Block, Feed, Line, Pair, Paper, Qr, Rule
from kiosk.backend.messages import Case, Priority, Ticket
from kiosk.flow import Around
from kiosk.masks import mask_name
from kiosk.receipt import encode
from kiosk.texts import Label, Text, text


def wait_range(wait: tuple[int, int] | None) -> Text:
    """The time one waits as a citizen reads it: a range of minutes, or that nobody knows."""
    if wait is None:
        return text("wait-unknown")
    least, most = wait
    return text("wait-range", least=least, most=most) if most > least else text("wait-minutes", n=most)


def ticket_paper(ticket: Ticket, around: Around) -> Paper:
    """The queue ticket; in care mode with larger type."""
    say, size = around.say, 2 if around.care else 1

    def line(label: Label, *, align: Align = Align.LEFT) -> Line:
        return Line(say(label), size=size, align=align)

    def pair(key: str, value: Label) -> Block:
        return line(text("paper-pair", label=text(key), value=value)) if around.care else Pair(say(text(key)), say(value))

    priority = (pair("ticket-priority", text(f"priority-{ticket.priority}")),) if ticket.priority is not Priority.NONE else ()
    review = (pair("ticket-review-number", ticket.review),) if ticket.review else ()
    waits = (pair("ticket-ahead-label", text("people", n=ticket.ahead)), pair("ticket-wait-label", wait_range(ticket.wait)))
    follow = (Qr(ticket.follow), line(text("ticket-follow-later" if ticket.offline else "ticket-follow"), align=Align.CENTER))
    return Paper(
        (
            Line(say(ticket.hall_name), size=2, align=Align.CENTER, bold=True),
            line(ticket.item or ticket.service_name, align=Align.CENTER),
            Line(ticket.number, size=5, align=Align.CENTER, bold=True),
            Rule(),
            *((line(text("ticket-offline")),) if ticket.offline else waits),
            *priority,
            *review,
            line(text("ticket-where", where=ticket.where)),
            pair("ticket-time-label", f"{ticket.issued:%Y-%m-%d %H:%M}"),
            Feed(),
            line(ticket.hours),
            *(follow if ticket.follow else ()),
            line(text("paper-privacy"), align=Align.CENTER),
        )
    )


def case_paper(case: Case, around: Around) -> Paper:
    """The slip about a case: its state, who is in charge, and the code that brings it up again. Names are masked."""
    say = around.say
    missing = tuple(Line(say(text("paper-item", what=what))) for what in case.missing)
    return Paper(
        (
            Line(say(text("slip-title")), size=2, align=Align.CENTER, bold=True),
            Line(say(case.item), align=Align.CENTER),
            Line(say(text(f"case-state-{case.state}")), size=2, align=Align.CENTER, bold=True),
            Rule(),
            Pair(say(text("case-number")), case.number),
            Pair(say(text("case-applicant")), mask_name(case.applicant)),
            Pair(say(text("case-accepted")), f"{case.accepted:%Y-%m-%d}"),
            Pair(say(text("case-promised")), f"{case.deadline.promised_date:%Y-%m-%d}"),
            Line(say(text("case-office-line", office=case.office, window=case.window, phone=case.phone))),
            *((Line(say(text("case-missing")), bold=True), *missing) if missing else ()),
            Line(say(text("case-next", what=case.next_step))),
            Rule(),
            Qr(encode(case.token)),
            Line(say(text("slip-code")), align=Align.CENTER),
            Line(f"{around.time:%Y-%m-%d %H:%M}", align=Align.CENTER),
            Line(say(text("paper-privacy")), align=Align.CENTER),
            Feed(),
        )
    )
