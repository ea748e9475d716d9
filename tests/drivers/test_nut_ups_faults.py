"""What only the bench can do: battery tests that fail, wrong passwords, damaged answers, odd UPSes; and wrong settings."""

import pytest

from drivers import registry
from drivers.contract import CheckHealth, DeviceState, HealthChecked, HealthLevel, Level, Part, PersonAsked, SupplyReplenish
from drivers.errors import Action, Reason
from drivers.registry import DriverConfigError

DRIVER = "cabinet.nut_ups"
ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
QUICK = "test.battery.start.quick"


@pytest.fixture
def board(bench):
    return bench("ups")


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret"
    file.write_text("geheim\n", encoding="utf-8")
    return file


@pytest.fixture
def make(board, device, ear, secret):
    def start(*states, **settings):
        given = {"port": f"socket://{board.address}", "username": "kiosk", "password_file": str(secret), "poll_ms": 50}
        ups = device(DRIVER, "ups", **given | {"answer_ms": 1000, "test_s": 0.4, **settings})
        ups.start(ear)
        ear.state(*(states or (ONLINE,)))
        return ups

    return start


def check(ups, level, command_id="h"):
    ups.do(CheckHealth(role="ups", id=command_id, level=level))


def test_battery_test_passes(make, board, ear):
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").passed
    assert ear.answer("h").findings["ups.test.result"] == "Done and passed"
    assert board.get()["sent"] == [QUICK]


@pytest.mark.parametrize("result", ["Done and error", "Aborted", "Failed", "Done and warning"])
def test_battery_test_fails(make, board, ear, result):
    board.set(test_result=result)
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    error = ear.answer("h").error
    assert (error.reason, error.action) == (Reason.CHECK_FAILED, Action.MAINTENANCE)
    assert result in error.detail
    assert ups.status.state is ONLINE


def test_the_result_of_an_older_test_is_not_taken_for_this_one(make, board, ear):
    ups = make()
    check(ups, HealthLevel.EXTERNAL, "1")
    assert ear.answer("1").passed
    board.set(test_result="Done and error")
    check(ups, HealthLevel.EXTERNAL, "2")
    assert not ear.answer("2").passed


def test_a_ups_that_tells_no_result_is_judged_by_its_battery_flag(make, board, ear):
    board.set(variables={"ups.test.result": None})
    ups = make()
    check(ups, HealthLevel.EXTERNAL, "1")
    assert ear.answer("1").passed
    check(ups, HealthLevel.EXTERNAL, "2")
    ear.until(lambda: len(board.get()["sent"]) == 2)
    board.set(flags=["RB"])
    assert ear.answer("2").error.reason is Reason.CHECK_FAILED


def test_a_battery_that_breaks_down_in_its_test(make, board, ear):
    board.set(test_ms=60_000)
    ups = make(test_s=20.0)
    check(ups, HealthLevel.EXTERNAL)
    ear.until(lambda: board.get()["sent"])
    board.set(status="OB LB")
    error = ear.answer("h").error
    assert error.reason is Reason.CHECK_FAILED
    assert ups.status.supplies["battery"] is Level.CRITICAL


def test_a_battery_test_that_never_ends(make, board, ear):
    board.set(test_ms=60_000)
    ups = make(test_s=0.1)
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.TIMEOUT


def test_running_on_battery_in_a_test_is_not_told_as_lost_mains(make, board, ear):
    board.set(test_status="OB DISCHRG")
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").passed
    assert "mainsLostCount" not in ups.counters
    assert ear.states() == [ONLINE]


@pytest.mark.parametrize("state", [{"mains": False}, {"charge": 15}, {"flags": ["RB"]}], ids=str)
def test_no_battery_test_where_it_could_cut_the_power(make, board, ear, state):
    board.set(**state)
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.SEQUENCE
    assert board.get()["sent"] == []


def test_only_a_quick_battery_test_is_ever_sent(make, board, ear):
    board.set(commands=["load.off", "shutdown.return", "test.battery.start.deep"])
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.UNSUPPORTED
    assert board.get()["sent"] == []


def test_a_wrong_password_is_a_matter_of_configuration(make, secret, board, ear):
    secret.write_text("falsch", encoding="utf-8")
    ups = make()
    check(ups, HealthLevel.EXTERNAL)
    assert ear.answer("h").error.reason is Reason.NOT_CONFIGURED
    assert board.get()["sent"] == []
    assert ups.status.state is ONLINE


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"two\nlines"], ids=str)
def test_a_password_file_that_is_none(make, secret, content):
    if content is None:
        secret.unlink()
    else:
        secret.write_bytes(content)
    ups = make(POWER_OFF)
    assert ups.status.error.reason is Reason.NOT_CONFIGURED
    assert "two" not in str(ups.status.error)


