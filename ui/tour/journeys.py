"""What citizens come for, and what goes wrong meanwhile; each journey is one visit."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.screens import Busy, CaseShown, Choose, Enter, Home, Present, TicketShown
from ui.tour.hand import Hand

JIA: Final = "jia"  # whose card it is; `drivers.bench.people`
OVERDUE: Final = ("990000000001", "0016")  # numbers of cases and last digits of the phone: `kiosk/office/seed_data/cases.toml`
PARALLEL: Final = ("990000000017", "9901")
NEEDS_MATERIAL: Final = "990000000006"
CONTROL_BYTES: Final = "990000000018"
SERVICE: Final = "social"
HANDS: Final = 1.0  # s; nobody changes a roll quicker, and printers count on that


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


def case_by_card(hand: Hand) -> None:
    """Look up one's cases with the ID card, open one, show what is masked, print the slip."""
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:card")
    hand.sees("Question", picture="consent")
    hand.touch("answer:yes")
    hand.sees("Present", picture="card")
    hand.lays_card(JIA)
    hand.sees("Choose", lambda: isinstance(hand.screen, Choose) and len(hand.screen.options) > 0, picture="cases")
    hand.touch(f"answer:choose:{_first_case(hand)}")
    hand.sees("CaseShown", picture="case")
    hand.touch("answer:eye")
    hand.sees("CaseShown", lambda: isinstance(hand.screen, CaseShown) and hand.screen.revealed, picture="revealed")
    hand.touch("answer:print")
    hand.takes_paper("slip")
    hand.sees("Message", picture="printed")
    hand.touch("answer:second")
    hand.sees("Attract", picture="end")


def _first_case(hand: Hand) -> str:
    screen = hand.screen
    assert isinstance(screen, Choose)  # noqa: S101 - just seen
    return screen.options[0].value


def _types_number_and_phone(hand: Hand, number: str, phone: str) -> None:
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:number")
    hand.sees("Enter", picture="number")
    hand.types(number)
    hand.sees("Enter", lambda: isinstance(hand.screen, Enter) and hand.screen.secret, picture="phone")
    hand.types(phone)


def case_by_number(hand: Hand) -> None:
    """Look up a case with its number and the phone's last digits, typed on the pad; an overdue one."""
    _types_number_and_phone(hand, *OVERDUE)
    hand.sees("CaseShown", picture="case")


def case_by_slip(hand: Hand) -> None:
    """Hold a slip's code to the scanner at home: its case comes up at once."""
    hand.arrives()
    hand.holds_code(hand.stand.slip_code(NEEDS_MATERIAL))
    hand.sees("CaseShown", picture="case")
    hand.touch("answer:print")
    hand.takes_paper("slip")
    hand.sees("Message", picture="printed")
    hand.touch("answer:primary")
    hand.sees("CaseShown", picture="case-again")


def case_in_parallel(hand: Hand) -> None:
    """A building project whose stages run side by side in several departments."""
    _types_number_and_phone(hand, *PARALLEL)
    hand.sees("CaseShown", picture="case")
    while hand.shows("page:next"):
        hand.touch("page:next")
        hand.picture("more")


def case_with_control_bytes(hand: Hand) -> None:
    """The office's text carries printer commands: they are not obeyed, the slip is whole and cut once."""
    hand.arrives()
    hand.holds_code(hand.stand.slip_code(CONTROL_BYTES))
    hand.sees("CaseShown", picture="case")
    hand.touch("answer:print")
    hand.takes_paper("slip")
    hand.sees("Message", picture="printed")


def case_wrong_five_times(hand: Hand) -> None:
    """Wrong digits five times: then a person helps."""
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:number")
    for attempt in range(5):
        hand.until(lambda: isinstance(hand.screen, Enter) and not hand.screen.secret, "the number asked for")
        if attempt == 0:
            hand.types(OVERDUE[0])
        else:
            hand.picture(f"wrong-{attempt}")
            hand.settle()
            hand.touch("answer:enter")
        hand.until(lambda: isinstance(hand.screen, Enter) and hand.screen.secret, "the phone asked for")
        hand.types("9999")
    hand.sees("Message", picture="human")


def code_that_is_no_slip(hand: Hand) -> None:
    """Codes that are none of ours are said to be so: a web address, ten thousand characters, an injection."""
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:code")
    hand.sees("Present", picture="scan")
    for code in ("https://lucheng.example/x", "7" * 10_000, "LCZC1:' OR 1=1; --", "\x1b@\x1dV\x00"):
        hand.holds_code(code)
        hand.until(lambda: isinstance(hand.screen, Present) and bool(hand.screen.error), "that this is no slip")
        hand.settle()
    hand.picture("not-ours")


def card_taken_away(hand: Hand) -> None:
    """The card is lifted while it is read: what happened is said, and the second time it works."""
    reader = hand.stand.devices["id_reader"]
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:card")
    hand.sees("Question", picture="consent")
    hand.touch("answer:yes")
    hand.sees("Present", picture="card")
    reader.set(leaves_at="read", card=JIA)
    hand.sees("Message", picture="moved")
    reader.set(leaves_at="", card=None)
    hand.touch("answer:primary")
    hand.sees("Present", picture="again")
    hand.lays_card(JIA)
    hand.sees("Choose", picture="cases")


def office_away(hand: Hand) -> None:
    """The office cannot be reached: the tiles say so since when, and come back by themselves."""
    hand.arrives()
    hand.stand.close_office()
    hand.sees("Home", lambda: isinstance(hand.screen, Home) and not any(o.enabled for o in hand.screen.quick), picture="away")
    hand.stand.open_office()
    hand.sees("Home", lambda: isinstance(hand.screen, Home) and all(o.enabled for o in hand.screen.quick), picture="back")


def nobody_there_any_more(hand: Hand) -> None:
    """A visitor walks away in the middle: a question, a countdown, then everything is cleared."""
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.running.skip(65 * (3 if hand.care else 1))
    hand.until(lambda: hand.countdown > 0, "a countdown")
    hand.picture("countdown")
    hand.touch("answer:frame-stay")
    hand.until(lambda: hand.countdown == 0, "the countdown gone")
    hand.touch("answer:frame-end")
    hand.sees("Attract", picture="end")


_JOURNEYS: Final = (
    ticket,
    ticket_many_ahead,
    ticket_no_counter_open,
    ticket_double_touch,
    ticket_paper_runs_out,
    ticket_printer_unplugged,
    ticket_cover_open,
    case_by_card,
    case_by_number,
    case_by_slip,
    case_in_parallel,
    case_with_control_bytes,
    case_wrong_five_times,
    code_that_is_no_slip,
    card_taken_away,
    office_away,
    nobody_there_any_more,
)

ALL: Final[Mapping[str, Callable[[Hand], None]]] = {journey.__name__: journey for journey in _JOURNEYS}
