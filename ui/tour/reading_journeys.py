"""Journeys of citizens who want to know: guides, halls, notices, machines nearby, their place in the queue."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.screens import Choose
from kiosk.screens.reading import Page, Search
from ui.tour.hand import Hand

_WHOLE: Final = 4  # sections: the short guide has fewer
ITEM: Final = "newborn-bundle"  # 新生儿出生“一件事”; items of the made-up city are in `kiosk/office/seed_data/catalogue`
INITIALS: Final = "xsecsyjs"


def from_entrance(hand: Hand, entrance: str, service: str) -> None:
    """Come, choose an entrance, and there a service."""
    hand.arrives()
    hand.touch(f"answer:choose:entrance:{entrance}")
    hand.sees("Choose", picture=f"entrance-{entrance}")
    hand.touch(f"answer:choose:service:{service}")


def finds(hand: Hand, initials: str, item: str) -> None:
    """Type initials on the keyboard of the search until the item is there, and choose it."""
    hand.sees("Search", picture="search")
    for letter in initials:
        hand.touch(f"key:{letter}")
    hand.sees("Search", lambda: _among(hand, item), picture="found")
    hand.touch(f"answer:choose:{item}")


def _among(hand: Hand, item: str) -> bool:
    return isinstance(hand.screen, Search) and any(one.value == item for one in hand.screen.results[:6])


def guide_by_initials(hand: Hand) -> None:
    """Find a guide by pinyin initials, read it, take it to the phone, print it."""
    hand.arrives()
    hand.touch("answer:choose:service:guides")
    hand.until(lambda: hand.shown != "Home", "the guides")
    hand.picture("guides")
    finds(hand, INITIALS, f"item:{ITEM}")
    hand.sees("Page", picture="short")
    hand.touch("answer:choose:full")
    hand.until(lambda: hand.shown == "Page" and isinstance(hand.screen, Page) and len(hand.screen.sections) > _WHOLE, "the whole guide")
    hand.picture("full")
    _pages(hand, "full")
    hand.touch("answer:choose:take")
    hand.sees("Choose", picture="take")
    hand.touch("answer:choose:phone")
    hand.sees("ShowCode", picture="phone")
    hand.touch("answer:frame-back")
    hand.sees("Choose", picture="take-again")
    hand.touch("answer:choose:guide")
    hand.sees("Message", picture="printed")


def _pages(hand: Hand, label: str) -> None:
    for at in range(2, 9):
        if not hand.shows("page:next"):
            return
        hand.touch("page:next")
        hand.picture(f"{label}-{at}")


def hall_and_map(hand: Hand) -> None:
    """Hours, the map of the hall, all halls of the city, notices."""
    from_entrance(hand, "look", "hall_info")
    hand.sees("Choose", lambda: hand.shows("answer:choose:map"), picture="hall")
    for part in ("hours", "map", "windows", "sites", "notices"):
        hand.touch(f"answer:choose:{part}")
        hand.until(lambda: not hand.shows("answer:choose:notices"), part)
        hand.picture(part)
        hand.touch("answer:frame-back")
        hand.until(lambda: hand.shows("answer:choose:notices"), "the hall again")


def machines_nearby(hand: Hand) -> None:
    """What the machines of other agencies do, and what one needs there."""
    from_entrance(hand, "look", "neighbours")
    hand.sees("Choose", picture="machines")
    screen = hand.screen
    assert isinstance(screen, Choose)  # noqa: S101 - just seen
    hand.touch(f"answer:choose:{screen.options[0].value}")
    hand.sees("Page", picture="machine")


def place_in_queue(hand: Hand) -> None:
    """A ticket's code held to the scanner at home shows how many are before it."""
    hand.stand.nobody_waits()
    follow = hand.stand.neighbours_take("social", 3)[-1].follow
    hand.arrives()
    hand.holds_code(follow)
    hand.sees("Page", picture="position")
    hand.touch("answer:choose:again")
    hand.sees("Page", picture="again")


ALL: Final[Mapping[str, Callable[[Hand], None]]] = {
    journey.__name__: journey for journey in (guide_by_initials, hall_and_map, machines_nearby, place_in_queue)
}
