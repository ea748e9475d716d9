"""The keeper as a device: what it emits, with an office, without one, and over restarts."""

import queue
import threading
import time
from datetime import UTC, datetime

import apsw
import msgspec
import pytest
from city_catalogue import a_head, real_guides
from hostile import Hostile, hang, reply, say

from drivers.contract import Cancel, CheckHealth, DeviceState, Failed, HealthLevel, StatusChanged
from drivers.errors import Reason
from kiosk import assembly
from kiosk.backend.access import OfficeAccess
from kiosk.backend.device import OfficeLine
from kiosk.backend.messages.catalogue_requests import GuidePage, GuideTags
from kiosk.catalogue import keeper as keeper_module
from kiosk.catalogue.catalogue import CATALOGUE
from kiosk.catalogue.keeper import CatalogueKeeper
from kiosk.catalogue.kept import Kept
from kiosk.flow import CatalogueChanged

GUIDES = tuple(sorted(real_guides()[:5], key=lambda guide: guide.code))
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DEAD = "http://127.0.0.1:1"


class Keeper:
    """A CatalogueKeeper with what it emitted."""

    def __init__(self, url, store, **times):
        self.up = threading.Event()
        access = OfficeAccess(url=url, key="key", **{"connect": 2.0, "read": 5.0, "total": 8.0} | times)
        self.device = CatalogueKeeper(access, store, words=assembly.ASSETS / "search.toml", clock=lambda: NOW, up=self.up)
        self.events = queue.SimpleQueue()
        self.seen = []

    def __enter__(self):
        self.device.start(self.events.put)
        return self

    def __exit__(self, *_):
        self.device.stop()

    def wait(self, kind, wanted=lambda _: True):
        end = time.monotonic() + 20
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            self.seen.append(event)
            if isinstance(event, kind) and wanted(event):
                return event

    def catalogue(self, version="v1"):
        return self.wait(CatalogueChanged, lambda event: event.catalogue.version == version).catalogue

    def state(self, state):
        return self.wait(StatusChanged, lambda event: event.status.state is state).status


class Publisher:
    """What an office sends; another version can be published."""

    def __init__(self, version="v1"):
        self.version = version

    def __call__(self, connection, request, _over):
        if b"/v1/guides/tags" in request:
            body = reply(msgspec.json.encode(GuideTags(version=self.version, tags={one.code: "1" for one in GUIDES}, next=None)))
        elif b"/v1/guides" in request:
            body = reply(msgspec.json.encode(GuidePage(version=self.version, guides=GUIDES, next=None)))
        elif f'If-None-Match: "{self.version}"'.encode() in request:
            body = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        else:
            body = reply(msgspec.json.encode(a_head(version=self.version)), b"200 OK", f'ETag: "{self.version}"'.encode())
        connection.sendall(body)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "catalogue.db"


def filled(store):
    with Hostile(Publisher()) as office, Keeper(office.url, store) as keeper:
        keeper.catalogue()
        keeper.state(DeviceState.ONLINE)


def test_the_first_catalogue_is_fetched_told_and_kept(store):
    with Hostile(Publisher()) as office, Keeper(office.url, store) as keeper:
        catalogue = keeper.catalogue()
        assert [catalogue.guide(guide.code) for guide in GUIDES] == list(GUIDES)
        assert catalogue.search("开公司")[0] == GUIDES[0]
        status = keeper.state(DeviceState.ONLINE)
        assert status.identity == {"version": "v1", "published": "2026-03-01T00:00:00+00:00", "fetched": NOW.isoformat()}
        office.wait_for(2)


def test_what_is_kept_is_there_at_once_without_an_office(store):
    filled(store)
    with Keeper(DEAD, store) as keeper:
        assert keeper.catalogue().guide("i000") == GUIDES[0]
        assert keeper.state(DeviceState.ONLINE).identity["version"] == "v1"
    assert [event for event in keeper.seen if isinstance(event, StatusChanged) and event.status.error] == []


def test_without_a_catalogue_it_says_why(store):
    with Keeper(DEAD, store) as keeper:
        assert keeper.state(DeviceState.POWER_OFF).error.reason is Reason.SILENT
    with Hostile(say(reply(b"", b"401 Unauthorized"))) as office, Keeper(office.url, store) as keeper:
        assert keeper.state(DeviceState.POWER_OFF).error.reason is Reason.NOT_AUTHORISED
    with Hostile(say(reply(b"", b"404 Not Found"))) as office, Keeper(office.url, store) as keeper:
        assert keeper.state(DeviceState.POWER_OFF).error.reason is Reason.NOT_CONFIGURED
    with Hostile(say(reply(b"<html>"))) as office, Keeper(office.url, store) as keeper:
        assert keeper.state(DeviceState.POWER_OFF).error.reason is Reason.GARBLED


