"""A few thousand damaged frames per parser in every run; `make fuzz` feeds a million."""

import pytest
from target import fuzz
from targets import all_targets

TARGETS = all_targets()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_damaged_frames_neither_crash_a_parser_nor_take_it_in(target):
    found = fuzz(target, 1500, seed=1)
    assert found.clean, found.first
    assert found.frames >= 1500


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_whole_frames_are_accepted(target):
    accepted = 0
    for seed in target.seeds:
        accepted += len(target.accepts([seed])[0])
    assert accepted > 0


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_same_seed_feeds_the_same_bytes(target):
    assert fuzz(target, 200, seed=7) == fuzz(target, 200, seed=7)
