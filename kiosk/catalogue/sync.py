"""Fetching a whole catalogue from the office: the head, then all guides page by page, all of one version."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.backend.abort import Abort
from kiosk.backend.messages.catalogue import CatalogueHead, GetCatalogue, GuidePage, ListGuides
from kiosk.catalogue.items import Item, item_of
from kiosk.catalogue.kept import Kept, pack
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

PAGE = 100  # guides; the office sends fewer where they are long
MOST_GUIDES = 20_000
MOST_BYTES = 64 * 1024 * 1024  # of all guides as they are kept
_TRIES = 3  # the office may publish again and again, but not all the time


def fetch(client: "OfficeClient", before: Kept | None, clock: Callable[[], datetime], abort: Abort) -> Kept | None:
    """The office's catalogue, or None where it is still the one of `before`. BackendError when it cannot be had whole.

    Where another version comes into force in the middle, all is fetched again.
    """
    etag = before.etag if before else ""
    for _ in range(_TRIES):
        changed = client.ask_changed(GetCatalogue(), etag, abort)
        if changed is None or not isinstance(changed.reply, CatalogueHead):
            return None
        head = changed.reply
        if before is not None and etag and head == before.head:  # the office forgot its tag, or gives none
            return None
        if (found := _guides(client, head, abort)) is not None:
            items, guides = found
            return Kept(head=head, items=items, guides=guides, fetched=clock(), etag=changed.etag)
        etag = ""
    raise BackendError(BackendReason.BROKEN, "the catalogue changes all the time")


def _guides(client: "OfficeClient", head: CatalogueHead, abort: Abort) -> tuple[tuple[Item, ...], dict[str, bytes]] | None:
    """All guides of the head's version; None when that is not the office's any more."""
    items, guides, size = list[Item](), dict[str, bytes](), 0
    after: str | None = ""
    while after is not None:
        page = client.ask(ListGuides(after=after, limit=PAGE), abort)
        if not isinstance(page, GuidePage) or page.version != head.version:
            return None
        _check(page, after)
        for guide in page.guides:
            items.append(item_of(guide, head.here))
            guides[guide.code] = pack(guide)
            size += len(guides[guide.code])
        if len(guides) > MOST_GUIDES or size > MOST_BYTES:
            raise BackendError(BackendReason.BROKEN, "the catalogue is too large")
        after = page.next
    return tuple(items), guides


def _check(page: GuidePage, after: str) -> None:
    """Codes only grow, so that the end comes."""
    codes = [after, *(guide.code for guide in page.guides)]
    if codes != sorted(set(codes)) or (page.next is not None and (page.next < codes[-1] or page.next == after)):
        raise BackendError(BackendReason.BROKEN, "guides out of order")
