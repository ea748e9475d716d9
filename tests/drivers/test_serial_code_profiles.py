"""Scanners that can be asked and told: identity, configuration, presence, trigger, and codes that come in between."""

import logging
import threading

import pytest

from drivers.contract import CheckHealth, CodeRejected, CodeScanned, DeviceState, HealthLevel, PersonAsked, Reset
from drivers.errors import Action, Reason
from drivers.recordings.replay import replay
from drivers.registry import DriverConfigError, load

ONLINE, POWER_OFF, HARDWARE_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.HARDWARE_ERROR
ROLE = "scanner"
IDENTITY = {
    "newland": {"maker": "Newland", "model": "NLS-FM430L-20", "firmware": "V1.00.014.3", "serial": "FM430TEST0001"},
    "honeywell": {"maker": "Honeywell", "model": "Laser Engine-N4300", "firmware": "CA000064BCC", "serial": "2006TEST0A"},
}
MODE = {"newland": ("SCNMOD", "2"), "honeywell": ("TRGMOD", "3")}
CONFIGURED = {
    "newland": lambda digits: {"SCNMOD": "2", "TSUENA": "1", "TSUSET": digits},
    "honeywell": lambda digits: {"TRGMOD": "3", "SUFBK2": digits},
}


@pytest.fixture(params=["newland", "honeywell"])
def family(request):
    return request.param


@pytest.fixture
def board(bench, family):
    return bench(f"{family}_scanner")


@pytest.fixture
def make(board, device, ear, family):
    def start(*states, **settings):
        chosen = {"port": board.port, "profile": family, "baud": 115200, "presence_ms": 150, "answer_ms": 2000, **settings}
        scanner = device("scanners.serial_code", ROLE, **chosen)
        scanner.start(ear)
        ear.state(*(states or (ONLINE,)))
        return scanner

    return start


def codes(ear):
    return [event.text if isinstance(event, CodeScanned) else event.reason for event in ear.events if isinstance(event, CodeScanned | CodeRejected)]


def scanned(ear, *expected):
    ear.until(lambda: len(codes(ear)) >= len(expected), f"codes {expected}")
    assert codes(ear) == list(expected)


def until(ear, condition):
    ear.until(condition, "the bench")


def check(scanner, level, command_id="h"):
    scanner.do(CheckHealth(role=ROLE, id=command_id, level=level))


def test_it_tells_what_it_is(make, family):
    assert make().status.identity == IDENTITY[family]


@pytest.mark.parametrize("family", ["honeywell"])
def test_a_scanner_that_tells_it_in_the_other_form(make, board):
    board.set(about="scanner")
    assert make().status.identity == IDENTITY["honeywell"]


def test_a_scanner_that_does_not_tell_what_it_is_works_all_the_same(make, board, ear):
    board.set(unknown=["QRYPDN", "QRYFWV", "QRYPSN", "REVINF"])
    assert set(make(answer_ms=300).status.identity) <= {"maker"}
    board.scan("A005")
    scanned(ear, "A005")


@pytest.mark.parametrize(("suffix", "digits"), [("\r", "0D"), ("\n", "0A"), ("\r\n", "0D0A")])
def test_its_configuration_is_put_in(make, board, ear, family, suffix, digits):
    make(suffix=suffix)
    assert board.get()["settings"] == CONFIGURED[family](digits)
    board.scan("测试·A005")
    scanned(ear, "测试·A005")


@pytest.mark.parametrize("family", ["newland"])
def test_a_newland_scanner_can_read_all_the_time(make, board):
    make(trigger="continuous")
    assert board.get()["settings"]["SCNMOD"] == "3"


def test_the_configuration_is_put_in_again_after_the_plug_was_pulled(make, board, ear, family):
    make()
    board.unplug()
    ear.state(ONLINE, POWER_OFF)
    board.plug()
    ear.state(ONLINE, POWER_OFF, ONLINE)
    assert board.get()["settings"] == CONFIGURED[family]("0D")
    board.scan("A005")
    scanned(ear, "A005")


