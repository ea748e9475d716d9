"""What the terminal knows while one citizen asks about halls."""

from dataclasses import dataclass

from kiosk.backend.messages.catalogue import Notice, Site
from kiosk.flow import Around
from kiosk.flow import Move as AnyMove


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Codes of what is looked at. `above`: the site whose sites below are listed, "" for the top; `marked` an area of the map.

    `sought` is the item whose place is looked for.
    """

    above: str = ""
    site: str = ""
    floor: str = ""
    marked: str = ""
    notice: str = ""
    sought: str = ""


Move = AnyMove[Facts]


def below(above: str, around: Around) -> tuple[Site, ...]:
    """The sites that stand directly under another one; for "" those that stand under none."""
    head = around.catalogue.head
    known = {site.code for site in head.sites}
    return tuple(site for site in head.sites if (site.parent if site.parent in known else "") == above)


def notice_of(code: str, around: Around) -> Notice | None:
    """The notice if it is in sight today."""
    return next((one for one in around.catalogue.notices(around.time.date()) if one.code == code), None)
