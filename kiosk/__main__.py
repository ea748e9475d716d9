"""The command line: `kiosk --help`."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kiosk.command_line import CONFIG, load, said
from kiosk.devices_cli import devices
from kiosk.office_cli import office

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.texts import Sentences


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hall-kiosk")
def cli() -> None:
    """Self-service terminal for government service halls and 24-hour zones.

    Start with `kiosk run --embedded`: the terminal, the reference office and a bench of devices in one.
    """


cli.add_command(devices)
cli.add_command(office)


@cli.command()
@CONFIG
@click.option("--embedded", is_flag=True, help="Start the reference office and the bench of devices too; all stop together.")
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path("var/embedded"), show_default=True, help="Where --embedded keeps its data."
)
def run(config: Path, folder: Path, *, embedded: bool) -> None:
    """Run the terminal.

    Without a display, `--embedded` drives the tour instead and says where its pictures are.
    """
    if not embedded:
        _run(config)
    settings, sentences = _load_all(config)
    from ui import main as window  # noqa: PLC0415 - Qt only where a window is wanted

    if not window.has_display():
        click.echo("No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): driving the tour off screen instead.")
        _tour(config, Path("out/tour"), (), "portrait", "zh-CN", care=False)
    sys.exit(window.run_embedded(settings, sentences, folder))


def _run(config: Path) -> NoReturn:
    gc.disable()  # all that the start makes stays, so looking for garbage in it is lost time: `ui.main` enables it again
    settings, sentences = load(config)
    from ui import main as window  # noqa: PLC0415 - Qt only where a window is wanted

    with said():
        sys.exit(window.run(settings, sentences))


@cli.command()
@CONFIG
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/tour"),
    show_default=True,
    help="Folder for pictures and report.",
)
@click.option("--journey", "journeys", multiple=True, metavar="NAME", help="Only these, as in case_*; may be given several times.")
@click.option("--orientation", type=click.Choice(["portrait", "landscape"]), default="portrait", show_default=True)
@click.option("--language", type=click.Choice(["zh-CN", "en"]), default="zh-CN", show_default=True)
@click.option("--care", is_flag=True, help="In care mode: larger type and targets.")
@click.option("--list", "listing", is_flag=True, help="List the journeys and stop.")
def tour(config: Path, out: Path, journeys: tuple[str, ...], orientation: str, language: str, *, care: bool, listing: bool) -> None:
    """Drive the program off screen as a person would, and picture every screen and paper.

    Writes index.html, report.json and PNGs into the folder. Exit code 0 only if every journey went as it should.
    """
    if listing:
        from ui.tour import journeys as known  # noqa: PLC0415

        for name, journey in known.ALL.items():
            about = known.OF_A_DEVICE if name.startswith("device_") else journey.__doc__
            click.echo(f"{name:28}{about}")
        return
    _tour(config, out, journeys, orientation, language, care=care)


def _tour(config: Path, out: Path, journeys: tuple[str, ...], orientation: str, language: str, *, care: bool) -> None:
    settings, sentences = _load_all(config)
    from ui.tour import guide  # noqa: PLC0415

    look = guide.TourLook(orientation=orientation, language=language, care=care)
    try:
        report = guide.drive(settings, sentences, out, look, journeys)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--journey") from error
    for journey in report:
        click.echo(f"{'ok  ' if journey.ok else 'FAIL'} {journey.name} ({journey.seconds:.1f} s) {journey.error}".rstrip())
    click.echo(f"Pictures: {out / 'index.html'}")
    sys.exit(not all(journey.ok for journey in report))


@cli.command()
@CONFIG
def check(config: Path) -> None:
    """Check the config folder and say what is wrong with it."""
    settings, _ = _load_all(config)
    click.echo(f"{config}: right. Terminal {settings.terminal.id}, {len(settings.services)} services, {len(settings.devices)} devices.")


def _load_all(config: Path) -> "tuple[Settings, Sentences]":
    """With the drivers' own settings, which `run` checks when it starts them."""
    from kiosk import assembly  # noqa: PLC0415

    settings, sentences = load(config)
    with said():
        assembly.devices(settings)
    return settings, sentences


def main() -> None:
    """Entry point of the `kiosk` command."""
    cli(prog_name="kiosk")


if __name__ == "__main__":
    main()
