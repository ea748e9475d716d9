"""Links of the OpenAPI document: which answer brings what another operation asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class _Link:
    """To an operation: its path parameters and members of its body, each with where it stands in the answer (a JSON pointer)."""

    to: str
    path: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As OpenAPI has it."""
        said: dict[str, Any] = {"operationId": self.to}
        if self.path:
            said["parameters"] = {f"path.{name}": f"$response.body#{pointer}" for name, pointer in self.path.items()}
        if self.body:
            said["requestBody"] = {name: f"$response.body#{pointer}" for name, pointer in self.body.items()}
        return said


def _by_token(*operations: str, pointer: str = "/token") -> tuple[_Link, ...]:
    return tuple(_Link(operation, body={"token": pointer}) for operation in operations)


_AT_DESK = ("getMatter", "assignMatter", "takeMatter", "answerMatter", "closeMatter")
_CASE_AT_DESK = ("getCase", "askForMissing", "missingCameIn", "decideCase", "resultSent")
_LINKS: Mapping[str, tuple[_Link, ...]] = {
    "takeTicket": (_Link("reportPrint", path={"ticket": "/id"}, body={"ticket": "/id"}), _Link("rate", body={"subject": "/id"})),
    "checkIn": (_Link("reportPrint", path={"ticket": "/id"}, body={"ticket": "/id"}),),
    "casesOfPerson": _by_token("caseByToken", pointer="/0/token"),
    "caseByNumber": _by_token("caseByToken", "urgeCase", "setDelivery", "printResult"),
    "caseByToken": _by_token("urgeCase", "setDelivery", "printResult"),
    "submit": (
        *_by_token("caseByToken", "setDelivery", "printResult"),
        *(_Link(operation, path={"number": "/number"}) for operation in _CASE_AT_DESK),
    ),
    "listCases": tuple(_Link(operation, path={"number": "/cases/0/number"}) for operation in _CASE_AT_DESK),
    "holdSlot": (
        _Link("confirmBooking", path={"booking": "/id"}, body={"booking": "/id"}),
        *_by_token("bookingByToken", "changeBooking", "cancelBooking", "checkIn"),
    ),
    "licencesOfPerson": _by_token("printLicence", pointer="/0/token"),
    "submitReview": _by_token("reviewByToken"),
    "openHandOver": (_Link("awaitHandOver", path={"id": "/id"}),),
    "fileMatter": (
        *_by_token("matterByToken"),
        _Link("matterByNumber", body={"number": "/number", "code": "/code"}),
        _Link("rate", body={"subject": "/token"}),
        *(_Link(operation, path={"number": "/number"}) for operation in _AT_DESK),
    ),
    "listMatters": tuple(_Link(operation, path={"number": "/matters/0/number"}) for operation in _AT_DESK),
}


def link(operations: Mapping[str, dict[str, Any]]) -> None:
    """Add the links to the good answers of these operations, which are known by their ids; those to unknown ones are left out."""
    for operation, links in _LINKS.items():
        known = {one.to: one.document() for one in links if one.to in operations}
        if operation not in operations or not known:
            continue
        for response in _good(operations[operation]["responses"]):
            response["links"] = known


def _good(responses: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for status in ("200", "201"):
        if status in responses:
            yield responses[status]
