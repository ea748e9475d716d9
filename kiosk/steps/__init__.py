"""Pieces that recur in many services, written once and used by all."""

from drivers.contract import Failed, StatusChanged
from kiosk.flow import Around
from kiosk.screens import Message, Tone
from kiosk.texts import Label, Text, text

PRINTER, ID_READER, SCANNER = "receipt_printer", "id_reader", "scanner"


def trouble_page(title: Label, why: Label, around: Around, *, retry: Text | None = None) -> Message:
    """Something cannot be had: why, who helps, and the way to try again where trying helps. Answers `primary`, `second`."""
    home = text("button-home")
    return Message(
        title=title,
        points=(why,),
        tone=Tone.WARN,
        human=around.human,
        primary=retry or home,
        second=home if retry else None,
    )


def printing_detail(event: StatusChanged) -> Label:
    """What a citizen is told while a paper is being printed and the printer changes: nothing when all is well."""
    error = event.status.error
    return text(error.key) if error is not None else ""


def failure(event: Failed) -> Label:
    """Sentence for a command that failed."""
    return text(event.error.key)

