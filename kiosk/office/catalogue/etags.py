"""Replies that many terminals ask for again and again: what they have already is not sent, and the rest is sent packed."""

import gzip
import re
from http import HTTPStatus

from fastapi import Response

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_NEVER = re.compile(r"q=0(\.0*)?")
_WORTH_PACKING = 1000  # bytes


def tagged(body: bytes, tag: str, accept_encoding: str | None) -> Response:
    """A JSON body under its tag, packed for who takes that."""
    headers = _headers(tag)
    if len(body) >= _WORTH_PACKING and takes_gzip(accept_encoding):
        body = gzip.compress(body, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)


def not_modified(tag: str) -> Response:
    """The reply to who has it already."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_headers(tag))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether an Accept-Encoding header names gzip, and not as what is never wanted."""
    offers = (one.partition(";") for one in (accept_encoding or "").lower().split(","))
    return any(name.strip() == "gzip" and not _NEVER.fullmatch(quality.strip()) for name, _, quality in offers)


def entity_tag(*parts: str) -> str:
    """A tag made of parts without quotes: a weak one, since it is the same for the packed body."""
    return 'W/"' + "/".join(parts) + '"'


def has_already(if_none_match: str | None, tag: str) -> bool:
    """Whether the If-None-Match header names the tag, weakly or not, or says that anything will do."""
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or _TAG.findall(tag)[0] in _TAG.findall(if_none_match)
