"""What all tests share: nothing may be left running, and the heavier sweeps are asked for by --heavy."""

import threading

import pytest


def pytest_addoption(parser):
    parser.addoption("--heavy", action="store_true", help="with the heavier sweeps of `make test-all`")


@pytest.fixture
def heavy(request):
    return request.config.getoption("--heavy")


@pytest.fixture(autouse=True)
def no_stray_threads():
    """A thread that a test started and left fails it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive() and not thread.daemon]
    for thread in left:
        thread.join(5)
    assert [thread.name for thread in left if thread.is_alive()] == []
