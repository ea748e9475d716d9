"""The power supply behind upsd: every test runs against the bench and against the real upsd with its dummy driver."""

import pytest
from ups_peers import AT_REST, MODEL, BenchUps, RealUps, missing

from drivers.contract import CheckHealth, DeviceState, Done, HealthLevel, Level, Part, PersonAsked, Reset, StatusChanged
from drivers.errors import Action, Reason

DRIVER = "cabinet.nut_ups"
ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF


@pytest.fixture(scope="module")
def real_ups():
    if why := missing():
        pytest.skip(why)
    peer = RealUps()
    yield peer
    peer.close()


@pytest.fixture(params=["bench", "upsd"])
def peer(request, bench):
    return BenchUps(bench("ups")) if request.param == "bench" else request.getfixturevalue("real_ups")


@pytest.fixture
def ups(peer, device, ear):
    peer.power(*AT_REST)
    ups = device(DRIVER, "ups", port=peer.url, poll_ms=100)
    ups.start(ear)
    ear.until(lambda: mains(ups) is Part.POWERING and ups.status.supplies["battery"] is Level.OPERATIONAL)
    return ups


def mains(ups):
    return ups.status.parts["mains"]


def check(ups, level):
    ups.do(CheckHealth(role="ups", id="h", level=level))


def mains_told(ear):
    return [event.status.parts["mains"] for event in ear.events if isinstance(event, StatusChanged) and "mains" in event.changed]


def test_at_rest(ups):
    assert ups.status.state is ONLINE
    assert ups.status.error is None
    expected = {"mains": Part.POWERING, "output": Part.POWERING, "batteryHealth": Part.OK, "charging": Part.CHARGING}
    assert ups.status.parts == expected
    assert ups.status.supplies == {"battery": Level.OPERATIONAL}
    assert ups.status.identity == {"maker": "Beispiel GmbH", "model": MODEL, "serial": "U-0001", "firmware": "3.1"}


def test_the_mains_go_and_come_back_and_each_is_told_once(peer, ups, ear):
    before = len(mains_told(ear))
    peer.power("OB DISCHRG", 80)
    ear.until(lambda: mains(ups) is Part.NO_POWER)
    assert ups.status.state is ONLINE
    assert ups.status.error is None
    assert ups.status.parts["charging"] is Part.DISCHARGING
    peer.power("OL CHRG", 70)
    ear.until(lambda: mains(ups) is Part.POWERING)
    assert mains_told(ear)[before:] == [Part.NO_POWER, Part.POWERING]
    assert ups.counters["mainsLostCount"] == 1


def test_the_battery_runs_down(peer, ups, ear):
    for status, charge, level in [
        ("OL", 100, Level.FULL),
        ("OB DISCHRG", 60, Level.OPERATIONAL),
        ("OB DISCHRG", 20, Level.LOW),
        ("OB DISCHRG LB", 9, Level.CRITICAL),
    ]:
        peer.power(status, charge)
        ear.until(lambda level=level: ups.status.supplies["battery"] is level)
        assert ups.status.state is ONLINE
    assert ups.status.error.reason is Reason.POWER_FAILURE
    peer.power("OL CHRG LB", 9)
    ear.until(lambda: ups.status.supplies["battery"] is Level.LOW)
    assert ups.status.error is None


def test_a_battery_to_be_replaced_needs_a_technician(peer, ups, ear):
    peer.power("OL RB", 100)
    ear.until(lambda: ups.status.supplies["battery"] is Level.FAILURE)
    assert ups.status.parts["batteryHealth"] is Part.INOPERATIVE
    assert ups.status.state is ONLINE
    assert (ups.status.error.reason, ups.status.error.action) == (Reason.HARDWARE, Action.MAINTENANCE)


@pytest.mark.parametrize("mishap", ["freeze_driver", "kill_driver"])
def test_a_driver_that_has_lost_its_ups_is_silent_and_says_nothing_of_the_power(peer, ups, ear, mishap):
    getattr(peer, mishap)()
    ear.until(lambda: ups.status.state is POWER_OFF)
    assert ups.status.error.reason is Reason.SILENT
    assert set(ups.status.parts.values()) == {Part.UNKNOWN}
    assert ups.status.supplies == {"battery": Level.UNKNOWN}
    peer.mend_driver()
    ear.until(lambda: mains(ups) is Part.POWERING)
    assert Part.NO_POWER not in mains_told(ear)
    assert "mainsLostCount" not in ups.counters


def test_upsd_itself_dies_and_comes_back(peer, ups, ear):
    peer.kill_server()
    ear.until(lambda: ups.status.state is POWER_OFF)
    assert ups.status.error.reason is Reason.UNPLUGGED
    peer.start_server()
    ear.until(lambda: mains(ups) is Part.POWERING)


def test_a_name_that_upsd_does_not_know(peer, device, ear):
    ups = device(DRIVER, "ups", port=peer.url, ups="usv")
    ups.start(ear)
    ear.state(POWER_OFF)
    assert ups.status.error.reason is Reason.NOT_CONFIGURED
    assert ups.status.error.action is Action.CONFIGURATION


def test_internal_check(ups, ear):
    check(ups, HealthLevel.INTERNAL)
    found = ear.answer("h").findings
    assert found["server"].startswith("Network UPS Tools upsd")
    assert found["ups.status"] == "OL CHRG"
    assert found["battery.charge"] == "88"


def test_interactive_check_passes_by_the_mains_going_and_coming_back(peer, ups, ear):
    check(ups, HealthLevel.INTERACTIVE)
    assert ear.first(PersonAsked).key == "check-unplug-mains"
    peer.power("OB", 80)
    ear.until(lambda: mains(ups) is Part.NO_POWER)
    assert ear.finals("h") == []
    peer.power("OL", 80)
    assert ear.answer("h").passed


def test_reset_and_stop_and_start_again(ups, ear):
    ups.do(Reset(role="ups", id="r"))
    assert isinstance(ear.answer("r"), Done)
    ups.stop()
    ups.start(ear)
    ear.until(lambda: mains(ups) is Part.POWERING)


def test_a_user_who_may_send_commands_is_let_in(peer, device, ear, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("geheim\n", encoding="utf-8")
    ups = device(DRIVER, "ups", port=peer.url, username="kiosk", password_file=str(secret))
    ups.start(ear)
    ear.state(ONLINE)
    assert HealthLevel.EXTERNAL in ups.capabilities.health


def test_the_dummy_driver_has_no_battery_test_and_is_not_asked_for_another(real_ups, device, ear, tmp_path):
    real_ups.power(*AT_REST)
    secret = tmp_path / "secret"
    secret.write_text("geheim\n", encoding="utf-8")
    ups = device(DRIVER, "ups", port=real_ups.url, username="kiosk", password_file=str(secret), poll_ms=100)
    ups.start(ear)
    ear.until(lambda: mains(ups) is Part.POWERING and ups.status.supplies["battery"] is Level.OPERATIONAL)
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.UNSUPPORTED
