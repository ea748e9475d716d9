"""Pieces that recur in many services, written once and used by all."""

from typing import TypeVar

from drivers.contract import CodeRejected, CodeScanned, Event, Failed, StatusChanged
from kiosk.flow import Answered, Around, End, Move, Step
from kiosk.receipt import paper_of
from kiosk.screens import Message, Option, Tone
from kiosk.texts import Label, Text, text

F = TypeVar("F")

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


def too_often() -> Step[F]:
    """The page behind too many wrong tries: a person helps better, so its one button leads home."""

    def react(_: F, event: Event, _around: Around) -> Move[F]:
        match event:
            case Answered(action="primary"):
                return End()
            case _:
                return None

    return Step(screen=lambda _, around: trouble_page(text("too-often"), text("too-often-why"), around), react=react, back=False)


def way(name: str, role: str, around: Around, *, texts: str) -> Option:
    """A way to find something, greyed out with the reason while the device of its `role` ("" for none) is away.

    `texts` begins the keys of its words.
    """
    trouble = around.trouble(role) if role else None
    title, about = text(f"{texts}-{name}"), text(f"{texts}-{name}-about")
    return Option(value=name, title=title, about=about, icon=name, enabled=trouble is None, why=trouble or "")


def ways_to_find(around: Around, *, texts: str) -> tuple[Option, ...]:
    """Card and code first; typing is the second choice."""
    return tuple(way(name, role, around, texts=texts) for name, role in (("card", ID_READER), ("code", SCANNER), ("number", "")))


def wrong_code(event: CodeScanned | CodeRejected, otherwise: str = "code-not-ours") -> Text:
    """What is said of a code that opens nothing here: which of our papers it is on, and where that is good; else `otherwise`, a key."""
    paper = paper_of(event.text) if isinstance(event, CodeScanned) else ""
    return text("code-of-other", paper=text(f"paper-of-{paper}")) if paper else text(otherwise)


def printing_detail(event: StatusChanged) -> Label:
    """What a citizen is told while a paper is being printed and the printer changes: nothing when all is well."""
    error = event.status.error
    return text(error.key) if error is not None else ""


def failure(event: Failed) -> Label:
    """Sentence for a command that failed."""
    return text(event.error.key)

