"""Every journey, as an upright machine in Chinese shows it; the heavy sweep drives all of them in all looks (`test_tour_looks.py`)."""

import pytest
from tour_help import config_of_citizens, goes_as_it_should, tour

CITIZENS = ("[!d]*",)
DEVICES = ("device_cabinet", "device_a4_printer", "device_social_card_reader")


@pytest.mark.timeout(1800)
def test_every_journey_of_a_citizen_goes_as_it_should(tmp_path):
    goes_as_it_should(tmp_path / "out", "portrait", "zh-CN", CITIZENS, "--config", str(config_of_citizens(tmp_path)))


@pytest.mark.timeout(1800)
def test_devices_can_be_worked_and_broken_at_the_panel(tmp_path, heavy):
    goes_as_it_should(tmp_path / "out", "portrait", "zh-CN", ("device_*",) if heavy else DEVICES)


def test_an_unknown_journey_is_named_with_those_there_are(tmp_path):
    done = tour(tmp_path, "--journey", "nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert "case_by_card" in done.stderr


def test_the_journeys_can_be_listed(tmp_path):
    done = tour(tmp_path, "--list")
    assert "case_by_card" in done.stdout
    assert not list(tmp_path.iterdir())
