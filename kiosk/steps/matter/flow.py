"""A service in which something is said to the office, put together."""

from collections.abc import Callable, Mapping

from drivers.contract import CodeScanned, Event
from kiosk.backend.messages.matters import MatterKind
from kiosk.flow import Answered, Around, Flow, Go, Move, Step, Subject
from kiosk.receipt import Slip, decode
from kiosk.screens import Choose, Option
from kiosk.steps.matter.facts import MatterFacts
from kiosk.steps.matter.follow import follow_steps
from kiosk.steps.matter.say import say_steps
from kiosk.steps.matter.show import show_steps
from kiosk.texts import Label, text

Facts = MatterFacts


def matter_flow(
    name: str,
    kind: MatterKind,
    steps: Mapping[str, Step[Facts]],
    *,
    about: Callable[[Facts, Around], Label],
    opened: Callable[[Subject, Around], Go[Facts]] | None = None,
) -> Flow[Facts]:
    """The service `name`; `steps` begin at `about`, where it is said what it is about, and lead to `said`."""
    return Flow(
        name=name,
        start="what",
        facts=MatterFacts(),
        places=3,
        steps={
            "what": Step(screen=_what(kind), react=_chosen),
            **steps,
            **say_steps(kind, about),
            **follow_steps(kind),
            **show_steps(name),
        },
        wake=_woken if kind is MatterKind.QUESTION else lambda _: None,
        about=opened,
    )


def _what(kind: MatterKind) -> Callable[[Facts, Around], Choose]:
    def screen(_: Facts, _around: Around) -> Choose:
        new = Option(value="new", title=text(f"matter-{kind}-new"), about=text(f"matter-{kind}-new-about"), icon="entrance-ask")
        follow = Option(value="follow", title=text(f"matter-{kind}-follow"), about=text("matter-follow-about"), icon="look_up")
        return Choose(title=text(f"matter-{kind}"), options=(new, follow))

    return screen


def _chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="new"):
            return Go("about", facts)
        case Answered(action="choose", value="follow"):
            return Go("follow", facts)
        case _:
            return None


def _woken(event: Event) -> Go[Facts] | None:
    """A paper held to the scanner at home; one service answers for all three kinds."""
    token = decode(event.text, Slip.MATTER) if isinstance(event, CodeScanned) else None
    return None if token is None else Go("by_token", MatterFacts(token=token))
