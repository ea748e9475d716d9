"""The whole vocabulary of hardware: what a device is, what it reports, what it can be asked.

States, parts and supplies are those of XFS4IoT (CEN/XFS4IoT), health checks and counters those of UnifiedPOS. A device owns its
thread and its port; `do` only puts a command into its inbox, so nobody who calls a device ever waits for it.

Events and commands are frozen msgspec structs, so they can also travel between processes and into recordings (`drivers.codec`).
"""

from drivers.contract.cabinet import Color, Flash, SetLight
from drivers.contract.cards import CardFound, CardKind, CardRead, CardRemoved, IdCard, ReadCard, SocialCard, SocialCardRead
from drivers.contract.codes import CodeRejected, CodeScanned
from drivers.contract.device import Capabilities, Device, Emit, Hardware
from drivers.contract.images import Frame, PageTaken, Preview, TakePage
from drivers.contract.media import (
    AcceptCard,
    CardAccepted,
    CardMoved,
    MediaDetected,
    MediaInserted,
    MediaPresented,
    MediaRetained,
    MediaTaken,
    MoveCard,
    Position,
)
from drivers.contract.messages import (
    Answer,
    Cancel,
    CheckHealth,
    Command,
    Done,
    Event,
    Failed,
    HealthChecked,
    HealthLevel,
    MediaTo,
    PersonAnswered,
    PersonAsked,
    Reset,
    StatusChanged,
    SupplyReplenish,
)
from drivers.contract.papers import (
    Align,
    Block,
    Document,
    Feed,
    Line,
    Pair,
    Paper,
    Print,
    PrintDocument,
    Printed,
    PrintProgress,
    Qr,
    Rule,
)
from drivers.contract.state import DeviceState, Level, Part, Status

__all__ = [
    "AcceptCard", "Align", "Answer", "Block", "Cancel", "Capabilities", "CardAccepted", "CardFound", "CardKind", "CardMoved",
    "CardRead", "CardRemoved", "CheckHealth", "CodeRejected", "CodeScanned", "Color", "Command", "Device", "DeviceState", "Document",
    "Done", "Emit", "Event", "Failed", "Feed", "Flash", "Frame", "Hardware", "HealthChecked", "HealthLevel", "IdCard", "Level",
    "Line", "MediaDetected", "MediaInserted", "MediaPresented", "MediaRetained", "MediaTaken", "MediaTo", "MoveCard", "PageTaken",
    "Pair", "Paper", "Part", "PersonAnswered", "PersonAsked", "Position", "Preview", "Print", "PrintDocument", "PrintProgress",
    "Printed", "Qr", "ReadCard", "Reset", "Rule", "SetLight", "SocialCard", "SocialCardRead", "Status", "StatusChanged",
    "SupplyReplenish", "TakePage",
]
