"""What is remembered of one citizen: where they are, how they want it, who they are. Thrown away whole at the end."""

from dataclasses import dataclass, field

from drivers.contract import Command
from kiosk.backend.messages import Person
from kiosk.catalogue.catalogue import Catalogue
from kiosk.flow import AnyFlow, Step
from kiosk.idle import CALM, Verdict
from kiosk.masks import mask_name
from kiosk.screens import Frame
from kiosk.texts import Label, text


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the citizen's way, with its facts."""

    flow: AnyFlow
    name: str
    facts: object = field(repr=False)

    @property
    def step(self) -> Step[object]:
        """Its row in the flow's table."""
        return self.flow.steps[self.name]


@dataclass(slots=True, kw_only=True)
class Visit:
    """One session. `path` is the way back, `pending` the command the step waits for, `person` who came, or for whom `agent` acts."""

    language: str
    catalogue: Catalogue
    care: bool = False
    path: list[Stop] = field(default_factory=list)
    pending: Command | None = None
    card_held: bool = False
    verdict: Verdict = CALM
    person: Person | None = field(default=None, repr=False)
    agent: Person | None = field(default=None, repr=False)

    @property
    def here(self) -> Stop:
        """Where the citizen is."""
        return self.path[-1]

    def leave_step(self) -> bool:
        """Going on from here, and whether it was an act: that is never come back to, nor is a step one only passes."""
        acted = self.here.step.act is not None
        if acted:
            self.path.clear()
        elif self.here.step.passing:
            self.path.pop()
        return acted

    def enter(self, stop: Stop) -> None:
        """Come to a step; behind an act there is no way back."""
        if stop.step.act is not None:
            self.path.clear()
        self.path.append(stop)

    def back(self) -> Stop | None:
        """The step before this one, taken off the way; None where there is none."""
        if len(self.path) < 2:  # noqa: PLR2004 - this one and the one before
            return None
        self.path.pop()
        return self.path.pop()


def frame(visit: Visit, hall: Label) -> Frame:
    """What stands around the screen the citizen is at."""
    step = visit.here.step
    return Frame(
        hall=hall,
        back=step.back and step.act is None,
        end=step.leave,
        step=(step.place, visit.here.flow.places) if step.place else None,
        countdown=visit.verdict.countdown,
        extendable=visit.verdict.extendable,
        care=visit.care,
        language=visit.language,
        acting=_acting(visit),
    )


def _acting(visit: Visit) -> Label:
    if visit.agent is None or visit.person is None:
        return ""
    return text("frame-acting", agent=mask_name(visit.agent.name), person=mask_name(visit.person.name))
