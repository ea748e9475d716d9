"""Print a paper or an A4 document, and say where it is or why there is none. What was achieved before is never lost by a printer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import Command, Document, Event, Failed, Paper, Print, PrintDocument, Printed, PrintProgress, StatusChanged
from kiosk.documents.messages import Compose, Composed
from kiosk.documents.sheets import Sheets
from kiosk.flow import Act, Around, Go, Move, Pace, Stay, Step
from kiosk.screens import Busy
from kiosk.steps import PRINTER, failure, printing_detail
from kiosk.texts import Label, text

A4_PRINTER = "a4_printer"


@dataclass(frozen=True, kw_only=True)  # without slots: facts of a flow join several of these
class WithPrint:
    """Facts of a flow that prints: which attempt it is, what keeps the printer or why there is no paper, the document once it is set."""

    prints: int = 0
    unprinted: Label = ""
    document: Document | None = None


P = TypeVar("P", bound=WithPrint)


def by_paper(make: Callable[[P, Around], Paper], *, kind: str, done: str, failed: str = "", name: str = "print") -> Mapping[str, Step[P]]:
    """The step `name`: prints on the receipt printer and goes on to `done`, or with `unprinted` saying why to `failed` where that is named.

    `kind` is the act's kind in the journal.
    """

    def enter(facts: P, around: Around) -> Command:
        return Print(role=PRINTER, id=around.command_id, paper=make(facts, around))

    return {name: _printing(enter, PRINTER, kind, (done, failed or done))}


def by_document(
    make: Callable[[P, Around], Sheets], *, kind: str, done: str, failed: str = "", name: str = "print_a4"
) -> Mapping[str, Step[P]]:
    """The steps `name` (sets the document) and `name` + "_out" (prints it); they go on to `done` as `by_paper` does."""

    def compose(facts: P, around: Around) -> Command:
        return Compose(id=around.command_id, sheets=make(facts, around))

    def composed(facts: P, event: Event, _: Around) -> Move[P]:
        match event:
            case Composed(document=document):
                return Go(f"{name}_out", replace(facts, document=document))
            case Failed():
                return Go(failed or done, replace(facts, unprinted=failure(event), document=None))
            case _:
                return None

    def enter(facts: P, around: Around) -> Command:
        assert facts.document is not None  # noqa: S101 - `composed` has put it there
        return PrintDocument(role=A4_PRINTER, id=around.command_id, document=facts.document)

    setting: Step[P] = Step(
        screen=lambda _f, _a: Busy(title=text("print-setting")), enter=compose, react=composed, passing=True, pace=Pace.WORKING
    )
    return {name: setting, f"{name}_out": _printing(enter, A4_PRINTER, kind, (done, failed or done))}


def _printing(enter: Callable[[P, Around], Command], role: str, kind: str, ends: tuple[str, str]) -> Step[P]:
    done, failed = ends

    def react(facts: P, event: Event, _: Around) -> Move[P]:
        match event:
            case Printed():
                return Go(done, replace(facts, unprinted="", document=None, prints=facts.prints + 1))
            case Failed():
                return Go(failed, replace(facts, unprinted=failure(event), document=None, prints=facts.prints + 1))
            case PrintProgress(sheets=sheets) if sheets:
                return Stay(replace(facts, unprinted=text("print-sheets", n=sheets)))
            case StatusChanged(role=changed) if changed == role:
                return Stay(replace(facts, unprinted=printing_detail(event)))
            case _:
                return None

    return Step(
        screen=lambda facts, _: Busy(title=text("print-printing"), detail=facts.unprinted),
        enter=enter,
        act=lambda facts: Act(kind=kind, subject="", detail=(("attempt", str(facts.prints + 1)),)),
        react=react,
        passing=True,
        pace=Pace.WORKING,
    )
