"""`kiosk devices`: what a technician asks of the devices of this machine, with the terminal stopped or beside it."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.command_line import CONFIG, load, said

if TYPE_CHECKING:
    from kiosk.devices_desk import Desk

JSON = click.option("--json", "as_json", is_flag=True, help="For programs: JSON instead of words.")
LANGUAGE = click.option("--language", metavar="TAG", help="Language of sentences, as zh-CN or en.  [default: the first of terminal.toml]")
YES = click.option("--yes", is_flag=True, help="Do not ask before something moves, lights or prints.")
NOT_TESTED = 2


@click.group()
def devices() -> None:
    """The devices of this machine: see, watch, test, reset and record them.

    Stop the terminal first, or the devices it uses are only shown as in use: two programs cannot talk to one device.
    """
    logging.getLogger("drivers").addHandler(logging.NullHandler())  # what happens is told in words here


def _desk(config: Path, language: str | None, *, as_json: bool) -> "Desk":
    from kiosk.devices_desk import Desk  # noqa: PLC0415 - not for help

    settings, sentences = load(config)
    language = language or settings.terminal.languages[0]
    if language not in sentences.languages:
        raise click.BadParameter(f"there is no {language!r}; there are {', '.join(sentences.languages)}", param_hint="--language")
    return Desk(settings, sentences, language, as_json=as_json)


@devices.command("list")
@CONFIG
@LANGUAGE
@JSON
def list_(config: Path, language: str | None, *, as_json: bool) -> None:
    """Connect to every device and say how it is.

    Exit code 0 if all can be used, 1 if any cannot. A device that the running terminal holds counts as neither.
    """
    with said():
        sys.exit(not _desk(config, language, as_json=as_json).overview())


@devices.command()
@CONFIG
@LANGUAGE
@JSON
@click.argument("role", required=False)
def watch(config: Path, language: str | None, role: str | None, *, as_json: bool) -> None:
    """Show what devices tell as it comes, without anything about a citizen, until Ctrl-C."""
    with said():
        _desk(config, language, as_json=as_json).watch(role)


@devices.command()
@CONFIG
@LANGUAGE
@JSON
@YES
@click.option(
    "--level",
    type=click.Choice(["internal", "external", "interactive"]),
    default="internal",
    show_default=True,
    help="internal: silent. external: it may move, light or print. interactive: it asks you to do something.",
)
@click.option("--trace", "trace_to", type=click.Path(dir_okay=False, path_type=Path), help="Record its line into this file meanwhile.")
@click.argument("role")
def test(config: Path, language: str | None, role: str, level: str, trace_to: Path | None, *, as_json: bool, yes: bool) -> None:
    """Check the device ROLE.

    Exit code 0 if it passed, 1 if it did not, 2 if it could not be tested.
    """
    from drivers.contract import CheckHealth, HealthLevel  # noqa: PLC0415

    if level != "internal" and not yes:
        _confirm(f"The {level} check of {role} may move, light or print, and nobody must be using the terminal.")
    with said():
        desk = _desk(config, language, as_json=as_json)
        sys.exit(desk.carry_out(CheckHealth(role=role, id="check", level=HealthLevel(level)), trace_to=trace_to))


@devices.command()
@CONFIG
@LANGUAGE
@JSON
@YES
@click.option(
    "--to",
    type=click.Choice(["auto", "exit", "retain", "currentPosition"]),
    default="auto",
    show_default=True,
    help="Where a card or paper goes that is found inside.",
)
@click.argument("role")
def reset(config: Path, language: str | None, role: str, to: str, *, as_json: bool, yes: bool) -> None:
    """Bring the device ROLE back to its start state.

    Exit code 0 if it was reset, 1 if that failed, 2 if it could not be tried.
    """
    from drivers.contract import MediaTo, Reset  # noqa: PLC0415

    if not yes:
        _confirm(f"The reset of {role} may move a card or paper that is inside.")
    with said():
        sys.exit(_desk(config, language, as_json=as_json).carry_out(Reset(role=role, id="reset", to=MediaTo(to))))


@devices.command()
@CONFIG
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File that is written, readable by you only.")
@click.option("--seconds", type=click.FloatRange(min=0), help="Stop after this time instead of at Ctrl-C.")
@click.argument("role")
def trace(config: Path, out: Path, role: str, seconds: float | None) -> None:
    """Record what is said on the line of the device ROLE, without anything about a citizen, until Ctrl-C.

    To record while the terminal runs, set `trace = true` in the device's table of devices.toml instead.
    """
    with said():
        sys.exit(not _desk(config, None, as_json=False).trace(role, out, seconds))


@devices.command()
@JSON
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def replay(file: Path, *, as_json: bool) -> None:
    """Play the recording FILE to its driver, without the device; takes as long as the recording.

    Exit code 0 if the driver told the same as then, 1 if not.
    """
    from drivers.recordings.recording import RecordingError  # noqa: PLC0415
    from drivers.recordings.replay import replay as play  # noqa: PLC0415
    from kiosk.devices_words import report  # noqa: PLC0415

    try:
        came = play(file)
    except RecordingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(report(came, as_json=as_json))
    sys.exit(not came.same)


@devices.command()
@JSON
def drivers(*, as_json: bool) -> None:
    """List the drivers there are, how far each has come, and what it lacks."""
    from drivers.grades import GradesError  # noqa: PLC0415
    from kiosk.devices_words import grades  # noqa: PLC0415

    try:
        click.echo(grades(as_json=as_json))
    except GradesError as error:
        raise click.ClickException(str(error)) from error


def _confirm(what: str) -> None:
    click.echo(what, err=True)
    if not click.confirm("Go on?", err=True):
        click.echo("Not done.", err=True)
        sys.exit(NOT_TESTED)
