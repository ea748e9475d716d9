"""Every journey, as an upright machine in Chinese shows it; the heavy sweep drives all of them in all looks (`test_tour_looks.py`)."""

import pytest
from tour_help import goes_as_it_should, tour

CITIZENS = ("[!d]*",)
DEVICES = ("device_cabinet", "device_a4_printer", "device_social_card_reader")


@pytest.mark.timeout(540)
def test_every_journey_goes_as_it_should(tmp_path, heavy):
    goes_as_it_should(tmp_path, "portrait", "zh-CN", () if heavy else (*CITIZENS, *DEVICES))


def test_an_unknown_journey_is_named_with_those_there_are(tmp_path):
    done = tour(tmp_path, "--journey", "nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert "case_by_card" in done.stderr


def test_the_journeys_can_be_listed(tmp_path):
    done = tour(tmp_path, "--list")
    assert "case_by_card" in done.stdout
    assert not list(tmp_path.iterdir())
