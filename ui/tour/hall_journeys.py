"""Journeys of citizens who come to have something done: booking, check-in, pre-review, application, results."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.screens import Choose, Enter, Pad, Question
from kiosk.screens.entry import CheckAnswers
from kiosk.screens.reading import Page
from ui.tour.case_journeys import DECIDED, JIA
from ui.tour.hand import Hand
from ui.tour.reading_journeys import INITIALS, ITEM, finds, from_entrance

REVIEWED: Final = ("kbcydyjs", "restaurant-bundle")  # 开办餐饮店“一件事”: its ticket wants a pre-review
APPLIED: Final = ("jydjsq", "social-16-apply")  # 就业登记申请: a form, and electronic licences for its papers
PHONE: Final = "13900000000"
STREET: Final = ("lucheng", "ceshilu", "yihao")  # typed by pinyin


def lays_card_after_consent(hand: Hand, person: str = JIA) -> None:
    """Agree to the card being read, and lay it on the reader."""
    hand.sees("Question", picture="consent")
    hand.touch("answer:yes")
    hand.sees("Present", picture="card")
    hand.lays_card(person)


def booking(hand: Hand) -> None:
    """Book a time: item, hall, day, time, card; the slip; then change nothing and leave."""
    hand.service("book")
    hand.sees("Choose", picture="what")
    hand.touch("answer:choose:item")
    finds(hand, INITIALS, ITEM)
    hand.sees("Choose", picture="halls")
    hand.touch("answer:choose:city")
    hand.sees("Choose", picture="days")
    hand.touch(f"answer:choose:{_first(hand)}")
    hand.sees("Grid", picture="times")
    hand.touch("answer:choose:09:00")
    lays_card_after_consent(hand)
    hand.sees("Enter", picture="phone")
    hand.types(PHONE)
    hand.sees("CheckAnswers", picture="check")
    hand.touch("answer:submit")
    hand.takes_paper("booking")
    hand.sees("Page", picture="booked")
    hand.touch("answer:choose:cancel")
    hand.sees("Question", picture="cancel")
    hand.touch("answer:yes")
    hand.sees("Message", picture="cancelled")


def _first(hand: Hand) -> str:
    screen = hand.screen
    assert isinstance(screen, Choose)  # noqa: S101 - just seen
    return next(option.value for option in screen.options if option.enabled)


def check_in(hand: Hand) -> None:
    """The code of a booking held to the scanner at home: the ticket with priority."""
    code = hand.stand.booking_now()
    hand.arrives()
    hand.holds_code(code)
    hand.sees("Question", picture="check-in")
    hand.touch("answer:yes")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="ticket")


def review_then_ticket(hand: Hand) -> None:
    """Have the papers checked one by one, everything said at once, then the ticket that is linked to it."""
    hand.stand.nobody_waits()
    from_entrance(hand, "act", "review")
    finds(hand, *REVIEWED)
    hand.sees("Question", picture="begin")
    hand.touch("answer:yes")
    lays_card_after_consent(hand)
    _answers(hand)
    hand.touch("answer:submit")
    hand.sees("Page", picture="result")
    hand.touch("answer:choose:ticket")
    hand.sees("Question", picture="ticket")
    hand.touch("answer:yes")
    hand.takes_paper("ticket")
    hand.sees("TicketShown", picture="done")


def _answers(hand: Hand) -> None:
    """Have everything, tick everything."""
    pictured: set[str] = set()
    while not isinstance(hand.screen, CheckAnswers):
        hand.until(lambda: hand.shown in {"Choose", "ChooseSome", "CheckAnswers"}, "the next material")
        if hand.shown not in pictured:
            pictured.add(hand.shown)
            hand.picture(f"material-{hand.shown.lower()}")
        match hand.shown:
            case "Choose":
                before = hand.screen
                hand.touch("answer:choose:have")
                hand.until(lambda before=before: hand.screen is not before, "an answer to it")  # type: ignore[misc]
            case "ChooseSome":
                _ticks_all(hand)
            case _:
                hand.settle()
    hand.picture("check")


def _ticks_all(hand: Hand) -> None:
    screen = hand.screen
    for option in screen.options:  # type: ignore[attr-defined] # just seen
        hand.touch(f"answer:toggle:{option.value}")
        hand.settle()
    before = hand.screen
    hand.touch("answer:done")
    hand.until(lambda: hand.screen is not before, "the next material")


def application(hand: Hand) -> None:
    """Apply: the form, check, sign, submit; the receipt."""
    from_entrance(hand, "act", "apply")
    finds(hand, *APPLIED)
    hand.sees("Question", picture="begin")
    hand.touch("answer:yes")
    lays_card_after_consent(hand)
    hand.sees("Question", picture="form")
    hand.touch("answer:yes")
    _fills_in(hand)
    hand.sees("CheckAnswers", picture="check")
    hand.touch("answer:submit")
    hand.sees("Sign", picture="sign")
    hand.signs()
    hand.picture("signed")
    hand.touch("answer:sign")
    hand.takes_paper("receipt")
    hand.sees("Page", picture="accepted")


def _fills_in(hand: Hand) -> None:
    """Whatever is asked, answered plainly."""
    while not isinstance(hand.screen, CheckAnswers):
        before = hand.screen
        hand.until(lambda: hand.shown in {"Choose", "ChooseSome", "Enter", "Camera", "Question", "CheckAnswers"}, "the next question")
        hand.picture(hand.shown.lower())
        _answers_one(hand)
        hand.until(lambda before=before: hand.screen is not before, "an answer to it")  # type: ignore[misc]


def _answers_one(hand: Hand) -> None:
    match hand.screen:
        case Choose(options=options):
            value = next(
                (one.value for wanted in ("notNeeded", "camera", "counter") for one in options if one.value == wanted and one.enabled), ""
            )
            hand.touch(f"answer:choose:{value or options[0].value}")
        case Enter() as screen if screen.skip is not None:
            hand.touch("answer:skip")
        case Enter(pad="digits", most=most):
            hand.types(PHONE if most > len(PHONE) - 1 else "1")
        case Enter():
            for letter in ("a", "b", "c", "d"):
                hand.touch(f"key:{letter}")
            hand.touch("answer:enter")
        case Question():
            hand.touch("answer:yes")
        case CheckAnswers():
            pass
        case _ if hand.shown == "Camera":
            _takes_page(hand)
        case _:
            _ticks_all(hand)


def _takes_page(hand: Hand) -> None:
    hand.stand.devices["document_camera"].set(page=True)
    hand.settle(1000)
    hand.touch("answer:take")
    hand.until(lambda: hand.shows("answer:use"), "the page")
    hand.picture("page")
    hand.touch("answer:use")


def results_printed(hand: Hand) -> None:
    """Print a copy of an electronic licence: purpose, copy number, verification code."""
    from_entrance(hand, "query", "documents")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:card")
    lays_card_after_consent(hand)
    hand.sees("Choose", picture="documents")
    hand.touch(f"answer:choose:{_first(hand)}")
    if hand.shown == "Choose":
        hand.sees("Choose", picture="purpose")
        hand.touch("answer:choose:bank")
    hand.sees("Question", picture="sure")
    hand.touch("answer:yes")
    hand.sees("Message", picture="printed")


def result_by_post(hand: Hand) -> None:
    """With slip and card say that the result of a decided case is to be posted: the card's name is the receiver; an address; a check."""
    hand.arrives()
    hand.holds_code(hand.stand.slip_code(DECIDED))
    hand.sees("CaseShown", picture="case")
    hand.touch("answer:choose:delivery")
    lays_card_after_consent(hand)
    hand.sees("Choose", picture="kinds")
    hand.touch("answer:choose:post")
    hand.sees("Enter", picture="receiver")
    hand.touch("answer:enter")
    hand.sees("Enter", lambda: isinstance(hand.screen, Enter) and hand.screen.pad == Pad.DIGITS, picture="phone")
    hand.types(PHONE)
    _picks_address(hand)
    hand.sees("CheckAnswers", picture="check")
    hand.touch("answer:submit")
    hand.sees("Message", picture="noted")
    hand.touch("answer:primary")
    hand.sees("CaseShown", picture="case-by-post")


