"""Carries out what a technician asks of the devices, and says on the terminal what comes of it."""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from drivers import codec
from drivers.contract import (
    Answer,
    CheckHealth,
    Command,
    Done,
    Failed,
    Hardware,
    HealthChecked,
    PersonAnswered,
    PersonAsked,
    StatusChanged,
)
from drivers.errors import DeviceError, Reason
from kiosk import assembly
from kiosk.devices import Attached, Trouble, found
from kiosk.devices_words import event_line, plain, table, told
from kiosk.settings import Settings
from kiosk.texts import Sentences, text

_PATIENCE = 300.0  # s: a check that asks a person may take its time
_NEVER_BEGUN = {
    Reason.CANCELED,
    Reason.NOT_CONFIGURED,
    Reason.RESET_LIMIT,
    Reason.SEQUENCE,
    Reason.SILENT,
    Reason.UNPLUGGED,
    Reason.UNSUPPORTED,
}
DONE, FAILED, NOT_BEGUN = 0, 1, 2


class Desk:
    """One run of `kiosk devices`. Every method may raise `SettingsError`."""

    def __init__(self, settings: Settings, sentences: Sentences, language: str, *, as_json: bool) -> None:
        self._settings = settings
        self._sentences = sentences
        self._language = language
        self._json = as_json

    def overview(self) -> bool:
        """Say how every device is; whether all can be used, as far as can be told."""
        with Attached(self._all()) as attached:
            attached.settle()
            statuses = {role: device.status for role, device in attached.devices.items()}
        entries = self._settings.devices
        all_found = [found(role, entries[role], status, self._trouble(status.error)) for role, status in statuses.items()]
        usable = all(one.usable is not False for one in all_found)
        click.echo(plain({"ok": usable, "devices": all_found}) if self._json else table(all_found))
        return usable

    def watch(self, role: str | None) -> None:
        """Say what devices tell, until Ctrl-C."""
        with Attached(self._all() if role is None else {role: self._one(role)}) as attached:
            try:
                while True:
                    if event := attached.next(1.0):
                        now = datetime.now().astimezone()
                        why = self._why(event.status.error) if isinstance(event, StatusChanged) else ""
                        line = f"{now:%H:%M:%S}  {event_line(event, why)}"
                        click.echo(plain({"time": now.isoformat(), **codec.shown(event)}) if self._json else line)
            except KeyboardInterrupt:
                return

    def carry_out(self, command: Command, *, trace_to: Path | None = None) -> int:
        """Give a device a command and say what came of it; an exit code."""
        device = self._one(command.role, keep=True, trace_to=trace_to)
        began = time.monotonic()
        with Attached({command.role: device}) as attached:
            attached.settle()
            if (error := device.status.error) is not None and error.held:
                return self._end(command, Failed(role=command.role, id=command.id, error=error), device, 0.0)
            answers = attached.until_answered(command, _PATIENCE)
            try:
                final = next(answer for answer in answers if self._heard(answer, device))
            except (KeyboardInterrupt, click.Abort):
                answers.cancel()
                final = next(answer for answer in answers if answer.final)
            return self._end(command, final, device, time.monotonic() - began)

    def trace(self, role: str, out: Path, seconds: float | None) -> bool:
        """Record a device until Ctrl-C; whether anything could be recorded."""
        device = self._one(role, trace_to=out)
        with Attached({role: device}) as attached:
            attached.settle()
            error = device.status.error
            if error is not None and error.held:
                click.echo(f"{role}: in use by another program. Set `trace = true` in devices.toml to record it there.", err=True)
                return False
            click.echo(f"{role}: {device.status.state}. Recording into {out}" + (" until Ctrl-C." if seconds is None else "."))
            _sleep(seconds)
        if not out.is_file():
            click.echo(f"{out}: could not be written.", err=True)
            return False
        click.echo(f"{out}: {out.stat().st_size} bytes.")
        return True

    def _all(self) -> Mapping[str, Hardware]:
        return {role: self._one(role) for role in self._settings.devices}

    def _one(self, role: str, *, keep: bool = False, trace_to: Path | None = None) -> Hardware:
        return assembly.hardware(self._settings, role, keep=keep, trace_to=trace_to)

    def _say(self, key: str) -> str:
        return self._sentences.say(self._language, text(key))

    def _why(self, error: DeviceError | None) -> str:
        return "" if error is None else self._say(error.key)

    def _trouble(self, error: DeviceError | None) -> Trouble | None:
        if error is None:
            return None
        acts = self._say(f"action-{error.action}")
        return Trouble(reason=error.reason, action=error.action, sentence=self._why(error), acts=acts, detail=error.detail)

    def _heard(self, answer: Answer, device: Hardware) -> bool:
        """Do what an answer in between asks for; whether it is the final one."""
        if isinstance(answer, PersonAsked):
            click.echo(self._say(answer.key), err=True)
            if answer.choices:
                device.do(PersonAnswered(role=answer.role, id=f"{answer.id}-person", of=answer.id, choice=self._choice(answer.choices)))
        return answer.final

    def _choice(self, choices: tuple[str, ...]) -> str:
        for number, choice in enumerate(choices, start=1):
            click.echo(f"  {number}  {self._say(f'check-{choice}')}", err=True)
        return choices[click.prompt("Number", type=click.IntRange(1, len(choices)), err=True) - 1]

    def _end(self, command: Command, final: Answer, device: Hardware, seconds: float) -> int:
        code, outcome = _outcome(final)
        error = final.error if isinstance(final, HealthChecked | Failed) else None
        findings = final.findings if isinstance(final, HealthChecked) else {}
        why = self._trouble(error)
        if self._json:
            asked = {"level": command.level} if isinstance(command, CheckHealth) else {}
            said = {"role": command.role, **asked, "outcome": outcome, "seconds": round(seconds, 1), "findings": findings, "error": why}
            click.echo(plain(said))
            return code
        click.echo(f"{command.role}: {outcome} ({seconds:.1f} s)")
        for name, value in findings.items():
            click.echo(f"  {name:20}{value}")
        if why is not None:
            click.echo(f"  {'in use by another program, most likely the running terminal' if error and error.held else told(why)}")
        if error is not None and error.reason is Reason.UNSUPPORTED and isinstance(command, CheckHealth):
            click.echo(f"  this device has these checks: {', '.join(device.capabilities.health)}")
        return code


def _outcome(final: Answer) -> tuple[int, str]:
    match final:
        case HealthChecked(error=None):
            return DONE, "passed"
        case HealthChecked():
            return FAILED, "failed"
        case Done():
            return DONE, "done"
        case Failed(error=error) if error.reason in _NEVER_BEGUN:
            return NOT_BEGUN, "not possible"
        case _:
            return FAILED, "failed"


def _sleep(seconds: float | None) -> None:
    end = None if seconds is None else time.monotonic() + seconds
    try:
        while end is None or time.monotonic() < end:
            time.sleep(0.2 if end is None else max(0.0, min(0.2, end - time.monotonic())))
    except KeyboardInterrupt:
        return
