"""Fetching the office's catalogue: the head, what each guide's content is called, and the guides that are not here yet."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from kiosk.backend.abort import Abort
from kiosk.backend.messages.catalogue import CatalogueHead
from kiosk.backend.messages.catalogue_requests import GetCatalogue, GuidePage, GuideTags, ListGuides, ListGuideTags
from kiosk.catalogue.items import Item, item_of
from kiosk.catalogue.kept import Kept, pack, unpack
from kiosk.errors import BackendError, BackendReason

if TYPE_CHECKING:
    from kiosk.backend.client import OfficeClient

PAGE = 50  # guides; the office sends fewer where they are long
MOST_GUIDES = 20_000
MOST_BYTES = 64 * 1024 * 1024  # of all guides as they are kept
_TRIES = 3  # the office may publish again and again, but not all the time

Stock = dict[tuple[str, str], bytes]  # guides as they are kept, by code and tag


def fetch(client: "OfficeClient", before: Kept | None, clock: Callable[[], datetime], abort: Abort, stock: Stock) -> Kept | None:
    """The office's catalogue, or None where it is still the one of `before`. BackendError when it cannot be had whole.

    Guides of `before` or of `stock` are not asked for again. What arrives is put into `stock`, so that after a failure the next try
    goes on from there. Where another version comes into force in the middle, all is compared again.
    """
    etag = before.etag if before else ""
    stock |= {(code, tag): before.guides[code] for code, tag in before.tags.items()} if before else {}
    for _ in range(_TRIES):
        changed = client.ask_changed(GetCatalogue(), etag, abort)
        if changed is None or not isinstance(changed.reply, CatalogueHead):
            return None
        head = changed.reply
        if before is not None and etag and head == before.head:  # the office forgot its tag, or gives none
            return None
        tags = _tags(client, head, abort)
        if tags is not None and _fill(client, head, tags, stock, abort):
            guides = {code: stock[code, tag] for code, tag in tags.items()}
            return Kept(head=head, items=_items(head, tags, guides, before), guides=guides, fetched=clock(), etag=changed.etag, tags=tags)
        etag = ""
    raise BackendError(BackendReason.BROKEN, "the catalogue changes all the time")


def _tags(client: "OfficeClient", head: CatalogueHead, abort: Abort) -> Mapping[str, str] | None:
    """The tags of all guides of the head's version; None when that is not the office's any more."""
    tags = dict[str, str]()
    after: str | None = ""
    while after is not None:
        page = client.ask(ListGuideTags(after=after), abort)
        if not isinstance(page, GuideTags) or page.version != head.version:
            return None
        _check(page, after)
        tags |= page.tags
        if len(tags) > MOST_GUIDES:
            raise BackendError(BackendReason.BROKEN, "the catalogue is too large")
        after = page.next
    return tags


def _check(page: GuideTags, after: str) -> None:
    """Codes only grow, so that the end comes."""
    codes = [after, *page.tags]
    if codes != sorted(set(codes)) or (page.next is not None and (page.next < codes[-1] or page.next == after)):
        raise BackendError(BackendReason.BROKEN, "guides out of order")


def _fill(client: "OfficeClient", head: CatalogueHead, tags: Mapping[str, str], stock: Stock, abort: Abort) -> bool:
    """Have all these guides in stock, and no others; False when the head's version is not the office's any more."""
    for old in stock.keys() - tags.items():
        del stock[old]
    while missing := list(islice((code for code, tag in tags.items() if (code, tag) not in stock), PAGE)):
        page = client.ask(ListGuides(limit=PAGE, codes=tuple(missing)), abort)
        if not isinstance(page, GuidePage) or page.version != head.version:
            return False
        codes = [guide.code for guide in page.guides]
        if not codes or len(set(codes)) < len(codes) or not set(codes) <= set(missing):
            raise BackendError(BackendReason.BROKEN, "other guides than were asked for")
        stock.update(((guide.code, tags[guide.code]), pack(guide)) for guide in page.guides)
        if sum(map(len, stock.values())) > MOST_BYTES:
            raise BackendError(BackendReason.BROKEN, "the catalogue is too large")
    return True


def _items(head: CatalogueHead, tags: Mapping[str, str], guides: Mapping[str, bytes], before: Kept | None) -> tuple[Item, ...]:
    """What lists show of the guides, those of `before` where neither guide nor hall is another."""
    same = before is not None and before.head.here == head.here
    known = {item.code: item for item in before.items if before.tags.get(item.code) == tags.get(item.code)} if before and same else {}
    return tuple(known.get(code) or item_of(unpack(body), head.here) for code, body in guides.items())