def _picks_address(hand: Hand) -> None:
    """The first division of each level, where the list of them has come already; then the street by pinyin."""
    hand.until(lambda: hand.shown == "Choose" or (isinstance(hand.screen, Enter) and hand.screen.pad == Pad.TEXT), "the address asked for")
    while hand.shown == "Choose":
        hand.picture("division")
        before = hand.screen
        hand.touch(f"answer:choose:{_first(hand)}")
        hand.until(lambda before=before: hand.screen is not before, "the next level")  # type: ignore[misc]
    for word in STREET:
        for letter in word:
            hand.touch(f"key:{letter}")
        hand.settle()
        if hand.shows("candidate:0"):  # the keyboard of a citizen who reads Chinese
            hand.touch("candidate:0")
    hand.picture("street")
    hand.touch("answer:enter")


def everything_of_mine(hand: Hand) -> None:
    """With the card: cases, bookings, questions."""
    from_entrance(hand, "query", "mine")
    hand.sees("Choose", picture="what")
    hand.touch("answer:choose:cases")
    lays_card_after_consent(hand)
    hand.sees("Choose", lambda: isinstance(hand.screen, Choose) and hand.screen.options[0].icon == "case", picture="cases")


def acting_for_somebody(hand: Hand) -> None:
    """A helper and whom they act for both show their cards; the banner says so from then on."""
    from_entrance(hand, "act", "agent")
    hand.sees("Question", picture="begin")
    hand.touch("answer:yes")
    hand.sees("Present", picture="helper")
    hand.lays_card(JIA)
    hand.sees("Present", picture="person")
    hand.lays_card(None)
    hand.settle(500)
    hand.lays_card("elder")
    hand.sees("CheckAnswers", picture="check")
    hand.touch("answer:submit")
    hand.sees("Home", picture="acting")


def page_of(hand: Hand) -> Page:
    """The page that is shown."""
    screen = hand.screen
    assert isinstance(screen, Page)  # noqa: S101 - just seen
    return screen


ALL: Final[Mapping[str, Callable[[Hand], None]]] = {
    journey.__name__: journey
    for journey in (
        booking,
        check_in,
        review_then_ticket,
        application,
        results_printed,
        result_by_post,
        everything_of_mine,
        acting_for_somebody,
    )
}