def test_a_scanner_that_somebody_set_to_another_mode_is_set_back(make, board, ear, family, caplog):
    make()
    name, mode = MODE[family]
    board.set(settings={**board.get()["settings"], name: "0"})
    until(ear, lambda: board.get()["settings"][name] == mode)
    board.scan("A005")
    scanned(ear, "A005")
    assert sum("another mode" in record.getMessage() for record in caplog.records) == 1


def test_a_silent_scanner_is_power_off_and_comes_back(make, board, ear):
    scanner = make(answer_ms=300)
    board.set(silent=True)
    ear.state(ONLINE, POWER_OFF)
    assert scanner.status.error.reason is Reason.SILENT
    board.set(silent=False)
    ear.state(ONLINE, POWER_OFF, ONLINE)


@pytest.mark.parametrize("fault", [{"silent": True}, {"half_frame": 5}, {"garbage": "instead"}, {"bad_checksum": True}], ids=str)
def test_one_answer_that_is_lost_is_asked_for_again(make, board, ear, fault):
    scanner = make(answer_ms=500)
    board.set(faulty=1, **fault)
    until(ear, lambda: board.get()["faulty"] == 0)
    check(scanner, HealthLevel.INTERNAL)
    assert ear.answer("h").passed
    assert ear.states() == [ONLINE]


def test_noise_instead_of_answers_is_garbled(make, board, ear):
    scanner = make(answer_ms=300)
    board.set(garbage="instead")
    ear.state(ONLINE, HARDWARE_ERROR)
    assert scanner.status.error.reason is Reason.GARBLED


@pytest.mark.parametrize("refused", ["refused", "unknown"])
def test_a_scanner_that_does_not_take_its_configuration_says_so(make, board, ear, family, refused):
    board.set(**{refused: [MODE[family][0]]})
    scanner = make(POWER_OFF)
    assert (scanner.status.error.reason, scanner.status.error.action) == (Reason.NOT_CONFIGURED, Action.CONFIGURATION)
    assert MODE[family][0] in scanner.status.error.detail
    board.set(**{refused: []})
    ear.state(POWER_OFF, ONLINE)


def test_a_scanner_that_does_not_know_the_presence_question_is_there_all_the_same(make, board, ear, family):
    scanner = make(presence_ms=100)
    board.set(unknown=[MODE[family][0]])
    threading.Event().wait(0.5)
    assert ear.states() == [ONLINE]
    check(scanner, HealthLevel.INTERNAL)
    assert ear.answer("h").passed


@pytest.mark.parametrize("at", [1, 3, 6, 9])
def test_a_code_in_the_midst_of_an_answer_is_told_whole(make, board, ear, family, at):
    make()
    for number in range(3):
        board.set(code_in_answer=f"code {number} 3", cut_at=at)
        until(ear, lambda: not board.get()["code_in_answer"])
    scanned(ear, "code 0 3", "code 1 3", "code 2 3")
    assert ear.states() == [ONLINE]


def test_codes_while_answers_are_waited_for_are_told_in_order(make, board, ear):
    make(presence_ms=20)
    expected = []
    for number in range(30):
        board.scan(f"测试{number}")
        expected.append(f"测试{number}")
        ear.until(lambda number=number: len(codes(ear)) > number, "the code")
    assert codes(ear) == expected
    assert ear.states() == [ONLINE]


def test_an_answer_that_comes_too_late_is_no_code(make, board, ear):
    make(answer_ms=500)
    board.set(late_ms=700, faulty=1)
    until(ear, lambda: board.get()["faulty"] == 0)
    board.set(late_ms=0, faulty=-1)
    board.scan("A005")
    scanned(ear, "A005")
    threading.Event().wait(0.3)
    assert codes(ear) == ["A005"]
    assert ear.states() == [ONLINE]


def test_external_check_triggers_beeps_and_leaves_the_scanner_reading(make, board, ear, family):
    scanner = make()
    check(scanner, HealthLevel.EXTERNAL)
    checked = ear.answer("h")
    assert checked.passed
    assert set(checked.findings.values()) == {"done"}
    assert board.get()["beeps"] == 1
    assert board.get()["changes"]["triggered"] >= 2
    assert not board.get()["triggered"]
    assert board.get()["settings"][MODE[family][0]] == MODE[family][1]
    board.scan("A005")
    scanned(ear, "A005")


