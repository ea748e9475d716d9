"""The pages that live by server-sent events: the window desk, the hall display, the phone page behind a ticket's QR code; and guides.

Plain HTML, CSS and scripts without a framework; every text goes through `textContent`. The policy of the pages lets them load and
reach nothing but the office itself.
"""

import tomllib
from functools import cache
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import Cookie, FastAPI, Header, Path, Query
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import func, select

from kiosk.office.catalogue import guide, head
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import seat_of
from kiosk.office.queue.desk_routes import COOKIE
from kiosk.office.queue.positions import hall_of
from kiosk.office.routes import InOffice
from kiosk.office.tables import counters, halls
from kiosk.office.uploads.phone import spoken

_FOLDER = FilePath(__file__).parent / "pages"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",  # a ticket's address is its key
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
}

Session = Annotated[str, Cookie(alias=COOKIE)]
Accepted = Annotated[str, Header(alias="Accept-Language", max_length=400)]
HallCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
OnlyCounters = Annotated[str, Query(pattern=r"^[A-Za-z0-9._,-]{0,200}$")]
FollowToken = Annotated[str, Path(max_length=64)]
GuideCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def desk(office: InOffice, accept_language: Accepted = "", session: Session = "") -> HTMLResponse:
    """The window desk: sign in, call, serve."""
    return _for_clerks("desk.html", office, accept_language, session)


def work(office: InOffice, accept_language: Accepted = "", session: Session = "") -> HTMLResponse:
    """The desk's other page: decide applications, answer matters, book for somebody. It shows pictures of materials."""
    shown = _for_clerks("work.html", office, accept_language, session)
    shown.headers["Content-Security-Policy"] = f"{_POLICY}; img-src 'self'"
    return shown


def _for_clerks(template: str, office: Office, accepted: str, session: str) -> HTMLResponse:
    with office.database.read() as connection:
        numbered = (func.length(counters.c.code), counters.c.code)
        query = select(halls.c.code, halls.c.name, counters.c.code).join(counters).order_by(halls.c.code, *numbered)
        rows = connection.execute(query).all()
    places: dict[str, dict[str, Any]] = {}
    for code, name, counter in rows:
        places.setdefault(code, {"code": code, "name": name, "counters": []})["counters"].append(counter)
    return page(template, spoken(accepted), places=list(places.values()), signed_in=_signed_in(office, session))


def display(hall: HallCode, office: InOffice, accept_language: Accepted = "", counters: OnlyCounters = "") -> HTMLResponse:
    """The hall display; `counters` are the windows it stands at, all where none are named."""
    with office.database.read() as connection:
        name = connection.execute(select(halls.c.name).where(halls.c.code == hall)).scalar_one_or_none()
    language = spoken(accept_language)
    if name is None:
        return _nothing(language)
    return page("display.html", language, hall=hall, name=name, counters=counters)


def ticket(token: FollowToken, office: InOffice, accept_language: Accepted = "") -> HTMLResponse:
    """Where a ticket stands, for the phone that scanned its code."""
    language = spoken(accept_language)
    try:
        hall_of(office, token)
    except ProblemError:
        return _nothing(language)
    return page("ticket.html", language)


def guide_page(code: GuideCode, office: InOffice, accept_language: Accepted = "") -> HTMLResponse:
    """A guide to take along, as the office has it now."""
    language = spoken(accept_language)
    with office.database.read() as connection:
        found = guide(connection, code)
        whole = head(connection, "")
    names = {one.code: one.name for one in whole.departments} if whole else {}
    if found is None:
        return _nothing(language)
    return page("guide.html", language, guide=found, department=names.get(found.department, {}))


def add_routes(app: FastAPI) -> None:
    """Add them. They are for people, so the document of the terminals' contract leaves them out."""
    clerks = (("/desk", desk), ("/desk/work", work))
    for path, show in (*clerks, ("/display/{hall}", display), ("/t/{token}", ticket), ("/g/{code}", guide_page)):
        app.add_api_route(path, show, response_class=HTMLResponse, include_in_schema=False)
    app.mount("/assets/pages", StaticFiles(directory=_FOLDER / "static"), name="pages")


def page(template: str, language: str, status: HTTPStatus = HTTPStatus.OK, **shown: object) -> HTMLResponse:
    """The page as a response; `words` of the office are given in `language` by the filter of that name."""
    text = _pages().get_template(template).render(language=language, t=_texts()[language], **shown)
    return HTMLResponse(text, status, {**_HEADERS, "Content-Language": language})


def _signed_in(office: Office, session: str) -> bool:
    try:
        seat_of(office, session)
    except ProblemError:
        return False
    return True


def _nothing(language: str) -> HTMLResponse:
    return page("nothing.html", language, HTTPStatus.NOT_FOUND)


def _words(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("zh-CN") or next(iter(words.values()), "")


@cache
def _pages() -> Environment:
    pages = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.filters["words"] = _words
    return pages


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "texts.toml").read_text(encoding="utf-8"))
