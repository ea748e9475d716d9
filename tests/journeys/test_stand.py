from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.bench.handle import Bench, BenchError
from kiosk import assembly
from ui.stand import Clock, Stand, working_morning

CONFIG = Path(__file__).resolve().parents[2] / "config"


def test_a_device_that_does_not_start_leaves_nothing_open(tmp_path, monkeypatch):
    def broken(_):
        raise BenchError("no pseudo-terminals here")

    monkeypatch.setattr(Bench, "plug", broken)
    stand = Stand(tmp_path, assembly.load_settings(CONFIG, assembly.sentences()), Clock(datetime(2026, 3, 4, 10, tzinfo=UTC)))
    with pytest.raises(BenchError), stand:
        pass  # the fixtures of all tests see a thread or port that stays


@pytest.mark.parametrize(("now", "day"), [("2026-03-06T01:00+00:00", 6), ("2026-03-07T01:00+00:00", 9), ("2026-03-06T22:00+00:00", 9)])
def test_the_stand_opens_on_a_working_morning(now, day):
    start = working_morning(datetime.fromisoformat(now))
    assert (start.day, start.hour, start.isoweekday() <= 5) == (day, 10, True)


def test_a_clock_goes_on_from_its_start():
    start = datetime(2026, 3, 4, 10, tzinfo=UTC)
    clock = Clock(start)
    assert start <= clock() <= clock()
