"""Routes of the catalogue. All carry entity tags; guides are sent as they were made at their publishing."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Header, Query, Response
from sqlalchemy import Connection

from kiosk.backend.messages.catalogue import CatalogueHead
from kiosk.backend.messages.catalogue_requests import GuidePage, GuideTags
from kiosk.office.catalogue import reading, spots
from kiosk.office.catalogue.etags import entity_tag, has_already, not_modified, tagged
from kiosk.office.contract import Code
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.routes import Asking, InOffice, errors
from kiosk.office.tokens import fingerprint

IfNoneMatch = Annotated[str | None, Header(max_length=1000, description="Entity tags of what the terminal has")]
After = Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{0,64}$", description="Code after which to go on")]
Limit = Annotated[int, Query(ge=1, le=100)]
TagLimit = Annotated[int, Query(ge=1, le=2000)]
Codes = Annotated[list[Code], Query(max_length=50, description="Only these, where there are any")]
Codings = Annotated[str | None, Header(alias="Accept-Encoding", include_in_schema=False)]

_DIGITS = 12  # of what tells the heads of one version apart
_ETAG = {"ETag": {"description": "Entity tag", "schema": {"type": "string"}}}
_TAGGED: dict[int | str, dict[str, Any]] = {
    200: {"headers": _ETAG},
    304: {"description": "Not changed", "headers": _ETAG},
    **errors(401, 404, 422),
}


def get_catalogue(office: InOffice, terminal: Asking, if_none_match: IfNoneMatch = None, codings: Codings = None) -> Response:
    """The newest catalogue without its guides, as the asking terminal stands in it. 404 before one was published."""
    url = f"{office.public_url}/g/{{code}}" if office.public_url else ""
    with office.database.read() as connection:
        version = reading.current_version(connection)
        at = spots.spot(connection, terminal.code)
        seen_from = fingerprint(f"{terminal.hall} {at} {url}")[:_DIGITS]
        if version and has_already(if_none_match, tag := entity_tag(version, seen_from)):
            return not_modified(tag)
        head = reading.head(connection, terminal.hall, at)
    if head is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return tagged(msgspec.json.encode(replace(head, guide_url=url)), entity_tag(head.version, seen_from), codings)


def list_guides(
    office: InOffice,
    _terminal: Asking,
    codes: Codes = [],  # noqa: B006 the framework copies it
    after: After = "",
    limit: Limit = 50,
    if_none_match: IfNoneMatch = None,
    codings: Codings = None,
) -> Response:
    """Guides of the newest catalogue after the code `after`, in the order of their codes. 404 before one was published.

    With `codes` only those of them that there are. A page may be shorter than `limit`; only a `next` of null ends the list.
    """
    return _of_version(office, lambda connection: reading.page(connection, after, limit, codes), if_none_match, codings)


def list_guide_tags(
    office: InOffice,
    _terminal: Asking,
    after: After = "",
    limit: TagLimit = 2000,
    if_none_match: IfNoneMatch = None,
    codings: Codings = None,
) -> Response:
    """Tags of the guides of the newest catalogue, so that only guides whose tag is new are asked for. 404 before one was published."""
    return _of_version(office, lambda connection: reading.tags(connection, after, limit), if_none_match, codings)


def _of_version(
    office: Office, said: Callable[[Connection], reading.Page | reading.Tags | None], if_none_match: str | None, codings: str | None
) -> Response:
    """What is the same until another version is in force; `said` gives None before the first one."""
    with office.database.read() as connection:
        version = reading.current_version(connection)
        if version and has_already(if_none_match, entity_tag(version)):
            return not_modified(entity_tag(version))
        page = said(connection)
    if page is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return tagged(msgspec.json.encode(page), entity_tag(page.version), codings)


def add_routes(app: FastAPI) -> None:
    """Add them."""
    add = app.add_api_route
    add("/v1/catalogue", get_catalogue, operation_id="getCatalogue", response_model=CatalogueHead, responses=_TAGGED)
    add("/v1/guides", list_guides, operation_id="listGuides", response_model=GuidePage, responses=_TAGGED)
    add("/v1/guides/tags", list_guide_tags, operation_id="listGuideTags", response_model=GuideTags, responses=_TAGGED)
