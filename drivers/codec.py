"""Events and commands as JSON or MessagePack: between processes, into recordings, onto a technician's screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from drivers import contract as c
from drivers.errors import Action, DeviceError, Reason

AnyEvent = (
    c.StatusChanged
    | c.Failed
    | c.Done
    | c.HealthChecked
    | c.PersonAsked
    | c.CodeScanned
    | c.CodeRejected
    | c.CardFound
    | c.CardRead
    | c.SocialCardRead
    | c.CardRemoved
    | c.CardAccepted
    | c.CardMoved
    | c.MediaInserted
    | c.MediaDetected
    | c.MediaPresented
    | c.MediaTaken
    | c.MediaRetained
    | c.PrintProgress
    | c.Printed
    | c.PageTaken
)
AnyCommand = (
    c.Cancel
    | c.Reset
    | c.CheckHealth
    | c.PersonAnswered
    | c.SupplyReplenish
    | c.ReadCard
    | c.AcceptCard
    | c.MoveCard
    | c.Print
    | c.PrintDocument
    | c.TakePage
    | c.SetLight
)
T = TypeVar("T")


def to_json(value: object) -> bytes:
    """One line of JSON with everything in it, personal fields included."""
    return msgspec.json.encode(value, enc_hook=_plain)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """The value; raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    with _decoding():
        return msgspec.json.decode(data, type=kind, dec_hook=_made)


def to_bytes(value: object) -> bytes:
    """The same as MessagePack."""
    return msgspec.msgpack.encode(value, enc_hook=_plain)


def from_bytes(data: bytes, kind: type[T]) -> T:
    """The value; raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    with _decoding():
        return msgspec.msgpack.decode(data, type=kind, dec_hook=_made)


def shown(value: c.Event | c.Command) -> dict[str, Any]:
    """As plain values for a technician: personal fields are left out, and instead `left_out` names them."""
    plain: dict[str, Any] = msgspec.to_builtins(
        {name: getattr(value, name) for name in value.__struct_fields__ if name not in value.personal}, enc_hook=_plain
    )
    blanked = {"left_out": sorted(value.personal)} if value.personal else {}
    return {"type": type(value).__name__, **plain, **blanked}


@contextmanager
def _decoding() -> Iterator[None]:
    """Two other errors of msgspec are turned into its own; the first would hold the bytes that could not be read."""
    try:
        yield
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(type(error).__name__) from None


def _plain(value: object) -> object:
    match value:
        case DeviceError(reason=reason, action=action, detail=detail):
            return {"reason": reason, "action": action, "detail": detail}
        case _:
            message = f"{type(value).__name__} cannot travel"
            raise NotImplementedError(message)


def _made(kind: type, value: Any) -> object:  # noqa: ANN401 - as msgspec calls it
    if kind is not DeviceError:
        message = f"{kind.__name__} cannot travel"
        raise NotImplementedError(message)
    match value:
        case {"reason": str(reason), "action": str(action), "detail": str(detail)}:
            return DeviceError(Reason(reason), Action(action), detail)
        case _:
            message = "not a DeviceError"
            raise ValueError(message)
