import pytest
from glass import Stage
from PySide6.QtGui import QGuiApplication


@pytest.fixture
def make_stage(qapp):
    assert QGuiApplication.primaryScreen().geometry().width() >= 1920
    stages = []

    def make(*args, **kwargs):
        stages.append(Stage(*args, **kwargs))
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage):
    return make_stage()
