"""Journeys in other looks than the first; those of devices look the same in all of them."""

import pytest
from tour_help import config_of_citizens, goes_as_it_should

ALL = ("[!d]*",)
FEW = ("ticket", "case_by_card", "guide_by_initials", "application", "nobody_there_any_more")
CARE = ("ticket_paper_runs_out", "case_by_number", "booking", "question_asked", "nobody_there_any_more")


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("orientation", "language", "care", "journeys"),
    [("landscape", "en", (), FEW), ("portrait", "en", ("--care",), CARE), ("landscape", "zh-CN", ("--care",), ())],
)
def test_other_looks_go_the_same_way(tmp_path, heavy, orientation, language, care, journeys):
    if not (heavy or journeys):
        pytest.skip("in make test-all")
    config = config_of_citizens(tmp_path)
    goes_as_it_should(tmp_path / "out", orientation, language, ALL if heavy else journeys, *care, "--config", str(config))
