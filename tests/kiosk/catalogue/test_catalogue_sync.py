"""Fetching a catalogue: page by page, all of one version, never an endless list."""

import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import msgspec
import pytest
from city_catalogue import a_head, real_guides
from hostile import Hostile, reply, say

from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import Changed, OfficeClient
from kiosk.backend.messages.catalogue import CatalogueHead, GetCatalogue, GuidePage
from kiosk.catalogue import sync
from kiosk.catalogue.kept import unpack
from kiosk.errors import BackendError, BackendReason

GUIDES = tuple(sorted(real_guides()[:20], key=lambda guide: guide.code))
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Office:
    """Answers as an office does; `versions` are in force one after the other, each for so many requests."""

    def __init__(self, *versions, guides=GUIDES, most=7):
        self.asked, self.etags, self.guides, self.most = [], [], guides, most
        self._versions = itertools.chain.from_iterable([version] * times for version, times in versions or ((("v1"), 10_000),))

    def ask_changed(self, request, etag, abort):
        version = next(self._versions)
        self.etags.append(etag)
        return None if etag == version else Changed(a_head(version=version), version)

    def ask(self, request, abort):
        self.asked.append(request)
        rest = [guide for guide in self.guides if guide.code > request.after]
        page = rest[: self.most]
        return GuidePage(version=next(self._versions), guides=tuple(page), next=page[-1].code if len(rest) > len(page) else None)


def fetch(office, before=None):
    return sync.fetch(office, before, lambda: NOW, Abort())


def refused(office):
    with pytest.raises(BackendError) as caught:
        fetch(office)
    return caught.value.reason


def test_all_pages_are_fetched():
    office = Office()
    kept = fetch(office)
    assert [unpack(body) for body in kept.guides.values()] == list(GUIDES)
    assert [item.code for item in kept.items] == [guide.code for guide in GUIDES]
    assert (kept.head, kept.etag, kept.fetched) == (a_head(), "v1", NOW)
    assert [request.after for request in office.asked] == ["", GUIDES[6].code, GUIDES[13].code]
    assert {request.limit for request in office.asked} == {100}


def test_the_same_version_is_not_fetched_again():
    office = Office()
    kept = fetch(office)
    asked = len(office.asked)
    assert fetch(office, kept) is None
    assert office.etags == ["", "v1"]
    assert len(office.asked) == asked


def test_an_office_that_forgot_its_tags_sends_the_same_head_once():
    kept = fetch(Office())
    assert fetch(Office(), replace(kept, etag="lost")) is None
    assert fetch(Office(), replace(kept, etag="")) == kept  # kept by another version of the program: read anew


def test_a_version_that_comes_into_force_in_the_middle_is_fetched_from_its_beginning():
    office = Office(("v1", 3), ("v2", 100))
    kept = fetch(office)
    assert (kept.head.version, kept.etag, len(kept.guides)) == ("v2", "v2", 20)
    assert [request.after for request in office.asked] == ["", GUIDES[6].code, GUIDES[13].code, "", GUIDES[6].code, GUIDES[13].code]


def test_an_office_that_changes_all_the_time_is_given_up():
    assert refused(Office(*((f"v{n}", 2) for n in range(100)), most=3)) is BackendReason.BROKEN


def page(*codes, after=None):
    known = {guide.code: guide for guide in GUIDES}
    return GuidePage(version="v1", guides=tuple(replace(GUIDES[0], code=code) if code not in known else known[code] for code in codes), next=after)


@pytest.mark.parametrize(
    "pages",
    [
        [page("i002", "i001")], [page("i001", "i001")], [page("i001", after="i001"), page("i001")], [page("i001", "i002", after="i001")],
        [page(after="")], [page("i001", after="i001"), page(after="i001")], [page("i001", after="i001"), page("i000")],
    ],
)
def test_guides_out_of_order_or_without_end_are_broken(pages):
    office, sent = Office(), iter(pages)
    office.ask = lambda request, abort: next(sent)
    assert refused(office) is BackendReason.BROKEN


def test_a_catalogue_without_guides_is_one():
    assert fetch(Office(guides=())).guides == {}


def test_a_catalogue_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(sync, "MOST_GUIDES", 19)
    assert refused(Office()) is BackendReason.BROKEN
    monkeypatch.setattr(sync, "MOST_GUIDES", 20)
    assert fetch(Office())
    monkeypatch.setattr(sync, "MOST_BYTES", 1000)
    assert refused(Office()) is BackendReason.BROKEN


# -- entity tags on the wire -----------------------------------------------------------------------------------------------------


def client(url):
    return OfficeClient(OfficeAccess(url=url, key="key", connect=2.0, read=2.0, total=4.0))


HEAD = msgspec.json.encode(a_head())


def test_the_tag_of_a_reply_comes_with_it_and_goes_back():
    with Hostile(say(reply(HEAD, b"200 OK", b'ETag: "v1/city"'))) as office:
        changed = client(office.url).ask_changed(GetCatalogue(), "")
        assert changed == Changed(a_head(), '"v1/city"')
        assert b"If-None-Match" not in office.seen[0]
        assert client(office.url).ask_changed(GetCatalogue(), changed.etag) == changed
        assert b'If-None-Match: "v1/city"\r\n' in office.seen[1]


def test_not_modified_is_none_but_only_for_who_asked_so():
    with Hostile(say(b"HTTP/1.1 304 Not Modified\r\n\r\n")) as office:
        assert client(office.url).ask_changed(GetCatalogue(), '"v1"') is None
        with pytest.raises(BackendError) as caught:
            client(office.url).ask_changed(GetCatalogue(), "")
        assert caught.value.reason is BackendReason.BROKEN


@pytest.mark.parametrize("tag", [b'"a"b"', b"v1", b'"\xff"', b'"' + b"x" * 300 + b'"', b'"a b"', b""])
def test_a_tag_that_could_not_be_sent_back_is_none(tag):
    with Hostile(say(reply(HEAD, b"200 OK", b"ETag: " + tag))) as office:
        assert client(office.url).ask_changed(GetCatalogue(), "").etag == ""


def test_a_whole_catalogue_over_real_http():
    def act(connection, request, _over):
        path = re.match(rb"GET (\S+)", request)[1].decode()
        if path == "/v1/catalogue":
            body = reply(HEAD, b"200 OK", b'ETag: W/"v1"')
        else:
            query = {key: values[0] for key, values in parse_qs(path.partition("?")[2], keep_blank_values=True).items()}
            rest = [guide for guide in GUIDES if guide.code > query["after"]]
            found = GuidePage(version="v1", guides=tuple(rest[:8]), next=rest[7].code if len(rest) > 8 else None)
            body = reply(msgspec.json.encode(found))
        connection.sendall(body)

    with Hostile(act) as office:
        kept = sync.fetch(client(office.url), None, lambda: NOW, Abort())
    assert isinstance(kept.head, CatalogueHead)
    assert [unpack(body) for body in kept.guides.values()] == list(GUIDES)
    assert kept.etag == 'W/"v1"'


def test_an_abort_ends_it_between_two_pages():
    abort = Abort()

    def act(connection, request, _over):
        abort.abort()
        connection.sendall(reply(HEAD))

    with Hostile(act) as office, pytest.raises(BackendError):
        sync.fetch(client(office.url), None, lambda: NOW, abort)
    assert len(office.seen) == 1
