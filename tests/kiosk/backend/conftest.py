import pytest
from office_help import Clock, make_template, running_office


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
