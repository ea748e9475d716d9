"""`kiosk office catalogue`: check, publish and export a catalogue; say where a terminal stands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.office.catalogue import CatalogueSource
    from kiosk.office.catalogue.findings import Finding
    from kiosk.office.database import Database

DATABASE = click.option("--database", default="sqlite:///var/office.db", show_default=True, help="SQLAlchemy URL.")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_MOST_NOTES = 20


@click.group()
def catalogue() -> None:
    """The catalogue of guides, forms, sites and all else that terminals show."""


@catalogue.command()
@FILE
def check(file: Path) -> None:
    """Check FILE (JSON, or TOML) as publishing would: faults forbid it, notes say what is missing.

    Exit code 0 without faults. Whether halls have the queues that guides name is only seen when publishing.
    """
    from kiosk.office.catalogue.checking import check as findings_of  # noqa: PLC0415 - not for help

    source = _load(file)
    findings = findings_of(source)
    _tell(findings)
    click.echo(f"{len(source.guides)} guides, {len(source.forms)} forms, {len(source.sites)} sites.")
    sys.exit(any(finding.fault for finding in findings))


@catalogue.command()
@DATABASE
@FILE
def publish(database: str, file: Path) -> None:
    """Make FILE the catalogue in force. The one before stays valid for a day for whoever began with it."""
    from kiosk.office.catalogue.publishing import CatalogueError  # noqa: PLC0415
    from kiosk.office.catalogue.publishing import publish as put_in_force  # noqa: PLC0415

    source = _load(file)
    with _opened(database) as opened:
        try:
            with opened.write() as connection:
                version = put_in_force(connection, source, datetime.now().astimezone(), origin=file.name[:64])
        except CatalogueError as error:
            _tell(error.findings)
            raise click.ClickException("not published") from None
    click.echo(f"Version {version} is in force.")


@catalogue.command()
@DATABASE
@FILE
def export(database: str, file: Path) -> None:
    """Write the catalogue in force to FILE as JSON, to change and publish it."""
    from kiosk.office.catalogue.reading import in_force  # noqa: PLC0415
    from kiosk.office.catalogue.source import save  # noqa: PLC0415

    with _opened(database) as opened, opened.read() as connection:
        source = in_force(connection)
    if source is None:
        raise click.ClickException("no catalogue was published yet")
    save(source, file)
    click.echo(f"{len(source.guides)} guides are in {file}.")


@catalogue.command()
@DATABASE
@click.argument("terminal")
@click.argument("floor")
@click.argument("x", type=click.FloatRange(0, 1))
@click.argument("y", type=click.FloatRange(0, 1))
def stand(database: str, terminal: str, floor: str, x: float, y: float) -> None:
    """Say where TERMINAL stands on its hall's map: FLOOR, and fractions of its width and height from the top left."""
    from kiosk.office.catalogue.reading import Spot  # noqa: PLC0415
    from kiosk.office.catalogue.spots import put_spot  # noqa: PLC0415

    with _opened(database) as opened:
        try:
            with opened.write() as connection:
                put_spot(connection, terminal, Spot(floor, x, y))
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{terminal} stands on floor {floor}.")


@contextmanager
def _opened(database: str) -> "Iterator[Database]":
    from kiosk.office.database import open_database  # noqa: PLC0415

    opened = open_database(database)
    try:
        opened.migrate()
        yield opened
    finally:
        opened.close()


def _load(file: Path) -> "CatalogueSource":
    from kiosk.office.catalogue.source import CatalogueFileError, load  # noqa: PLC0415

    try:
        return load(file)
    except (CatalogueFileError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _tell(findings: "tuple[Finding, ...]") -> None:
    """All faults, and the first notes."""
    faults = [finding for finding in findings if finding.fault]
    notes = [finding for finding in findings if not finding.fault]
    for finding in (*faults, *notes[:_MOST_NOTES]):
        click.echo(str(finding))
    if len(notes) > _MOST_NOTES:
        click.echo(f"and {len(notes) - _MOST_NOTES} more notes")
