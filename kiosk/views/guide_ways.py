"""What a terminal can do about an item: each service it offers, or why not here or not now."""

from kiosk.backend.messages import OFFICE
from kiosk.backend.messages.catalogue import Guide
from kiosk.flow import Around
from kiosk.screens import Option
from kiosk.texts import Label, text
from kiosk.views.guide_page import hall_name, place_here

_NUMBERS = "numbers"  # the role that gives tickets, with the office or without it


def ways(guide: Guide, around: Around) -> tuple[Option, ...]:
    """The services as cards, their names as values, in the order in which they make sense."""
    wanted = {
        "review": guide.review,
        "apply": bool(guide.form),
        "ticket": True,
        "book": guide.bookable,
        "question": True,
    }
    return tuple(_way(name, guide, around) for name, there in wanted.items() if there and around.offered(name))


def _way(name: str, guide: Guide, around: Around) -> Option:
    why = around.trouble(_NUMBERS if name == "ticket" else OFFICE) or (_no_ticket(guide, around) if name == "ticket" else None)
    return Option(
        value=name,
        title=text(f"guide-way-{name}"),
        about=text(f"guide-way-{name}-about"),
        icon=name,
        enabled=why is None,
        why=why or "",
    )


def _no_ticket(guide: Guide, around: Around) -> Label | None:
    """Why no ticket is given for this item here."""
    place = place_here(guide, around.catalogue)
    if place is None:
        return text("guide-not-here", hall=hall_name(guide.places[0], around.catalogue)) if guide.places else text("guide-where-unknown")
    if not place.queue:
        return text("guide-no-queue", window=place.window)
    return text("guide-review-first") if guide.review else None
