"""`kiosk office`: serve it, let terminals in, set its rules, print its contract."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.office.catalogue_cli import catalogue

if TYPE_CHECKING:
    from kiosk.office.database import Database
    from kiosk.office.sms import Gateway

DATABASE = click.option(
    "--database", default="sqlite:///var/office.db", show_default=True, help="URL: sqlite:///FILE, or postgresql://USER@HOST/NAME."
)
SECRET = click.option(
    "--secret-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("var/office.secret"),
    show_default=True,
    help="32 bytes that make the tokens on papers; made if missing. Papers printed under another secret open nothing.",
)
_DAYS = click.IntRange(1, 250)


@click.group()
def office() -> None:
    """The reference office: the HTTP contract that terminals speak."""


office.add_command(catalogue)


@office.command()
@DATABASE
@SECRET
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8620, show_default=True, type=click.IntRange(1, 65535))
@click.option("--public-url", default="", help="Address at which citizens' phones reach the office; else that of host and port.")
@click.option("--sms-gateway", default="", metavar="URL", help="Gateway for short messages; without it they stay in the outbox.")
@click.option("--sms-key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with the gateway's key.")
@click.option("--seed", "seeding", is_flag=True, help="Put the made-up city 鹿城市 into the database first.")
def serve(  # the options of the command
    database: str,
    secret_file: Path,
    host: str,
    port: int,
    public_url: str,
    sms_gateway: str,
    sms_key_file: Path | None,
    *,
    seeding: bool,
) -> None:
    """Serve the office until Ctrl-C.

    PostgreSQL's password is best kept in libpq's password file: a command line can be read by everybody on the machine.
    """
    from kiosk import log  # noqa: PLC0415
    from kiosk.office.api import create_app  # noqa: PLC0415 - the web framework only where it serves
    from kiosk.office.seed import seed  # noqa: PLC0415
    from kiosk.office.server import serve_forever  # noqa: PLC0415

    log.set_up()
    with _plainly():
        gateway = _gateway(sms_gateway, sms_key_file)
        app = create_app(database, _now, secret=_secret(secret_file), public_url=public_url or f"http://{host}:{port}", sms=gateway)
    if seeding:
        seed(app.state.office)
    serve_forever(app, host, port)


@office.command()
@DATABASE
@click.option("--hall", required=True, help="Code of the hall the terminal stands in.")
@click.option("--key-file", type=click.Path(dir_okay=False, path_type=Path), default=Path("var/terminal.key"), show_default=True)
@click.argument("terminal")
def enrol(database: str, hall: str, key_file: Path, terminal: str) -> None:
    """Enrol TERMINAL: make a key for it, keep the key's hash, write the key to a file for the terminal."""
    from kiosk.office.access import enrol as let_in  # noqa: PLC0415

    key = secrets.token_hex(32)
    with _opened(database) as opened:
        let_in(opened, terminal, hall, key)
    _write_private(key_file, key.encode("ascii"))
    click.echo(f"{terminal} is enrolled in {hall}; its key is in {key_file}.")


@office.command("due-days")
@DATABASE
@click.option("--question", type=_DAYS, help="Working days for the answer to a question.")
@click.option("--order", type=_DAYS, help="Working days for the answer to a 12345 work order.")
@click.option("--complaint", type=_DAYS, help="Working days for the answer to a complaint.")
def due_days(database: str, question: int | None, order: int | None, complaint: int | None) -> None:
    """Say how long answers may take, from now on; without options, show it."""
    from kiosk.backend.messages.matters import MatterKind  # noqa: PLC0415
    from kiosk.office.matters.rules import days_for, set_days  # noqa: PLC0415

    wanted = {MatterKind.QUESTION: question, MatterKind.ORDER: order, MatterKind.COMPLAINT: complaint}
    with _opened(database) as opened:
        for kind, days in wanted.items():
            if days is not None:
                set_days(opened, kind, days)
        with opened.read() as connection:
            for kind in wanted:
                click.echo(f"{kind}: {days_for(connection, kind)} working days")


@office.command()
def openapi() -> None:
    """Print the contract as OpenAPI 3.1."""
    from kiosk.office.api import create_app  # noqa: PLC0415

    app = create_app("sqlite://", _now, secret=secrets.token_bytes(32))
    click.echo(json.dumps(app.openapi(), ensure_ascii=False, indent=2))
    app.state.office.database.close()


@contextmanager
def _plainly() -> Iterator[None]:
    """What is wrong with an option is said in one sentence, without a traceback."""
    try:
        yield
    except (ValueError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _opened(database: str) -> "Iterator[Database]":
    from kiosk.office.database import open_database  # noqa: PLC0415

    with _plainly():
        opened = open_database(database)
    try:
        opened.migrate()
        yield opened
    finally:
        opened.close()


def _gateway(url: str, key_file: Path | None) -> "Gateway | None":
    from kiosk.office.sms import Gateway  # noqa: PLC0415

    if not url and key_file is None:
        return None
    if not url or key_file is None:
        raise click.UsageError("--sms-gateway and --sms-key-file belong together")
    return Gateway(url, key_file.read_text(encoding="ascii").strip())


def _now() -> datetime:
    return datetime.now().astimezone()


def _secret(path: Path) -> bytes:
    if not path.exists():
        _write_private(path, secrets.token_bytes(32))
    return path.read_bytes()


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, from its first moment on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_bytes(content)
