"""The camera that reads codes, on the bench."""

import threading

import pytest
from camera_views import PATIENT, URL, codes, luma, where

from drivers.cameras.decoder import Decoder
from drivers.contract import CheckHealth, DeviceState, Failed, HealthChecked, HealthLevel, PersonAsked, Reset
from drivers.errors import Action, Reason
from drivers.registry import DriverConfigError

ONLINE, POWER_OFF = DeviceState.ONLINE, DeviceState.POWER_OFF
CHINESE = "测试·𠮷 https://x.invalid/q?t=1"


@pytest.fixture
def board(bench):
    return bench("camera")


@pytest.fixture
def make(board, device, ear):
    def start(**settings):
        camera = device("cameras.code_camera", "scanner", **where(board), **PATIENT | {"stall_ms": 1000, "again_after_ms": 1000} | settings)
        camera.start(ear)
        ear.state(ONLINE)
        return camera

    return start


def told(ear, *expected):
    ear.until(lambda: len(codes(ear)) >= len(expected), f"codes {expected}")
    assert codes(ear) == list(expected)


def gone(seconds):
    """Nothing is held before the camera for a while."""
    threading.Event().wait(seconds)


def test_a_code_that_is_held_up_is_told_once(make, board, ear):
    camera = make()
    board.set(show_ms=0)
    board.scan(CHINESE)
    told(ear, CHINESE)
    gone(1.5)  # it is still there
    told(ear, CHINESE)
    assert camera.counters["goodScanCount"] == 1
    assert "rescuedScanCount" not in camera.counters


def test_the_same_code_is_told_again_after_it_was_out_of_sight(make, board, ear):
    make()
    board.set(show_ms=300)
    board.scan(URL)
    told(ear, URL)
    gone(2.0)
    board.scan(URL)
    told(ear, URL, URL)


def test_one_code_after_another(make, board, ear):
    make()
    board.set(show_ms=0)
    for number, code in enumerate(("A005", "B006", "C007")):
        board.scan(code)
        ear.until(lambda number=number: len(codes(ear)) == number + 1, code)
    assert codes(ear) == ["A005", "B006", "C007"]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [("测试服务".encode("gb18030"), "测试服务"), ("测试㐀𠮷".encode("gb18030"), "测试㐀𠮷"), (b"\x1b[2Jboo", "notText"), (bytes(range(128, 256)), "notText"), (b"x" * 600, "tooLong"), (b"A005\r\n", "A005"), (b"A\nB", "notText")],
    ids=["gb18030", "gb18030 of four bytes", "control characters", "binary", "long", "line end after it", "line end in it"],
)
def test_payloads(make, board, ear, payload, expected):
    camera = make()
    board.set(show_ms=0)
    board.scan(payload)
    told(ear, expected)
    gone(0.5)
    told(ear, expected)
    assert camera.counters.get("rejectedScanCount", 0) == (expected in {"notText", "tooLong"})


def test_a_code_out_of_focus_is_rescued(make, board, ear):
    board.set(blur=4.5, show_ms=0)
    camera = make()
    board.scan(URL)
    told(ear, URL)
    assert camera.counters["rescuedScanCount"] == 1


def test_a_scratched_code_is_read_by_the_second_opinion_and_told_once(make, board, ear):
    board.set(scratch=True, rotation=0, tilt=0.05, show_ms=0)
    camera = make(again_after_ms=1500)
    board.scan(URL)
    told(ear, URL)
    gone(2.0)  # the slower lane sees it again and again
    told(ear, URL)
    assert camera.counters["secondOpinionCount"] == 1
    board.set(scratch=False)  # and now the quick one sees it too
    gone(0.8)
    told(ear, URL)


def test_a_code_in_sight_while_the_camera_was_away_is_not_told_again(make, board, ear):
    make()
    board.set(show_ms=0)
    board.scan(URL)
    told(ear, URL)
    board.set(stall=True)
    ear.state(ONLINE, POWER_OFF)
    gone(1.2)
    board.set(stall=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)
    gone(0.5)
    told(ear, URL)


def test_reset_tells_a_code_in_sight_again(make, board, ear):
    camera = make()
    board.set(show_ms=0)
    board.scan(URL)
    told(ear, URL)
    camera.do(Reset(role="scanner", id="r"))
    ear.answer("r")
    told(ear, URL, URL)


def test_held_code_passes_the_interactive_check_and_is_no_event(make, board, ear):
    camera = make()
    board.set(show_ms=0)
    camera.do(CheckHealth(role="scanner", id="i", level=HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).key == "check-hold-code"
    board.scan("A005")
    checked = ear.answer("i")
    assert isinstance(checked, HealthChecked)
    assert checked.passed
    assert checked.findings == {"length": "4", "lane": "first"}


def test_codes_are_read_while_the_picture_was_just_told_to_be_none(make, board, ear):
    camera = make(no_picture_ms=500)
    board.set(covered=True)
    ear.until(lambda: camera.status.error)
    board.set(covered=False, show_ms=0)
    board.scan(URL)
    told(ear, URL)


def test_a_code_is_never_shown(make, board, ear, caplog):
    caplog.set_level(0)
    make()
    board.scan("SECRETCODE")
    told(ear, "SECRETCODE")
    assert "SECRETCODE" not in caplog.text + repr(ear.events) + repr(Decoder(("qr",)).read(luma("SECRETCODE")))


def test_wechat_models_that_are_not_there_are_a_wrong_configuration(device, board, ear, tmp_path):
    camera = device("cameras.code_camera", "scanner", **where(board), wechat_models=str(tmp_path))
    camera.start(ear)
    ear.until(lambda: camera.status.error)
    assert (camera.status.error.reason, camera.status.error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)


@pytest.mark.parametrize("wrong", [{"formats": []}, {"formats": ["aztec"]}, {"again_after_ms": 10}, {"limit": 0}], ids=str)
def test_wrong_settings(device, wrong):
    with pytest.raises(DriverConfigError, match=next(iter(wrong))):
        device("cameras.code_camera", source="0", **wrong)


def test_stop_in_the_middle_of_a_check(make, ear):
    camera = make()
    camera.do(CheckHealth(role="scanner", id="i", level=HealthLevel.INTERACTIVE))
    ear.first(PersonAsked)
    camera.stop()
    (final,) = ear.finals("i")
    assert isinstance(final, Failed)
    assert final.error.reason is Reason.CANCELED
