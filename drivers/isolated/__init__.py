"""Devices whose library may hang or crash the process, or is not to be trusted: each in a child process, behind the same contract.

`Isolated` is the device, `python -m drivers.isolated` its child. Between them go frames of MessagePack (`drivers.isolated.frames`),
nothing that could run code. The child proves that its device goes on, is killed when it does not, and is started again.
"""

from drivers.isolated.frames import Setup
from drivers.isolated.parent import Isolated, Terms

__all__ = ["Isolated", "Setup", "Terms"]