def test_it_looks_again_when_the_office_has_come_back(store):
    publisher = Publisher()
    with Hostile(publisher) as office, Keeper(office.url, store) as keeper:
        keeper.catalogue("v1")
        publisher.version = "v2"
        keeper.up.set()
        assert keeper.catalogue("v2").version == "v2"
        seen = len(office.seen)
        keeper.up.set()
        office.wait_for(seen + 1)
    assert sum(b"/v1/guides?" in request for request in office.seen) == 1  # what is here is not fetched again
    told = [event for event in keeper.seen if isinstance(event, CatalogueChanged)]
    assert [event.catalogue.version for event in told] == ["v1", "v2"]


def test_it_looks_again_by_itself_after_a_failure(store, monkeypatch):
    monkeypatch.setattr(keeper_module, "AGAIN", 0.05)
    publisher, first = Publisher(), threading.Event()

    def act(connection, request, over):
        if first.is_set():
            publisher(connection, request, over)
        first.set()
        connection.sendall(reply(b"", b"404 Not Found"))

    with Hostile(act) as office, Keeper(office.url, store) as keeper:
        keeper.state(DeviceState.POWER_OFF)
        assert keeper.catalogue().version == "v1"
        keeper.state(DeviceState.ONLINE)


@pytest.mark.errors_logged
def test_a_damaged_file_is_fetched_anew(store):
    filled(store)
    store.write_bytes(b"x" * 5000)
    with Hostile(Publisher()) as office, Keeper(office.url, store) as keeper:
        keeper.catalogue()
    with Keeper(DEAD, store) as keeper:
        keeper.catalogue()


@pytest.mark.errors_logged
def test_a_disk_that_fails_leaves_the_catalogue_in_memory(tmp_path):
    with Hostile(Publisher()) as office, Keeper(office.url, tmp_path / "no folder" / "catalogue.db") as keeper:
        assert keeper.catalogue().guide("i001") == GUIDES[1]
        keeper.state(DeviceState.ONLINE)


@pytest.mark.errors_logged
def test_whatever_is_wrong_inside_it_goes_on(store, monkeypatch):
    monkeypatch.setattr(keeper_module, "AGAIN", 0.05)
    real, calls = keeper_module.fetch, []

    def fetch(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise ZeroDivisionError
        return real(*arguments)

    monkeypatch.setattr(keeper_module, "fetch", fetch)
    with Hostile(Publisher()) as office, Keeper(office.url, store) as keeper:
        assert keeper.state(DeviceState.POWER_OFF).error.reason is Reason.GARBLED
        keeper.catalogue()


@pytest.mark.errors_logged
def test_a_catalogue_that_cannot_be_used_is_not_kept_and_the_next_one_is(store, monkeypatch):
    monkeypatch.setattr(keeper_module, "AGAIN", 0.05)
    real = Kept.catalogue

    def catalogue(kept, words):
        if kept.head.version == "v1":
            raise ZeroDivisionError
        return real(kept, words)

    monkeypatch.setattr(Kept, "catalogue", catalogue)
    publisher = Publisher()
    with Hostile(publisher) as office, Keeper(office.url, store) as keeper:
        keeper.state(DeviceState.POWER_OFF)
        assert not store.exists()
        publisher.version = "v2"
        assert keeper.catalogue("v2").guide("i000") == GUIDES[0]


def test_it_ends_at_once_in_the_middle_of_a_request(store):
    with Hostile(hang) as office, Keeper(office.url, store, read=30.0, total=30.0) as keeper:
        office.wait_for(1)
        began = time.monotonic()
        keeper.device.stop()
        assert time.monotonic() - began < 20
    assert not store.exists() or apsw.Connection(str(store)).execute("SELECT count(*) FROM guide").get == 0


def test_nothing_can_be_asked_of_it(store):
    with Keeper(DEAD, store) as keeper:
        keeper.device.do(Cancel(role=CATALOGUE, id="1", of="0"))
        keeper.device.do(CheckHealth(role=CATALOGUE, id="2", level=HealthLevel.INTERNAL))
        failed = keeper.wait(Failed)
        assert (failed.id, failed.error.reason) == ("2", Reason.UNSUPPORTED)


def test_it_may_be_stopped_before_it_began(store):
    Keeper(DEAD, store).device.stop()


def test_the_line_to_the_office_rings_when_it_comes_up():
    up = threading.Event()
    with Hostile(say(reply(b'{"status":"ok"}'))) as office:
        line = OfficeLine(OfficeAccess(url=office.url, key="key"), came_up=up.set)
        line.start(lambda _: None)
        assert up.wait(20)
        line.stop()
