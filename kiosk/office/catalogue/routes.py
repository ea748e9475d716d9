"""Routes of the catalogue. Both carry entity tags; guides are sent as they were made at their publishing."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Header, Query, Response

from kiosk.backend.messages.catalogue import CatalogueHead, GuidePage
from kiosk.office.catalogue import reading, spots
from kiosk.office.catalogue.etags import entity_tag, has_already
from kiosk.office.problems import ProblemError
from kiosk.office.routes import Asking, InOffice, errors
from kiosk.office.tokens import fingerprint

IfNoneMatch = Annotated[str | None, Header(max_length=1000, description="Entity tags of what the terminal has")]
After = Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{0,64}$", description="Code after which to go on")]
Limit = Annotated[int, Query(ge=1, le=100)]

_DIGITS = 12  # of what tells the heads of one version apart
_ETAG = {"ETag": {"description": "Entity tag", "schema": {"type": "string"}}}
_TAGGED: dict[int | str, dict[str, Any]] = {
    200: {"headers": _ETAG},
    304: {"description": "Not changed", "headers": _ETAG},
    **errors(401, 404, 422),
}


def get_catalogue(office: InOffice, terminal: Asking, if_none_match: IfNoneMatch = None) -> Response:
    """The newest catalogue without its guides, as the asking terminal stands in it. 404 before one was published."""
    url = f"{office.public_url}/g/{{code}}" if office.public_url else ""
    with office.database.read() as connection:
        version = reading.current_version(connection)
        at = spots.spot(connection, terminal.code)
        seen_from = fingerprint(f"{terminal.hall} {at} {url}")[:_DIGITS]
        if version and has_already(if_none_match, tag := entity_tag(version, seen_from)):
            return _not_modified(tag)
        head = reading.head(connection, terminal.hall, at)
    if head is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return _json(msgspec.json.encode(replace(head, guide_url=url)), entity_tag(head.version, seen_from))


def list_guides(office: InOffice, _terminal: Asking, after: After = "", limit: Limit = 50, if_none_match: IfNoneMatch = None) -> Response:
    """Guides of the newest catalogue after the code `after`, in the order of their codes. 404 before one was published.

    A page may be shorter than `limit`; only a `next` of null ends the list.
    """
    with office.database.read() as connection:
        version = reading.current_version(connection)
        if version and has_already(if_none_match, entity_tag(version)):
            return _not_modified(entity_tag(version))
        page = reading.page(connection, after, limit)
    if page is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    said = {"version": page.version, "guides": [msgspec.Raw(guide) for guide in page.guides], "next": page.next}
    return _json(msgspec.json.encode(said), entity_tag(page.version))


def _json(body: bytes, tag: str) -> Response:
    return Response(body, media_type="application/json", headers=_headers(tag))


def _not_modified(tag: str) -> Response:
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/v1/catalogue", get_catalogue, operation_id="getCatalogue", response_model=CatalogueHead, responses=_TAGGED)
    add("/v1/guides", list_guides, operation_id="listGuides", response_model=GuidePage, responses=_TAGGED)
