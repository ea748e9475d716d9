"""Fetching a catalogue: page by page, all of one version, never an endless list."""

import gzip
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import msgspec
import pytest
from city_catalogue import a_head, real_guides
from hostile import Hostile, reply, say
from hypothesis import given, settings
from hypothesis import strategies as st
from office_pages import Office, tag_of

from kiosk.backend.abort import Abort
from kiosk.backend.access import OfficeAccess
from kiosk.backend.client import Changed, OfficeClient
from kiosk.backend.messages.catalogue import CatalogueHead
from kiosk.backend.messages.catalogue_requests import GetCatalogue, GuidePage, GuideTags, ListGuides, ListGuideTags
from kiosk.catalogue import sync
from kiosk.catalogue.kept import unpack
from kiosk.errors import BackendError, BackendReason

GUIDES = tuple(sorted(real_guides()[:20], key=lambda guide: guide.code))
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def fetch(office, before=None, stock=None):
    return sync.fetch(office, before, lambda: NOW, Abort(), {} if stock is None else stock)


def whole(*versions, guides=GUIDES, **more):
    return Office(*versions, guides=guides, **more)


def refused(office):
    with pytest.raises(BackendError) as caught:
        fetch(office)
    return caught.value.reason


def test_all_pages_are_fetched():
    office = whole()
    kept = fetch(office)
    assert [unpack(body) for body in kept.guides.values()] == list(GUIDES)
    assert [item.code for item in kept.items] == [guide.code for guide in GUIDES]
    assert (kept.head, kept.etag, kept.fetched) == (a_head(), "v1", NOW)
    assert kept.tags == {guide.code: tag_of(guide) for guide in GUIDES}
    codes = [guide.code for guide in GUIDES]
    assert office.asked[:3] == [ListGuideTags(after=after) for after in ("", codes[6], codes[13])]
    assert [list(request.codes) for request in office.asked[3:]] == [codes, codes[7:], codes[14:]]


def test_the_same_version_is_not_fetched_again():
    office = whole()
    kept = fetch(office)
    asked = len(office.asked)
    assert fetch(office, kept) is None
    assert office.etags == ["", "v1"]
    assert len(office.asked) == asked


def test_an_office_that_forgot_its_tags_sends_the_same_head_once():
    kept = fetch(whole())
    assert fetch(whole(), replace(kept, etag="lost")) is None
    assert fetch(whole(), replace(kept, etag="")) == kept  # kept by another version of the program: read anew


@pytest.mark.parametrize("requests", range(1, 7))
def test_a_version_that_comes_into_force_in_the_middle_is_compared_anew(requests):
    office = whole(("v1", requests), ("v2", 100))
    kept = fetch(office)
    assert (kept.head.version, kept.etag, len(kept.guides)) == ("v2", "v2", 20)
    assert office.etags == ["", ""]


def test_what_arrived_before_a_failure_is_not_asked_for_again():
    stock, first = {}, whole(breaks={5})
    with pytest.raises(BackendError):
        fetch(first, stock=stock)
    assert len(stock) == 7
    second = whole()
    assert fetch(second, stock=stock) == fetch(whole())
    assert second.fetched[0] == GUIDES[7].code


def test_an_office_that_changes_all_the_time_is_given_up():
    assert refused(whole(*((f"v{n}", 2) for n in range(100)), most=3)) is BackendReason.BROKEN


def tags(*codes, after=None):
    return GuideTags(version="v1", tags=dict.fromkeys(codes, "1"), next=after)


def page(*codes):
    return GuidePage(version="v1", guides=tuple(replace(GUIDES[0], code=code) for code in codes), next=None)


@pytest.mark.parametrize(
    "pages",
    [
        [tags("i002", "i001")], [tags("i001", after="i001"), tags("i001")], [tags("i001", "i002", after="i001")], [tags(after="")],
        [tags("i001", after="i001"), tags(after="i001")], [tags("i001", after="i001"), tags("i000")],
        [tags("i001"), page()], [tags("i001"), page("i002")], [tags("i001"), page("i001", "i001")], [tags("i001", "i002"), page("i001"), page("i001")],
    ],
)
def test_other_guides_than_were_asked_for_or_without_end_are_broken(pages):
    office, sent = whole(), iter(pages)
    office.ask = lambda _request, _abort: next(sent)
    assert refused(office) is BackendReason.BROKEN


