"""What citizens come for, and what goes wrong meanwhile; each journey is one visit."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.screens import Home
from ui.tour import case_journeys, device_journeys, hall_journeys, reading_journeys, ticket_journeys, voice_journeys
from ui.tour.hand import Hand


def office_away(hand: Hand) -> None:
    """The office cannot be reached: the tiles say so since when; a number comes from the reserved ones; then all is back by itself."""
    hand.arrives()
    hand.stand.close_office()
    hand.sees("Home", lambda: isinstance(hand.screen, Home) and sum(o.enabled for o in hand.screen.quick) == 1, picture="away")
    hand.touch("answer:choose:service:ticket")
    hand.sees("Choose", picture="queues-away")
    hand.touch("answer:choose:social")
    hand.takes_paper("ticket-away")
    hand.sees("TicketShown", picture="ticket-away")
    hand.touch("answer:frame-end")
    hand.arrives()
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
    ticket_journeys.ticket,
    ticket_journeys.ticket_many_ahead,
    ticket_journeys.ticket_no_counter_open,
    ticket_journeys.ticket_double_touch,
    ticket_journeys.ticket_paper_runs_out,
    ticket_journeys.ticket_printer_unplugged,
    ticket_journeys.ticket_cover_open,
    case_journeys.case_by_card,
    case_journeys.case_by_number,
    case_journeys.case_by_slip,
    case_journeys.slip_in_other_hands,
    case_journeys.case_in_parallel,
    case_journeys.case_with_control_bytes,
    case_journeys.case_wrong_five_times,
    case_journeys.code_that_is_no_slip,
    case_journeys.card_taken_away,
    case_journeys.card_with_a_wrong_number,
    office_away,
    nobody_there_any_more,
)

OF_A_DEVICE: Final = "The device at work and in every trouble, played at the bench panel."
ALL: Final[Mapping[str, Callable[[Hand], None]]] = {
    **{journey.__name__: journey for journey in _JOURNEYS},
    **reading_journeys.ALL,
    **hall_journeys.ALL,
    **voice_journeys.ALL,
    **device_journeys.ALL,
}
