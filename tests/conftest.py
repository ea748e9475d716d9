"""What all tests share: nothing may be left running or complained of, and the heavier sweeps are asked for by --heavy."""

import gc
import logging
import os
import re
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

PURE = re.compile(r"test_(.*protocol|id_card_text|social_card|escpos_(encode|layout|raster|status|redact)|ipp_status|scanner_replies)\.py")
UNTRACED = {"fuzz", "journeys", "ui"}
LONGEST = ("test_tour.py", "test_tour_looks.py", "test_contract.py", "test_touch.py", "test_measures.py", "test_contract_duties.py")
OURS = ("drivers", "kiosk", "ui", "qt")


def pytest_addoption(parser):
    parser.addoption("--heavy", action="store_true", help="with the heavier sweeps of `make test-all`")


def pytest_configure(config):
    config.addinivalue_line("markers", "untraced: nothing of this test counts for coverage: others go over the same lines")
    config.addinivalue_line("markers", "errors_logged: what this test does is an error, and must be logged as one")
    # pyserial 3.5 opens rfc2217:// lines with calls that Python has renamed.
    config.addinivalue_line("filterwarnings", "ignore:set(Daemon|Name):DeprecationWarning:serial.rfc2217")


def pytest_collection_modifyitems(items):
    """The longest files first, so that none is the last that one worker is left with; and tracing where it tells something."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    for item in items:
        if not _worth_tracing(item):
            item.add_marker("untraced")


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again costs a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Trace nothing of a test that is marked so. The marker of pytest-cov wakes another tracer of its own in a worker of xdist."""
    tracers = sys.gettrace(), threading.gettrace()
    if not item.get_closest_marker("untraced") or not any(tracers):
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracers[0])
        threading.settrace(tracers[1])


def _worth_tracing(item):
    """Coverage is asked of the core and of pure modules, and tracing costs half as much again as the tests, or more.

    So it leaves out what runs a driver's thread or a window, and what goes over the same lines again with other values.
    """
    if not UNTRACED.isdisjoint(item.path.parts) or getattr(item.obj, "is_hypothesis_test", False) or "postgresql" in item.name:
        return False
    return "drivers" not in item.path.parts or PURE.fullmatch(item.path.name) is not None


@pytest.fixture
def heavy(request):
    return request.config.getoption("--heavy")


@pytest.fixture(autouse=True)
def no_stray_threads():
    """A thread that a test started and left fails it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(5)
    assert [thread.name for thread in left if thread.is_alive() and not _lives_on(thread)] == []


def _lives_on(thread):
    """Threads of libraries that live as long as the process."""
    return thread.name.startswith(("AnyIO", "asyncio_", "Dummy-"))


@pytest.fixture(autouse=True)
def no_open_ports():
    """A port that a test opened and left fails it."""
    before = _listening()
    yield
    assert _listening() - before == set()


def _listening():
    """This process's listening TCP sockets, as `socket:[inode]`. The kernel's own list of all sockets takes it 4 ms to write."""
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile, as that of the listing itself
            what = str(path.readlink())
            if what.startswith("socket:"):
                with socket.socket(fileno=os.dup(int(path.name))) as one:
                    if one.family in (socket.AF_INET, socket.AF_INET6) and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                        found.add(what)
    return found


class Errors(logging.Handler):
    """Collects errors of our own loggers."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.said = []

    def emit(self, record):
        if record.name.split(".")[0] in OURS:
            self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_errors_logged(request):
    """An error in the log fails a test, unless the test says that there must be one; then its absence does."""
    errors = Errors()
    logging.getLogger().addHandler(errors)
    yield
    logging.getLogger().removeHandler(errors)
    if request.node.get_closest_marker("errors_logged"):
        assert errors.said
    else:
        assert errors.said == []
