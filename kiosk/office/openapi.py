"""What the OpenAPI document says beyond the routes: errors as problem documents, tags, and the rules that hold for all of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from kiosk.office.openapi_links import link
from kiosk.office.problems import MEDIA_TYPE, ProblemDocument

ABOUT = f"""\
What self-service terminals, and the desks of clerks, ask the office.

**Who asks.** A terminal sends the key it was enrolled with as a bearer (`terminal`); its hall is the one it stands in. A clerk's page
sends the cookie of its session (`desk`), and with every act the header `X-Requested-With: desk`.

**Time.** Moments are ISO 8601 with offset, days are days of the hall, durations are minutes, deadlines are in working days.

**Errors** are `{MEDIA_TYPE}` (RFC 9457). `code` is for programs, `fields` names what was out of its limits; neither repeats what
was sent. An unknown thing and a wrong secret look alike (404). 429 and 503 say in `Retry-After` (seconds) how long to wait. With
503 nothing was done.

**Once only.** A body with a `nonce` makes its thing once: the same request with the same nonce is answered with what it made the
first time (200 in place of 201), so it is repeated without fear whenever an answer is lost. The nonce is random and made when the
button was touched. Used for another request, or by another terminal, it is refused (409 `nonce_reused`).

**Long lists** come in pages: `limit` is how many at most, `next` of one page is `after` of the following one, null ends the list.
A page may be shorter than asked for.

**What changes seldom** carries an `ETag`; with it in `If-None-Match` the answer is 304 without a body until it has changed.
"""

_TAGS: Mapping[str, str] = {
    "office": "The office itself and its halls",
    "tickets": "Queues and tickets, also those given while the office could not be reached",
    "catalogue": "Guides, forms, halls and everything else a terminal keeps",
    "bookings": "Bookings: slots, holds, check-in",
    "reviews": "Pre-review of materials, and the electronic licences that replace them",
    "applications": "Applications and the pictures of their materials",
    "cases": "Cases: look-up, results, reminders, delivery",
    "matters": "Questions, 12345 work orders, complaints",
    "ratings": "Evaluation of services",
    "desk": "What clerks do",
}
_BY_PATH = {  # the part of the path after /v1/
    "health": "office",
    "hall": "office",
    "queues": "tickets",
    "number-ranges": "tickets",
    "guides": "catalogue",
    "booking-days": "bookings",
    "licences": "reviews",
    "uploads": "applications",
    "hand-overs": "applications",
    "results": "cases",
    "verify": "cases",
}
_HEADERS: Mapping[str, Mapping[str, str]] = {
    "401": {"WWW-Authenticate": "How to say who one is"},
    "429": {"Retry-After": "Seconds to wait"},
    "503": {"Retry-After": "Seconds to wait"},
}
_ONCE = "Once only: the same request with the same `nonce` gets the same answer."
_UNAVAILABLE = "The database cannot be had now; nothing was done"


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The framework's document with all that is said here; it is changed in place."""
    document["info"]["description"] = ABOUT
    schemas = document["components"]["schemas"]
    schemas["ProblemDocument"] = TypeAdapter(ProblemDocument).json_schema(mode="serialization")
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _close_maps(schemas)
    for path, operation in _operations(document):
        operation["tags"] = [_tag(path)]
        operation["responses"]["503"] = problem(_UNAVAILABLE)
        _describe_headers(operation["responses"])
        if "nonce" in _body(document, operation).get("properties", {}):
            operation["description"] = f"{operation.get('description', '')}\n\n{_ONCE}".strip()
    link({operation["operationId"]: operation for _, operation in _operations(document)})
    used = {operation["tags"][0] for _, operation in _operations(document)}
    document["tags"] = [{"name": name, "description": about} for name, about in _TAGS.items() if name in used]
    return document


def problem(description: str) -> dict[str, Any]:
    """A problem document as an answer of an operation."""
    return {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}}


def _close_maps(schema: Any) -> None:  # noqa: ANN401 JSON
    """A map whose keys have a pattern takes no other keys, which the framework does not say."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            _close_maps(inner)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation


def _tag(path: str) -> str:
    first, _, rest = path.strip("/").partition("/")
    part = rest.partition("/")[0] if first == "v1" else first
    return _BY_PATH.get(part, part)


def _describe_headers(responses: dict[str, Any]) -> None:
    for status, headers in _HEADERS.items():
        if status in responses:
            responses[status]["headers"] = {name: {"description": about, "schema": {"type": "string"}} for name, about in headers.items()}


def _body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The schema of the operation's JSON body; empty where it has none."""
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"].get(name, schema)
    return found
