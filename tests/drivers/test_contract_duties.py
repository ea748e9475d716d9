"""What holds for every driver besides its life: capabilities, health checks, resets, counters, supplies."""

import pytest
from contract_rows import harmless

from drivers import contract, registry
from drivers.contract import (
    Answer,
    CheckHealth,
    Command,
    DeviceState,
    Event,
    Failed,
    HealthChecked,
    HealthLevel,
    Level,
    MediaTo,
    Part,
    Reset,
    StatusChanged,
    SupplyReplenish,
)
from drivers.errors import Action, Reason
from drivers.runner import RESETS

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


def test_capabilities_name_what_exists(one):
    can = one.capabilities
    for name in can.commands:
        assert issubclass(getattr(contract, name), Command)
    for name in can.events:
        assert issubclass(getattr(contract, name), Event)
        assert not issubclass(getattr(contract, name), Answer)
    assert HealthLevel.INTERNAL in can.health
    assert set(can.harmless) <= set(can.health)
    assert MediaTo.AUTO in can.media_to


def test_parts_and_supplies_are_unknown_until_asked_and_always_named(row, board, one, ear):
    assert set(one.status.parts.values()) <= {Part.UNKNOWN}
    assert set(one.status.supplies.values()) <= {Level.UNKNOWN}
    one.start(ear)
    ear.state(ONLINE)
    assert set(one.status.parts) == set(one.capabilities.parts)
    assert set(one.status.supplies) == set(one.capabilities.supplies)
    board.unplug()
    ear.state(ONLINE, POWER_OFF)
    assert set(one.status.parts.values()) <= {Part.UNKNOWN, Part.NOT_SUPPORTED}
    assert set(one.status.supplies.values()) <= {Level.UNKNOWN, Level.NOT_SUPPORTED}
    assert set(one.status.parts) == set(one.capabilities.parts)


def test_a_healthy_device_passes_its_internal_check_in_service_and_nothing_is_told_of_it(one, ear):
    one.start(ear)
    ear.state(ONLINE)
    told = len(ear.events)
    one.do(CheckHealth(role="device", id="h", level=HealthLevel.INTERNAL, in_service=True))
    checked = ear.answer("h")
    assert isinstance(checked, HealthChecked)
    assert checked.passed
    assert len(ear.events) == told + 1


@pytest.mark.parametrize("level", HealthLevel)
def test_a_check_that_is_not_harmless_is_refused_in_service(one, ear, level):
    if level in one.capabilities.harmless:
        pytest.skip("this check is harmless")
    one.start(ear)
    one.do(CheckHealth(role="device", id="h", level=level, in_service=True))
    assert ear.answer("h").error.reason in {Reason.SEQUENCE, Reason.UNSUPPORTED}


def test_resets_are_counted_and_limited(one, ear):
    one.start(ear)
    for number in range(RESETS + 1):
        one.do(Reset(role="device", id=str(number)))
    last = ear.answer(str(RESETS))
    assert last.error.reason is Reason.RESET_LIMIT
    assert last.error.action is Action.MAINTENANCE
    assert one.counters["resetCount"] == RESETS


def test_a_reset_that_cannot_move_media_there_is_refused(one, ear):
    one.start(ear)
    for to in set(MediaTo) - set(one.capabilities.media_to):
        one.do(Reset(role="device", id=to, to=to))
        assert ear.answer(to).error.reason is Reason.UNSUPPORTED
    assert "resetCount" not in one.counters


def test_counters_outlive_a_restart(row, board, tmp_path, stack, ear):
    for expected in (1, 2):
        one = registry.load("device", row.driver, {**row.where(board), **row.settings}, keep=tmp_path)
        stack.callback(one.stop)
        one.start(ear)
        ear.until(lambda one=one: one.status.state is ONLINE)
        one.do(Reset(role="device", id=f"r{expected}"))
        ear.answer(f"r{expected}")
        one.stop()
        assert one.counters["resetCount"] == expected


def test_a_counter_that_reaches_its_threshold_asks_for_attention_once(row, board, device, ear):
    one = device(row.driver, **row.where(board), **row.settings, thresholds={"resetCount": 2})
    one.start(ear)
    for number in range(3):
        one.do(Reset(role="device", id=str(number)))
        ear.answer(str(number))
    ear.until(lambda: one.status.attention == ("resetCount",))
    one.do(harmless("h"))
    ear.answer("h")
    changes = [event for event in ear.events if isinstance(event, StatusChanged) and "attention" in event.changed]
    assert len(changes) == 1


def test_a_supply_the_device_does_not_have_cannot_be_replenished(one, ear):
    one.start(ear)
    one.do(SupplyReplenish(role="device", id="s", supply="nonsense"))
    assert ear.answer("s").error.reason is Reason.UNSUPPORTED
    for supply in one.capabilities.supplies:
        one.do(SupplyReplenish(role="device", id=supply, supply=supply))
        assert not isinstance(ear.answer(supply), Failed)
