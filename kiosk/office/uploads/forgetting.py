"""Forgets pictures nobody took, also when no new ones come in."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from kiosk.office.office import Office
from kiosk.office.uploads.store import forget_old

_PAUSE_SECONDS = 600.0
_log = logging.getLogger("kiosk.office.uploads")


@asynccontextmanager
async def forgetting(office: Office) -> AsyncIterator[None]:
    """While this lasts, what is over is forgotten: at once, then every ten minutes."""
    task = asyncio.create_task(_keep_forgetting(office))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_forgetting(office: Office) -> None:
    while True:
        try:
            await run_sync(_forget, office)
        except SQLAlchemyError as error:
            _log.warning("the pictures cannot be reached: %s", type(error).__name__)
        await asyncio.sleep(_PAUSE_SECONDS)


def _forget(office: Office) -> None:
    with office.database.write() as connection:
        forget_old(office, connection)
