"""The page behind the code on a printed document. It is open to everybody who holds the paper."""

from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header, Response
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, Template

from kiosk.office.documents.verify import Standing, Verification, verify
from kiosk.office.routes import InOffice, errors

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
}
_SAID = {
    Standing.GENUINE: {"zh": "此件真实有效", "en": "This document is genuine"},
    Standing.EXPIRED: {"zh": "此件真实，但已过使用期限", "en": "Genuine, but this copy has expired"},
    Standing.REVOKED: {"zh": "此件真实，但所载证照已经失效", "en": "Genuine, but the licence it shows is no longer valid"},
    Standing.UNKNOWN: {"zh": "查不到此件，不能作为真件使用", "en": "Not found. Do not accept it as genuine"},
}


def verify_document(
    code: Annotated[str, InPath(max_length=64)], office: InOffice, response: Response, accept: Annotated[str, Header()] = ""
) -> Verification | Response:
    """Whether a printed document is genuine: as a page for a browser, as JSON for a program."""
    found = verify(office, code)
    if "text/html" in accept:
        return HTMLResponse(_page().render(found=found, said=_SAID[found.standing]), headers=_HEADERS)
    response.headers.update(_HEADERS)
    return found


@cache
def _page() -> Template:
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("verify.html")


def add_routes(app: FastAPI) -> None:
    """Add them."""
    app.add_api_route(
        "/verify/{code}",
        verify_document,
        operation_id="verifyDocument",
        response_model=Verification,
        responses={200: {"content": {"text/html": {}}, "description": "What is known of the document"}, **errors(422)},
    )
