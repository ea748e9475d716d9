"""Journeys of citizens who come for a queue ticket."""

from typing import Final

from kiosk.screens import Busy, Home, TicketShown
from ui.tour.hand import Hand

SERVICE: Final = "social"
HANDS: Final = 1000  # ms; nobody changes a roll quicker, and printers count on that


def _waits_for_paper(hand: Hand) -> bool:
    return isinstance(hand.screen, Busy) and bool(hand.screen.number) and bool(hand.screen.detail)


def ticket(hand: Hand) -> None:
    """Take a ticket: choose the service, get number and paper."""
    hand.stand.nobody_waits()
    hand.service("ticket")
    hand.sees("Choose", picture="choose")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")
    hand.touch("answer:done")
    hand.sees("Rating", picture="rating")
    hand.touch("answer:rate:5")
    hand.until(lambda: hand.shown in {"ChooseSome", "Message"}, "reasons or thanks")
    if hand.shown == "ChooseSome":
        hand.touch("answer:skip")
    hand.sees("Message", picture="thanks")
    hand.touch("answer:primary")
    hand.sees("Attract", picture="end")


def ticket_many_ahead(hand: Hand) -> None:
    """Many wait: the machine says so and asks again."""
    hand.stand.nobody_waits()
    hand.stand.neighbours_take(SERVICE, 7)
    hand.service("ticket")
    hand.sees("Choose", picture="choose")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.sees("Question", picture="many")
    hand.touch("answer:yes")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")


def ticket_no_counter_open(hand: Hand) -> None:
    """No counter is open: the wait is said to be unknown, the number is given."""
    hand.stand.nobody_waits()
    hand.stand.all_counters(on=False)
    hand.service("ticket")
    hand.sees("Choose", picture="unknown-wait")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")


def ticket_double_touch(hand: Hand) -> None:
    """An impatient finger touches twice: one number, one paper."""
    hand.stand.nobody_waits()
    hand.service("ticket")
    hand.sees("Choose", picture="choose")
    hand.touch_twice(f"answer:choose:{SERVICE}")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")


def ticket_paper_runs_out(hand: Hand) -> None:
    """The paper ends in the middle: the number is shown, the ticket is printed again from the start after the refill."""
    hand.stand.nobody_waits()
    hand.printer(paper_after_lines=3)
    hand.service("ticket")
    hand.sees("Choose", picture="choose")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.sees("Busy", lambda: _waits_for_paper(hand), picture="paper-out")
    hand.takes_paper("torn")
    hand.settle(HANDS)
    hand.printer(paper="full", paper_after_lines=None)
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")


def ticket_printer_unplugged(hand: Hand) -> None:
    """The printer dies: the number stands large on the screen and is printed again when it is back."""
    hand.stand.nobody_waits()
    hand.printer(silent=True)
    hand.service("ticket")
    hand.sees("Choose", picture="choose")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.until(lambda: isinstance(hand.screen, Busy | TicketShown), "a number")
    hand.stand.devices["receipt_printer"].unplug()
    hand.sees("TicketShown", lambda: isinstance(hand.screen, TicketShown) and hand.screen.reprint is None, picture="no-paper")
    hand.printer(silent=False)
    hand.stand.devices["receipt_printer"].plug()
    hand.sees("TicketShown", lambda: isinstance(hand.screen, TicketShown) and hand.screen.reprint is not None, picture="printer-back")
    hand.touch("answer:reprint")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", lambda: isinstance(hand.screen, TicketShown) and hand.screen.reprint is None, picture="done")


def ticket_cover_open(hand: Hand) -> None:
    """The cover is open beforehand: home says so, the number is given without paper."""
    hand.stand.nobody_waits()
    hand.printer(cover="open")
    hand.arrives()
    hand.sees("Home", lambda: isinstance(hand.screen, Home) and bool(hand.screen.quick[0].note), picture="printer-note")
    hand.touch("answer:choose:service:ticket")
    hand.sees("Choose", picture="choose")
    hand.touch(f"answer:choose:{SERVICE}")
    hand.sees("TicketShown", picture="no-paper")
