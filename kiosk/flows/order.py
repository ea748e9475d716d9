"""A 12345 work order (工单): what troubles, where it goes, and how far it is (受理→派单→办理→答复→办结)."""

from kiosk.backend.messages.forms import Choice
from kiosk.backend.messages.matters import MatterKind
from kiosk.flow import Around
from kiosk.steps.matter.flow import matter_flow
from kiosk.steps.matter.kinds import kind_steps, named
from kiosk.texts import text


def _kinds(around: Around) -> tuple[Choice, ...]:
    return around.catalogue.head.order_kinds


FLOW = matter_flow("order", MatterKind.ORDER, kind_steps(text("order-about"), _kinds, icon="order"), about=named(_kinds))
