"""Devices that the registry puts into a child process."""

import json

import pytest

from drivers import registry
from drivers.contract import DeviceState
from drivers.isolated import Isolated
from drivers.recordings.recorder import FileRecorder
from drivers.registry import DriverConfigError

SETTINGS = {"port": "/dev/none", "isolated": True}


def test_the_setting_alone_puts_any_driver_into_a_child_process():
    one = registry.load("reader", "readers.sdt_id", SETTINGS)
    assert isinstance(one, Isolated)
    assert one.status.state is DeviceState.STARTING
    assert one.capabilities == registry.load("reader", "readers.sdt_id", {"port": "/dev/none"}).capabilities


def test_a_driver_may_ask_for_it_by_its_own_default():
    assert isinstance(registry.load("reader", "readers.pcsc", {"reader": "x"}), Isolated)
    assert not isinstance(registry.load("reader", "readers.pcsc", {"reader": "x", "isolated": False}), Isolated)


def test_who_records_the_line_himself_has_it_in_his_own_process(tmp_path):
    one = registry.load("reader", "readers.sdt_id", SETTINGS, recorder=FileRecorder(tmp_path / "trace.jsonl"))
    assert not isinstance(one, Isolated)


@pytest.mark.parametrize("seconds", [0, 2.9, 601])
def test_a_limit_that_would_kill_a_device_that_only_waits_is_refused(seconds):
    with pytest.raises(DriverConfigError, match="hang_s"):
        registry.check("readers.sdt_id", {**SETTINGS, "hang_s": seconds})


def test_a_wrong_setting_is_told_before_any_child_is_started():
    with pytest.raises(DriverConfigError, match="bauds"):
        registry.load("reader", "readers.sdt_id", {**SETTINGS, "bauds": 1})


def test_the_child_records_its_line_and_keeps_its_counts(reader_board, stack, ear, tmp_path):
    settings = {"port": reader_board.port, "isolated": True, "trace": True}
    one = registry.load("reader", "readers.sdt_id", settings, keep=tmp_path / "keep")
    stack.callback(one.stop)
    one.start(ear)
    ear.state(DeviceState.ONLINE)
    reader_board.unplug()
    ear.state(DeviceState.ONLINE, DeviceState.POWER_OFF)
    reader_board.plug()
    ear.state(DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.ONLINE)
    one.stop()
    serial = one.status.identity["serial"]
    assert json.loads((tmp_path / "keep" / "reader.json").read_text())[serial] == {"reconnectCount": 1} == one.counters
    header, *records = (tmp_path / "keep" / "reader.trace.jsonl").read_text().splitlines()
    assert json.loads(header)["driver"] == "readers.sdt_id"
    assert records