def test_a_catalogue_without_guides_is_one():
    assert fetch(Office()).guides == {}


def test_a_catalogue_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(sync, "MOST_GUIDES", 19)
    assert refused(whole()) is BackendReason.BROKEN
    monkeypatch.setattr(sync, "MOST_GUIDES", 20)
    assert fetch(whole())
    monkeypatch.setattr(sync, "MOST_BYTES", 1000)
    assert refused(whole()) is BackendReason.BROKEN


# -- only what changed -----------------------------------------------------------------------------------------------------------


def test_of_a_new_version_only_what_changed_is_asked_for():
    changed = [replace(GUIDES[4], version=9), replace(GUIDES[0], code="new"), *GUIDES[:4], *GUIDES[6:]]  # and one is gone
    office = whole(("v2", 100), guides=changed)
    assert fetch(office, fetch(whole())) == fetch(whole(("v2", 100), guides=changed))
    assert office.fetched == [GUIDES[4].code, "new"]


VARIANTS = [(guide, replace(guide, version=2), replace(guide, version=3, visits=9)) for guide in GUIDES]
CHOSEN = st.lists(st.integers(0, 3), min_size=len(GUIDES), max_size=len(GUIDES))  # of the variants, or none
CODES = [guide.code for guide in GUIDES]
HALLS = st.sampled_from(("city", "baiyang"))


def chosen(which):
    return [variants[one] for variants, one in zip(VARIANTS, which, strict=True) if one < len(variants)]


@given(CHOSEN, CHOSEN, HALLS, HALLS, st.sets(st.sampled_from(CODES)), st.integers(1, 12))
@settings(max_examples=120, derandomize=True, deadline=None)
def test_what_comes_of_the_changes_is_what_a_whole_fetch_brings(old, new, there, here, forgotten, breaks):
    old, new, stock = chosen(old), chosen(new), {}
    before = fetch(Office(guides=old, here=there))
    before = replace(before, tags={code: tag for code, tag in before.tags.items() if code not in forgotten})
    with suppress(BackendError):
        fetch(Office(("v2", 100), guides=new, here=here, breaks={breaks}), before, stock)
    office = Office(("v2", 100), guides=new, here=here)
    assert fetch(office, before, stock) == fetch(Office(("v2", 100), guides=new, here=here))
    assert not {one.code for one in old if one in new and one.code not in forgotten} & set(office.fetched)


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
    office = whole()

    def act(connection, request, _over):
        path, _, query = re.match(rb"GET (\S+)", request)[1].decode().partition("?")
        values = parse_qs(query, keep_blank_values=True)
        if path == "/v1/catalogue":
            body, more = HEAD, (b'ETag: W/"v1"',)
        elif path == "/v1/guides/tags":
            body, more = msgspec.json.encode(office.ask(ListGuideTags(after=values["after"][0]), None)), ()
        else:
            found = office.ask(ListGuides(codes=tuple(values["codes"])), None)
            body, more = gzip.compress(msgspec.json.encode(found)), (b"Content-Encoding: gzip",)
        connection.sendall(reply(body, b"200 OK", *more))

    with Hostile(act) as listening:
        kept = fetch(client(listening.url))
    assert isinstance(kept.head, CatalogueHead)
    assert [unpack(body) for body in kept.guides.values()] == list(GUIDES)
    assert kept.etag == 'W/"v1"'


def test_an_abort_ends_it_between_two_pages():
    abort = Abort()

    def act(connection, request, _over):
        abort.abort()
        connection.sendall(reply(HEAD))

    with Hostile(act) as office, pytest.raises(BackendError):
        sync.fetch(client(office.url), None, lambda: NOW, abort, {})
    assert len(office.seen) == 1
