"""Reading the body of a picture: to a file without a name as it comes in, so that a hundred slow phones take no memory."""

import asyncio
import tempfile
from http import HTTPStatus
from typing import BinaryIO

from fastapi import Request
from starlette.requests import ClientDisconnect

from kiosk.office.problems import ProblemError
from kiosk.office.uploads.picture import MOST_BYTES

_LONGEST_SECONDS = 120.0
_HEARD_OUT = 4 * MOST_BYTES  # read and forgotten, since who is cut off while sending never reads why


async def received(request: Request) -> BinaryIO:
    """An open file with the body, at its beginning; the caller closes it.

    ProblemError `too_large` above the limit for pictures, `timeout` for a body that takes minutes, `invalid` for half a one.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 the caller closes it
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            size = await _write(request, file)
    except ClientDisconnect:
        file.close()
        raise ProblemError(HTTPStatus.BAD_REQUEST, "invalid") from None
    except TimeoutError:
        file.close()
        raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "timeout") from None
    except BaseException:
        file.close()
        raise
    if size > MOST_BYTES:
        file.close()
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    file.seek(0)
    return file


async def _write(request: Request, file: BinaryIO) -> int:
    """How many bytes came in, of which a file too large keeps not all."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MOST_BYTES:
            file.write(chunk)
        elif size > _HEARD_OUT:
            break
    return size
