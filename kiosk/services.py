"""The citizen services this program has: each is a flow in a module of its own, imported when it is first needed."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from kiosk.flow import AnyFlow

NAMES = (
    "ticket",
    "check_in",
    "book",
    "look_up",
    "guides",
    "hall_info",
    "neighbours",
    "mine",
    "position",
    "review",
    "apply",
    "documents",
    "question",
    "order",
    "complain",
    "rate",
    "agent",
)


class Flows(Mapping[str, AnyFlow]):
    """Flows by the name of their service. Their modules are not imported before the first frame."""

    def __getitem__(self, name: str) -> AnyFlow:
        if name not in NAMES:
            raise KeyError(name)
        flow: AnyFlow = import_module(f"kiosk.flows.{name}").FLOW
        return flow

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)
