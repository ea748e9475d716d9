"""What the runner does for every driver: capabilities, resets, health checks, questions to a person, counters."""

import threading

import pytest
from echo import ping

from drivers.context import Context
from drivers.contract import (
    Cancel,
    CheckHealth,
    DeviceState,
    Failed,
    HealthChecked,
    HealthLevel,
    Level,
    MediaTo,
    Part,
    PersonAnswered,
    PersonAsked,
    Reset,
    Status,
    SupplyReplenish,
)
from drivers.counters import Counters
from drivers.errors import Action, DeviceError, Reason
from drivers.line import NoLine
from drivers.runner import Runner, initial

ONLINE = DeviceState.ONLINE
NOT_WELL = DeviceError(Reason.CUTTER, Action.MAINTENANCE, "blade")


def check(runner, level, command_id="c", **options):
    runner.do(CheckHealth(role="device", id=command_id, level=level, **options))


@pytest.fixture
def counted(echo, stack):
    """The echo with counters of its own and no line."""
    counters = Counters(thresholds={"pingCount": 2})
    made = Runner(Context(role="device", counters=counters), echo, NoLine)
    echo.on_idle = lambda link: link.pause(1)
    stack.callback(made.stop)
    return made


def test_before_anything_was_asked_parts_and_supplies_are_named_and_unknown(runner, echo):
    assert runner.status == initial(echo.capabilities)
    assert runner.status.parts == {"cover": Part.UNKNOWN}
    assert runner.status.supplies == {"upper": Level.UNKNOWN}


def test_a_reset_says_where_media_go(runner, echo, ear):
    sent = []
    echo.on_reset = lambda link, to: sent.append(to)
    runner.start(ear)
    runner.do(Reset(role="device", id="1", to=MediaTo.EXIT))
    runner.do(Reset(role="device", id="2", to=MediaTo.RETAIN))
    assert ear.answer("2").error.reason is Reason.UNSUPPORTED
    assert not isinstance(ear.answer("1"), Failed)
    assert sent == [MediaTo.EXIT]


def test_a_check_that_fails_says_why_and_the_device_goes_on(runner, echo, ear):
    def not_well(link, level):
        raise NOT_WELL

    echo.on_check = not_well
    runner.start(ear)
    check(runner, HealthLevel.EXTERNAL)
    checked = ear.answer("c")
    assert isinstance(checked, HealthChecked)
    assert not checked.passed
    assert checked.error == NOT_WELL
    ping(runner)
    assert not isinstance(ear.answer("1"), Failed)
    assert len(ear.finals("c")) == 1


def test_a_check_that_finds_the_device_silent_fails_and_takes_it_down(runner, echo, ear):
    def silent(link, level):
        raise DeviceError(Reason.SILENT, Action.CLEAR)

    echo.on_check = silent
    runner.start(ear)
    ear.state(ONLINE)
    check(runner, HealthLevel.INTERNAL)
    assert ear.answer("c").error.reason is Reason.SILENT
    ear.state(ONLINE, DeviceState.POWER_OFF, ONLINE)
    assert len(ear.finals("c")) == 1


def test_findings_of_a_check_are_told(runner, echo, ear):
    echo.on_check = lambda link, level: {"voltage": "24.1 V"}
    runner.start(ear)
    check(runner, HealthLevel.INTERNAL, in_service=True)
    assert ear.answer("c").findings == {"voltage": "24.1 V"}


def test_an_interactive_check_waits_for_a_choice_it_knows(runner, echo, ear):
    echo.on_check = lambda link, level: {"said": link.ask("check-print-readable", ("yes", "no"))}
    runner.start(ear)
    check(runner, HealthLevel.INTERACTIVE)
    asked = ear.first(PersonAsked)
    assert (asked.id, asked.choices) == ("c", ("yes", "no"))
    for of, choice in (("other", "yes"), ("c", "perhaps"), ("c", "no")):
        runner.do(PersonAnswered(role="device", id=f"p-{of}-{choice}", of=of, choice=choice))
    assert ear.answer("c").findings == {"said": "no"}


def test_an_interactive_check_can_be_cancelled(runner, echo, ear):
    echo.on_check = lambda link, level: {"said": link.ask("check-print-readable", ("yes", "no"))}
    runner.start(ear)
    check(runner, HealthLevel.INTERACTIVE)
    ear.first(PersonAsked)
    runner.do(Cancel(role="device", id="x", of="c"))
    assert ear.answer("c").error.reason is Reason.CANCELED


def test_a_question_nobody_answers_ends_in_time(runner, echo, ear):
    echo.on_check = lambda link, level: {"said": link.ask("check-print-readable", ("yes", "no"), seconds=0.01)}
    runner.start(ear)
    check(runner, HealthLevel.INTERACTIVE)
    assert ear.answer("c").error.reason is Reason.TIMEOUT


def test_an_answer_nobody_asked_for_is_ignored(runner, ear):
    runner.start(ear)
    runner.do(PersonAnswered(role="device", id="p", of="nobody", choice="yes"))
    ping(runner)
    ear.answer("1")
    assert not ear.finals("p")


def test_only_a_command_that_runs_can_ask(runner, echo, ear):
    raised = threading.Event()

    def idle(link):
        with pytest.raises(RuntimeError):
            link.ask("check-print-readable")
        raised.set()
        link.pause(1)

    echo.on_idle = idle
    runner.start(ear)
    assert raised.wait(10)


def test_a_threshold_is_told_once_when_it_is_reached(counted, echo, ear):
    answer = echo.on_handle

    def handle(link, command):
        link.count("pingCount")
        return answer(link, command)

    echo.on_handle = handle
    counted.start(ear)
    for number in range(4):
        ping(counted, str(number))
        ear.answer(str(number))
    ear.until(lambda: counted.status.attention == ("pingCount",))
    assert counted.counters == {"pingCount": 4}


def test_a_refill_starts_the_count_anew(counted, echo, ear):
    refilled = []
    echo.replenished = lambda link, supply: refilled.append(supply)
    echo.on_connect = lambda link: (link.count("upperSinceReplenish", 90), Status(state=ONLINE))[1]
    counted.start(ear)
    counted.do(SupplyReplenish(role="device", id="s", supply="upper"))
    ear.answer("s")
    assert refilled == ["upper"]
    assert counted.counters["upperSinceReplenish"] == 0
    assert counted.counters["replenishCount"] == 1


def test_a_device_without_a_line_waits_and_stops_all_the_same(counted, echo, ear):
    counted.start(ear)
    ear.state(ONLINE)
    counted.stop()
    assert counted.status.state is ONLINE


def test_reconnects_and_failures_are_counted(runner, echo, ear):
    def fail(link, command):
        raise DeviceError(Reason.SILENT, Action.CLEAR) if command.id == "lost" else DeviceError(Reason.CARD_MOVED, Action.WAIT)

    echo.on_handle = fail
    runner.start(ear)
    ping(runner, "moved")
    ping(runner, "lost")
    ear.state(ONLINE, DeviceState.POWER_OFF, ONLINE)
    assert runner.counters == {"failureCount": 2, "reconnectCount": 1}
