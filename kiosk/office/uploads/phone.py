"""The page a phone opens to send pictures to a terminal, and what it sends. The token in its address lets nobody see a picture."""

import tomllib
from functools import cache
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, BinaryIO

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI, Header, Path, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.errors import Refusal
from kiosk.office.problems import ProblemError
from kiosk.office.routes import InOffice
from kiosk.office.uploads import hand_overs
from kiosk.office.uploads.contract import InPath
from kiosk.office.uploads.hand_overs import MOST_PICTURES, ForPhone
from kiosk.office.uploads.receive import received

_FOLDER = FilePath(__file__).parents[1] / "web" / "phone_upload"
_SAID = ("waiting", "sending", "sent", "failed", "again", "not_a_picture", "too_large", "too_many", "photo", "over_title", "over")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",  # the address is the key
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
}
_SOURCE, _OTHER = "zh-CN", "en"

Secret = Annotated[str, Path(max_length=64)]
Accepted = Annotated[str, Header(alias="Accept-Language", max_length=400)]


def spoken(accepted: str) -> str:
    """The language of the page for an Accept-Language header: Chinese for who says nothing, English for other languages."""
    wanted = [(part.partition(";")[0].strip().lower(), _weight(part)) for part in accepted.split(",") if part.strip()]
    for tag, weight in sorted(wanted, key=lambda one: -one[1]):
        if weight > 0 and tag.split("-")[0] in {"zh", "en"}:
            return _SOURCE if tag.startswith("zh") else _OTHER
    return _OTHER if wanted and wanted[0][0] != "*" else _SOURCE


def show_page(token: Secret, office: InOffice, accept_language: Accepted = "") -> HTMLResponse:
    """The page, or what to do where there is nothing to send to."""
    language = spoken(accept_language)
    said, phone = _texts()[language], hand_overs.for_phone(office, token)
    if phone is None:
        return _page(language, HTTPStatus.NOT_FOUND, open=False, title=said["unknown_title"], text=said["unknown"])
    if phone.over:
        return _page(language, HTTPStatus.GONE, open=False, title=said["over_title"], text=said["over"])
    shown = {"what": phone.what, "most": str(MOST_PICTURES), "until": f"{phone.expires:%H:%M}", "received": phone.received}
    return _page(language, HTTPStatus.OK, open=True, title=said["title"], t=said, said=_SAID, **shown)


def _known(token: Secret, office: InOffice) -> ForPhone:
    phone = hand_overs.for_phone(office, token)
    if phone is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    if phone.over:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.HAND_OVER_EXPIRED)
    return phone


async def send_picture(nonce: InPath, request: Request, office: InOffice, phone: Annotated[ForPhone, Depends(_known)]) -> dict[str, int]:
    """Take a picture in; the same nonce takes it once. Says how many there are now."""
    limiter: CapacityLimiter = request.app.state.pictures

    def keep(file: BinaryIO) -> int:
        hand_overs.take_in(office, phone, nonce, file.read())
        return hand_overs.count(office, phone)

    with await received(request) as file:
        return {"received": await run_sync(keep, file, limiter=limiter)}


def say_done(token: Secret, office: InOffice) -> dict[str, bool]:
    """That was all; also when it was said before."""
    phone = hand_overs.for_phone(office, token)
    if phone is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    hand_overs.close(office, phone)
    return {"closed": True}


def add_routes(app: FastAPI) -> None:
    """Add them. They are no part of what terminals ask, so they are not in its document."""
    add = app.add_api_route
    add("/p/{token}", show_page, response_class=HTMLResponse, include_in_schema=False)
    add("/p/{token}/done", say_done, methods=["POST"], include_in_schema=False)
    add("/p/{token}/{nonce}", send_picture, methods=["PUT"], include_in_schema=False)
    app.mount("/assets/phone_upload", StaticFiles(directory=_FOLDER / "static"), name="phone_upload")


def _weight(part: str) -> float:
    try:
        return float(part.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


def _page(language: str, status: HTTPStatus, **shown: object) -> HTMLResponse:
    text = _pages().get_template("page.html").render(language=language, **shown)
    return HTMLResponse(text, status, {**_HEADERS, "Content-Language": language})


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "texts.toml").read_text(encoding="utf-8"))
