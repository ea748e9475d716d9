"""Journeys of citizens who ask, report, complain and rate."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from drivers.bench.escpos_sheet import Sheet
from kiosk.receipt import encode
from kiosk.screens import Enter
from kiosk.texts import SOURCE_LANGUAGE
from ui.tour.hand import Hand
from ui.tour.reading_journeys import from_entrance

ANSWER: Final = "周一至周五 9:00 到 17:00。"
FINISHED: Final = "990000000103"  # a case that is decided: `kiosk/office/seed_data/cases.toml`


def _says(hand: Hand) -> None:
    """In Chinese by pinyin, in another language letter by letter."""
    hand.sees("Enter", picture="say")
    by_pinyin = hand.language == SOURCE_LANGUAGE
    for word in ("nihao", "nihao") if by_pinyin else ("opening", "hours"):
        for letter in word:
            hand.touch(f"key:{letter}")
        if by_pinyin:
            hand.picture("candidates")
            hand.touch("candidate:0")
    hand.picture("said")
    hand.touch("answer:enter")


def _sends(hand: Hand) -> Sheet:
    """The slip of what was sent."""
    hand.sees("Question", picture="name")
    hand.touch("answer:no")
    hand.sees("Enter", picture="phone")
    hand.touch("answer:skip")
    hand.sees("CheckAnswers", picture="check")
    hand.touch("answer:submit")
    slip = hand.takes_paper("slip")
    hand.sees("Page", picture="filed")
    hand.touch("answer:choose:done")
    hand.sees("Rating", picture="rating")
    hand.touch("answer:rate:5")
    return slip


def question_asked(hand: Hand) -> None:
    """Ask a question, in Chinese by pinyin; number and slip; then rate."""
    from_entrance(hand, "ask", "question")
    hand.sees("Choose", picture="what")
    hand.touch("answer:choose:new")
    _asks_in_general(hand)


def _asks_in_general(hand: Hand) -> Sheet:
    hand.sees("Search", picture="about")
    hand.touch("answer:choose:general")
    _says(hand)
    return _sends(hand)


def answer_looked_up(hand: Hand) -> None:
    """Ask; once the desk has answered, read it by the number and digits of the slip, typed on the pad."""
    from_entrance(hand, "ask", "question")
    hand.touch("answer:choose:new")
    printed = _asks_in_general(hand).text
    number, digits = re.findall(r"[A-Z]{2}-\d{8}-\d{4,}", printed)[0], re.findall(r"\s(\d{6})$", printed, re.MULTILINE)[0]
    hand.leaves()
    hand.stand.matter_answered(number, ANSWER)
    from_entrance(hand, "ask", "question")
    hand.touch("answer:choose:follow")
    hand.sees("Choose", picture="ways")
    hand.touch("answer:choose:number")
    hand.sees("Enter", picture="number")
    hand.types(number.replace("-", ""))  # there is no key for it
    hand.sees("Enter", lambda: isinstance(hand.screen, Enter) and hand.screen.secret, picture="digits")
    hand.types(digits)
    hand.sees("Page", lambda: ANSWER in repr(hand.screen), picture="answer")


def _reports(hand: Hand, entrance: str, service: str) -> None:
    from_entrance(hand, entrance, service)
    hand.sees("Choose", picture="what")
    hand.touch("answer:choose:new")
    hand.sees("Choose", picture="kinds")
    hand.touch(f"answer:choose:{hand.screen.options[0].value}")  # type: ignore[attr-defined] # just seen
    _says(hand)
    _sends(hand)


def order_reported(hand: Hand) -> None:
    """Report a trouble to 12345 and get its number."""
    _reports(hand, "ask", "order")


def complaint_made(hand: Hand) -> None:
    """Complain without a name."""
    _reports(hand, "rate", "complain")


def case_rated(hand: Hand) -> None:
    """Rate a decided case by the code on its slip, with a reason."""
    from_entrance(hand, "rate", "rate")
    hand.sees("Choose", picture="what")
    hand.touch("answer:choose:code")
    hand.sees("Present", picture="code")
    hand.holds_code(encode(hand.stand.case_token(FINISHED)))
    hand.sees("Rating", picture="rating")
    hand.touch("answer:rate:2")
    hand.sees("ChooseSome", picture="reasons")
    hand.touch(f"answer:toggle:{hand.screen.options[0].value}")  # type: ignore[attr-defined] # just seen
    hand.picture("reason")
    hand.touch("answer:done")
    hand.sees("Message", picture="thanks")


ALL: Final[Mapping[str, Callable[[Hand], None]]] = {
    journey.__name__: journey for journey in (question_asked, answer_looked_up, order_reported, complaint_made, case_rated)
}