@pytest.mark.parametrize("family", ["newland"])
def test_external_check_of_a_model_without_a_light(make, board, ear):
    board.set(unknown=["LEDONS"])
    scanner = make()
    check(scanner, HealthLevel.EXTERNAL)
    assert ear.answer("h").findings["LEDONS2C300D"] == "not known to it"
    assert ear.answer("h").passed


@pytest.mark.parametrize("family", ["newland"])
def test_external_check_of_a_trigger_that_is_refused_fails_and_leaves_the_scanner_reading(make, board, ear):
    board.set(refused=["SCNTRG"])
    scanner = make()
    check(scanner, HealthLevel.EXTERNAL)
    assert not ear.answer("h").passed
    assert board.get()["settings"]["SCNMOD"] == "2"


def test_external_check_is_not_for_the_time_of_service(make, ear):
    scanner = make()
    scanner.do(CheckHealth(role=ROLE, id="h", level=HealthLevel.EXTERNAL, in_service=True))
    assert ear.answer("h").error.reason is Reason.SEQUENCE


def test_interactive_check_passes_when_a_code_arrives(make, board, ear):
    scanner = make()
    check(scanner, HealthLevel.INTERACTIVE)
    assert ear.first(PersonAsked).key == "check-hold-code"
    board.scan("A005")
    assert ear.answer("h").findings == {"length": "4"}
    assert codes(ear) == []


def test_reset_puts_the_configuration_in_anew(make, board, ear, family):
    scanner = make(presence_ms=60_000)
    board.set(settings={**board.get()["settings"], MODE[family][0]: "0"})
    scanner.do(Reset(role=ROLE, id="r"))
    ear.answer("r")
    assert board.get()["settings"] == CONFIGURED[family]("0D")


def test_codes_are_counted(make, board, ear):
    scanner = make()
    board.scan("A005")
    scanned(ear, "A005")
    board.scan(b"\x1b[2J")
    scanned(ear, "A005", "notText")
    assert (scanner.counters["goodScanCount"], scanner.counters["rejectedScanCount"]) == (1, 1)


def test_a_recording_has_lengths_answers_and_no_code_and_replays(board, family, tmp_path, ear):
    chosen = {"port": board.port, "profile": family, "baud": 115200, "presence_ms": 150, "suffix": "\r"}
    scanner = load(ROLE, "scanners.serial_code", chosen, trace_to=tmp_path / "r.jsonl")
    scanner.start(ear)
    ear.state(ONLINE)
    board.scan("622848SECRET")
    scanned(ear, "622848SECRET")
    threading.Event().wait(0.4)
    scanner.stop()
    kept = (tmp_path / "r.jsonl").read_text(encoding="utf-8")
    assert b"622848SECRET".hex() not in kept
    assert (b"x" * 12 + b"\r").hex() in kept
    assert IDENTITY[family]["serial"].encode().hex() in kept
    assert replay(tmp_path / "r.jsonl").same


def test_a_code_is_never_shown(make, board, ear, caplog):
    caplog.set_level(logging.DEBUG)
    make()
    board.set(code_in_answer="SECRETCODE")
    scanned(ear, "SECRETCODE")
    assert "SECRETCODE" not in caplog.text + repr(ear.events)


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [({"suffix": ""}, "suffix"), ({"profile": "datalogic"}, "profile"), ({"profile": "honeywell", "trigger": "continuous"}, "trigger"), ({"profile": "plain", "trigger": "continuous"}, "trigger")],
)
def test_settings_that_do_not_go_together_are_refused(device, settings, wrong):
    with pytest.raises(DriverConfigError, match=wrong):
        device("scanners.serial_code", **{"port": "/dev/null", "profile": "newland", **settings})


def test_a_slow_line_has_time_for_a_long_answer(make, family):
    assert make(baud=2400, presence_ms=60_000).status.identity == IDENTITY[family]
