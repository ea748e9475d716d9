"""Journeys of citizens who want to know how their case is going."""

from typing import Final

from kiosk.screens import CaseShown, Choose, Enter, Present
from ui.tour.hand import Hand

JIA: Final = "jia"  # whose card it is; `drivers.bench.people`
OVERDUE: Final = ("990000000001", "0016")  # numbers of cases and last digits of the phone: `kiosk/office/seed_data/cases.toml`
PARALLEL: Final = ("990000000017", "9901")
NEEDS_MATERIAL: Final = "990000000006"
DECIDED: Final = "990000000103"  # jia's, its result not sent yet
CONTROL_BYTES: Final = "990000000018"
_FEW: Final = 5  # the elder has no more cases than that, jia has


def _consents_to_card(hand: Hand) -> None:
    hand.service("look_up")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:card")
    _agrees(hand)


def _agrees(hand: Hand) -> None:
    hand.sees("Question", picture="consent")
    hand.touch("answer:yes")
    hand.sees("Present", picture="card")


def case_by_card(hand: Hand) -> None:
    """Look up one's cases with the ID card, open one, show what is masked, print the slip."""
    _consents_to_card(hand)
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


def slip_in_other_hands(hand: Hand) -> None:
    """Whoever has found a slip can look at the case, but neither print the decision nor say where it goes."""
    hand.arrives()
    hand.holds_code(hand.stand.slip_code(DECIDED))
    hand.sees("CaseShown", picture="case")
    hand.touch("answer:choose:result")
    _agrees(hand)
    hand.lays_card("elder")
    hand.sees("Question", picture="sure")
    hand.touch("answer:yes")
    hand.sees("Message", picture="not-printed")
    hand.touch("answer:primary")
    hand.sees("CaseShown", picture="case-again")
    hand.touch("answer:choose:delivery")
    hand.sees("Message", picture="not-mine")


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
    _consents_to_card(hand)
    reader.set(leaves_at="read", card=JIA)
    hand.sees("Message", picture="moved")
    reader.set(leaves_at="", card=None)
    hand.touch("answer:primary")
    hand.sees("Present", picture="again")
    hand.lays_card(JIA)
    hand.sees("Choose", picture="cases")


def card_with_a_wrong_number(hand: Hand) -> None:
    """A card whose check digit is wrong is refused with the reason; then two cards in turn are each read once."""
    reader = hand.stand.devices["id_reader"]
    _consents_to_card(hand)
    reader.set(wrong_check_digit=True, card=JIA)
    hand.sees("Message", picture="refused")
    reader.set(wrong_check_digit=False, card=None)
    hand.touch("answer:primary")
    hand.sees("Present", picture="again")
    hand.lays_card("elder")
    hand.sees("Choose", picture="first-card")
    hand.touch("answer:frame-back")
    hand.sees("Question", picture="back")
    hand.touch("answer:yes")
    hand.sees("Present", picture="next-card")
    hand.lays_card(JIA)
    hand.sees("Choose", lambda: isinstance(hand.screen, Choose) and len(hand.screen.options) > _FEW, picture="second-card")
