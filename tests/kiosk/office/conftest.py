"""Every test of the office runs on SQLite; those marked `postgres` (a test, a class, a file) on PostgreSQL too, with --heavy all do.

A test that wants the database as such takes `database`, the URL of a fresh seeded one, or `empty` for one without tables.
"""

import os
import shutil
from pathlib import Path

import postgres_help
import pytest
from browser import browser, visit
from desk_help import Desk
from office_help import OTHER_KEY, Caller, Clock, fill, make_template, office_on

__all__ = ["browser", "visit"]  # fixtures
SEEDED = "seeded"


def pytest_configure(config):
    config.addinivalue_line("markers", "postgres(only): this test depends on the database, so it runs on PostgreSQL too, or only there")


def pytest_generate_tests(metafunc):
    if "dialect" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("postgres")
        dialects = ["sqlite", "postgresql"] if marker or metafunc.config.getoption("--heavy") else ["sqlite"]
        metafunc.parametrize("dialect", ["postgresql"] if marker and marker.kwargs.get("only") else dialects)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if why := postgres_help.missing():
        if Path("/etc/debian_version").exists():
            pytest.fail(why)
        pytest.skip(why)
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with postgres_help.shared(common, lambda made: fill(made.create(SEEDED))) as running:
        yield running


@pytest.fixture
def empty(dialect, request, tmp_path):
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("cluster").database() as url:
            yield url


@pytest.fixture
def database(dialect, request, tmp_path):
    if dialect == "sqlite":
        path = tmp_path / "office.db"
        shutil.copy(request.getfixturevalue("template"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("cluster").database(SEEDED) as url:
            yield url


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def running(database, clock):
    with office_on(database, clock) as (serving, app):
        yield serving, app


@pytest.fixture
def office(running):
    return running[1].state.office


@pytest.fixture
def call(running):
    caller = Caller(running[0].url)
    yield caller
    caller.session.close()


@pytest.fixture
def call_other(running):
    caller = Caller(running[0].url, OTHER_KEY)
    yield caller
    caller.session.close()


@pytest.fixture
def call_stranger(running):
    caller = Caller(running[0].url, None)
    yield caller
    caller.session.close()


@pytest.fixture
def desk(running):
    with Desk(running[0].url) as signed_in:
        yield signed_in


@pytest.fixture
def other(running):
    with Desk(running[0].url, "1002", "2") as signed_in:
        yield signed_in
