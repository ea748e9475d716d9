"""How the devices and the office are, and what a citizen is told about one that cannot be used (CUSS component states)."""

from collections.abc import Mapping
from datetime import datetime

from drivers.contract import DeviceState, Status
from kiosk.texts import Label, text

_USABLE = {DeviceState.ONLINE, DeviceState.DEVICE_BUSY, DeviceState.POTENTIAL_FRAUD}


class Roles:
    """Latest status of each role this terminal has, and since when it is so."""

    def __init__(self, roles: frozenset[str]) -> None:
        starting = Status(state=DeviceState.STARTING)
        self._statuses: dict[str, Status] = dict.fromkeys(roles, starting)
        self._since: dict[str, datetime] = {}

    @property
    def statuses(self) -> Mapping[str, Status]:
        """Status by role."""
        return self._statuses

    def update(self, role: str, status: Status, time: datetime) -> None:
        """Take a status in; the time of trouble is that of the first status that is not usable."""
        if status.state in _USABLE:
            self._since.pop(role, None)
        else:
            self._since.setdefault(role, time)
        self._statuses[role] = status

    def usable(self, role: str) -> bool:
        """Whether the device can be used now."""
        status = self._statuses.get(role)
        return status is not None and status.state in _USABLE

    def trouble(self, role: str) -> Label | None:
        """Sentence that says what is wrong and since when; None when nothing is."""
        if self.usable(role):
            return None
        status = self._statuses.get(role)
        if status is None or status.state is DeviceState.NO_DEVICE:
            return text("trouble-not-fitted", what=text(f"role-{role}"))
        if status.state is DeviceState.STARTING or role not in self._since:
            return text("trouble-starting", what=text(f"role-{role}"))
        why = text(status.error.key) if status.error else text("device-not-ready")
        return text("trouble-since", what=text(f"role-{role}"), why=why, since=f"{self._since[role]:%H:%M}")
