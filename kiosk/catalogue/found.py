"""What is searched in, and what comes of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # its many messages are not imported before the first frame
    from kiosk.backend.messages.catalogue import ListTag
    from kiosk.catalogue.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which items are looked at: those of a department, of a theme, on a list; "" or None for all."""

    department: str = ""
    theme: str = ""
    tag: "ListTag | None" = None


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: the best `items`, of `total`. `near`: nothing fits, these are the nearest."""

    items: "tuple[Item, ...]" = ()
    total: int = 0
    near: bool = False
