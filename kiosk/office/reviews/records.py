"""Pre-reviews as rows."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from kiosk.backend.messages.reviews import Fault, Promise, Review
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.tokens import token


def review_of(office: Office, row: Row[Any]) -> Review:
    """The pre-review as its holder sees it."""
    return Review(
        number=row.number,
        item=row.item,
        item_version=row.item_version,
        item_name=row.item_name,
        passed=row.passed,
        at=row.at.astimezone(LOCAL),
        valid_until=row.valid_until.astimezone(LOCAL),
        faults=tuple(Fault(**fault) for fault in row.faults),
        promises=tuple(Promise(**{**promise, "due": date.fromisoformat(promise["due"])}) for promise in row.promises),
        from_store=tuple(row.from_store),
        bring=tuple(row.bring),
        queue=row.queue,
        token=token_of(office, row.number),
    )


def token_of(office: Office, number: str) -> str:
    """The token in the QR code of its paper."""
    return token(office.secret, "review", number)
