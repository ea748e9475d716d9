"""A complaint (投诉) about a window, a case or this machine: with a number, a due date and an answer."""

from kiosk.backend.messages.forms import Choice
from kiosk.backend.messages.matters import MatterKind
from kiosk.flow import Around, Go, Subject
from kiosk.steps.matter.facts import MatterFacts
from kiosk.steps.matter.flow import matter_flow
from kiosk.steps.matter.kinds import kind_steps, named
from kiosk.texts import text


def _kinds(around: Around) -> tuple[Choice, ...]:
    return around.catalogue.head.complaint_kinds


def _opened(subject: Subject, _: Around) -> Go[MatterFacts]:
    """About a case that is on the screen."""
    return Go("about", MatterFacts(case=subject.case))


FLOW = matter_flow(
    "complain",
    MatterKind.COMPLAINT,
    kind_steps(text("complain-about"), _kinds, icon="complain"),
    about=named(_kinds),
    opened=_opened,
)
