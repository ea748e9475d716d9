"""The rules of a hall's queue, each with the value that holds where the hall has none of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from kiosk.backend.messages import Priority
from kiosk.office.tables import queue_rules

_CREDITS = {
    Priority.NONE: 0,
    Priority.BOOKED: 30,
    Priority.ELDERLY: 20,
    Priority.DISABLED: 20,
    Priority.MILITARY: 20,
    Priority.PREGNANT: 20,
    Priority.GREEN: 60,
}
_OF_HALL = select(queue_rules).where(queue_rules.c.hall == bindparam("hall"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`credits` are minutes by priority class; `block` is how many numbers a terminal keeps of each queue.

    Somebody has missed a call after `least_recalls` of the at most `recalls` recalls, each `recall_seconds` after the call before.
    """

    credits: Mapping[Priority, int] = field(default_factory=lambda: _CREDITS)
    recalls: int = 3
    least_recalls: int = 1
    recall_seconds: int = 60
    requeue_minutes: int = 30
    block: int = 20

    def place(self, since: datetime, priority: Priority) -> datetime:
        """The place in the queue of who came at `since`; the earliest is called first."""
        return since - timedelta(minutes=self.credits.get(priority, 0))

    def passes(self, priority: Priority, other: Priority) -> bool:
        """Whether somebody of the first class goes before one of the other who came at the same time."""
        return self.credits.get(priority, 0) > self.credits.get(other, 0)


def rules_of(connection: Connection, hall: str) -> Rules:
    """The hall's rules."""
    row = connection.execute(_OF_HALL, {"hall": hall}).one_or_none()
    if row is None:
        return Rules()
    return Rules(
        credits={**_CREDITS, **{Priority(name): int(minutes) for name, minutes in row.credits.items()}},
        recalls=row.recalls,
        least_recalls=row.least_recalls,
        recall_seconds=row.recall_seconds,
        requeue_minutes=row.requeue_minutes,
        block=row.block,
    )
