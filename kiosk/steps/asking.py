"""Ask the office: nothing can be touched meanwhile, and what it refuses is said with the way out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import Command, Event
from kiosk.backend.messages import Ask, Refused, Replied, Request
from kiosk.errors import BackendError
from kiosk.flow import Act, Answered, Around, End, Go, Move, Pace, Step
from kiosk.screens import Busy, Message
from kiosk.steps import trouble_page
from kiosk.texts import Label, text


@dataclass(frozen=True, kw_only=True)  # without slots: facts of a flow join several of these
class WithOffice:
    """Facts of a flow that asks the office: the last refusal, and the sentence that says it."""

    why: Label = ""
    error: BackendError | None = None

    @property
    def unknown(self) -> bool:
        """Whether the office may have done what it was asked all the same: then the same nonce is sent again."""
        return self.error is not None and self.error.unknown_outcome


O = TypeVar("O", bound=WithOffice)  # noqa: E741 - a type variable's name


def asking(
    title: Label,
    request: Callable[[O, Around], Request],
    got: Callable[[O, object, Around], Move[O]],
    *,
    refused: str | Callable[[O, BackendError, Around], Move[O]],
    act: Callable[[O], Act] | None = None,
    place: int = 0,
) -> Step[O]:
    """A step that asks and goes on by the answer.

    `refused` is the step to go to with `why` and `error` set, or a function that decides. With `act` the step is a point of no
    return, and the citizen cannot leave before it is known what came of it.
    """

    def enter(facts: O, around: Around) -> Command:
        return Ask(id=around.command_id, request=request(facts, around))

    def react(facts: O, event: Event, around: Around) -> Move[O]:
        match event:
            case Replied(reply=reply):
                return got(replace(facts, why="", error=None), reply, around)
            case Refused(error=error) if isinstance(refused, str):
                return Go(refused, replace(facts, why=text(error.key), error=error))
            case Refused(error=error) if not isinstance(refused, str):
                return refused(replace(facts, why=text(error.key), error=error), error, around)
            case _:
                return None

    return Step(
        screen=lambda _f, _a: Busy(title=title),
        enter=enter,
        react=react,
        act=act,
        passing=True,
        leave=act is None,
        pace=Pace.WORKING,
        place=place,
    )


def refused_page(title: Label, again: str, *, back: bool = True) -> Step[O]:
    """The page behind a refusal: why, who helps, `again` (a step) where trying helps, and home. What is refused for a reason stays so.

    Behind an act, where there is no `back`, an unknown outcome is said to be one, and trying again asks with the same nonce.
    """

    def screen(facts: O, around: Around) -> Message:
        said = text("asked-unknown") if facts.unknown and not back else title
        return trouble_page(said, facts.why, around, retry=None if _for_good(facts) else text("button-again"))

    def react(facts: O, event: Event, _: Around) -> Move[O]:
        match event:
            case Answered(action="primary") if not _for_good(facts):
                return Go(again, facts)
            case Answered(action="primary" | "second"):
                return End()
            case _:
                return None

    return Step(screen=screen, react=react, passing=True, back=back)


def _for_good(facts: WithOffice) -> bool:
    return facts.error is not None and facts.error.refusal is not None
