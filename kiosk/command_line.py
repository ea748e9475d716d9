"""What the groups of commands share: the config folder as an option, and wrong config said in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.errors import SettingsError

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from kiosk.texts import Sentences

CONFIG = click.option(
    "--config",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("config"),
    show_default=True,
    help="Folder with terminal.toml, site.toml, services.toml and devices.toml.",
)


def load(config: Path) -> "tuple[Settings, Sentences]":
    """The settings and all sentences; what is wrong is said as `said` does."""
    from kiosk import assembly  # noqa: PLC0415 - neither for help nor for the office

    sentences = assembly.sentences()
    with said():
        return assembly.load_settings(config, sentences), sentences


@contextmanager
def said() -> Iterator[None]:
    """What is wrong with the config is said in one sentence, without a traceback."""
    try:
        yield
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
