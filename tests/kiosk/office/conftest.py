import pytest
from office_help import OTHER_KEY, Caller, Clock, make_template, running_office


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("office"))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def running(template, tmp_path, clock):
    with running_office(template, tmp_path, clock) as (serving, app):
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