def test_without_a_user_there_is_no_battery_test(make):
    assert HealthLevel.EXTERNAL not in make(username="", password_file="").capabilities.health


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"username": "kiosk"}, "both or none"),
        ({"password_file": "/x"}, "both or none"),
        ({"username": "kiosk", "password_file": "/x", "port": "socket://192.0.2.1:3493"}, "to this machine only"),
        ({"ups": "a b"}, "ups"),
        ({"ups": 'a"b'}, "ups"),
        ({"username": "a\nb", "password_file": "/x"}, "username"),
    ],
)
def test_wrong_settings_are_refused_at_load(settings, said):
    with pytest.raises(DriverConfigError, match=said):
        registry.check(DRIVER, settings)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("OL", Part.POWERING), ("OB", Part.NO_POWER), ("WAIT", Part.UNKNOWN), ("OL OB", Part.UNKNOWN), ("OFF", Part.UNKNOWN), ("OL BOOST", Part.POWERING),
    ],
)  # fmt: skip
def test_what_is_said_of_the_mains(make, board, status, expected):
    board.set(status=status)
    assert make().status.parts["mains"] is expected


def test_mains_that_are_off_at_the_start_were_not_lost_now(make, board, ear):
    board.set(mains=False)
    ups = make()
    check(ups, HealthLevel.INTERNAL)
    ear.answer("h")
    assert "mainsLostCount" not in ups.counters


def test_mains_lost_while_upsd_was_away_are_counted(make, board, ear):
    ups = make()
    board.unplug()
    ear.state(ONLINE, POWER_OFF)
    board.set(mains=False)
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    ear.until(lambda: ups.counters.get("mainsLostCount") == 1)


def test_seconds_on_battery_are_counted(make, board, ear, monkeypatch):
    monkeypatch.setattr("drivers.cabinet.nut_ups._PIECE", 1.0)
    ups = make()
    board.set(mains=False)
    ear.until(lambda: ups.counters.get("onBatterySecondsCount", 0) >= 2)
    assert ups.counters["mainsLostCount"] == 1


def test_a_new_battery(make, ear):
    ups = make()
    ups.do(SupplyReplenish(role="ups", id="s", supply="battery"))
    ear.answer("s")
    assert ups.counters["replenishCount"] == 1


def test_nobody_pulls_the_plug(make, ear, monkeypatch):
    monkeypatch.setattr("drivers.cabinet.nut_ups._HANDS", 0.2)
    ups = make()
    check(ups, HealthLevel.INTERACTIVE)
    assert ear.answer("h").error.reason is Reason.TIMEOUT


def test_no_interactive_check_while_the_mains_are_off(make, board, ear):
    board.set(mains=False)
    check(make(), HealthLevel.INTERACTIVE)
    assert ear.answer("h").error.reason is Reason.SEQUENCE
    assert not [event for event in ear.events if isinstance(event, PersonAsked)]


@pytest.mark.parametrize("fault", [{"half_frame": 40}, {"garbage": "instead"}, {"garbage": "before"}, {"bad_checksum": True}], ids=str)
def test_damaged_answers_are_never_a_state_of_the_power(make, board, ear, fault):
    board.set(mains=False, **fault)
    ups = make(HARDWARE_ERROR, username="", password_file="")
    assert ups.status.error.reason is Reason.GARBLED
    assert set(ups.status.parts.values()) == {Part.UNKNOWN}
    board.set(half_frame=0, garbage="", bad_checksum=False)
    ear.state(HARDWARE_ERROR, ONLINE)
    assert ups.status.parts["mains"] is Part.NO_POWER


def test_a_late_answer_is_waited_for(make, board, ear):
    board.set(late_ms=150)
    ups = make()
    check(ups, HealthLevel.INTERNAL)
    assert isinstance(ear.answer("h"), HealthChecked)
    assert ear.states() == [ONLINE]


def test_a_ups_that_tells_nothing_of_itself(make, board):
    board.set(variables=dict.fromkeys(("device.mfr", "device.model", "device.serial", "ups.firmware", "battery.charge", "battery.charge.low")))
    ups = make()
    assert ups.status.identity == {}
    assert ups.status.supplies == {"battery": Level.OPERATIONAL}
