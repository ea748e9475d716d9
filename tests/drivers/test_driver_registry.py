"""Names and settings of drivers."""

import sys

import pytest

from drivers import registry
from drivers.contract import DeviceState
from drivers.registry import DriverConfigError


def test_the_drivers_there_are():
    assert {"readers.sdt_id", "scanners.serial_code"} <= set(registry.names())
    assert not [name for name in registry.names() if "protocol" in name or "bench" in name or "__" in name]


def test_loading_opens_nothing():
    device = registry.load("id_reader", "readers.sdt_id", {"port": "/dev/none"})
    assert device.status.state is DeviceState.STARTING


@pytest.mark.parametrize("name", ["readers.sdt_id", "scanners.serial_code"])
def test_every_driver_needs_a_port(name):
    with pytest.raises(DriverConfigError, match="port"):
        registry.load("x", name, {})


@pytest.mark.parametrize(("key", "near"), [("prot", "port"), ("bauds", "baud"), ("healthms", "health_ms")])
def test_an_unknown_setting_names_the_nearest(key, near):
    with pytest.raises(DriverConfigError, match=f"'{key}'.*'{near}'"):
        registry.load("x", "readers.sdt_id", {"port": "p", key: 1})


def test_a_setting_of_the_wrong_type_is_named_without_its_value():
    with pytest.raises(DriverConfigError, match=r"readers.sdt_id: .*baud") as caught:
        registry.load("x", "readers.sdt_id", {"port": "p", "baud": "fast-secret"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("name", "near"), [("readers.sdt", "readers.sdt_id"), ("scaners.serial_code", "scanners.serial_code")])
def test_an_unknown_driver_names_the_nearest(name, near):
    with pytest.raises(DriverConfigError, match=f"'{name}'.*'{near}'"):
        registry.load("x", name, {})


@pytest.mark.parametrize(
    "name",
    ["", "readers", "errors", "bench.handle", "bench.id_reader", "readers.sdt_id_protocol", "readers.id_card_text", "Readers.sdt_id", "readers.sdt_id\n", "..os", "readers/sdt_id", "../os.path", "os.path"],
)
def test_only_drivers_are_ever_imported(name):
    before = set(sys.modules)
    with pytest.raises(DriverConfigError):
        registry.load("x", name, {})
    assert set(sys.modules) == before
