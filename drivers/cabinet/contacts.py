"""From the inputs of an I/O board to what doors, sensors and the operator's switch say."""

from collections.abc import Mapping

from drivers.cabinet.wiring import DOORS, PRESENCE, SWITCH, Contact, Switch, inputs
from drivers.contract import Part


class Contacts:
    """Levels of the inputs, without bounce, as parts of the cabinet. Times are in seconds."""

    def __init__(self, contacts: Mapping[str, Contact], switch: Switch | None, settle: float) -> None:
        """A level that has stayed for `settle` counts."""
        self._contacts = contacts
        self._switch = switch
        self._settle = settle
        self._levels: dict[int, bool] = {}
        self._moving: dict[int, float] = {}  # inputs that differ from what counts, and since when
        self.inputs = inputs(contacts, switch)
        self.names = (*contacts, *((SWITCH,) if switch else ()))

    def forget(self) -> None:
        """What the inputs were holds no more."""
        self._levels.clear()
        self._moving.clear()

    def feed(self, levels: Mapping[int, bool], now: float) -> bool:
        """Take in what the inputs read; whether anything counts that did not before. The first reading counts at once."""
        changed = False
        for address, level in levels.items():
            if address not in self._levels:
                self._levels[address] = level
                changed = True
            elif level == self._levels[address]:
                self._moving.pop(address, None)
            elif now - self._moving.setdefault(address, now) >= self._settle:
                self._levels[address] = level
                del self._moving[address]
                changed = True
        return changed

    @property
    def moving(self) -> bool:
        """Whether an input has changed and may be bouncing."""
        return bool(self._moving)

    @property
    def parts(self) -> dict[str, Part]:
        """Each contact and the switch; UNKNOWN until its inputs have been read."""
        found = {name: self._part(name, contact) for name, contact in self._contacts.items()}
        if self._switch is not None:
            found[SWITCH] = self._position(self._switch)
        return found

    def _part(self, name: str, contact: Contact) -> Part:
        level = self._levels.get(contact.input)
        if level is None:
            return Part.UNKNOWN
        at_rest = level == contact.closed
        if name in PRESENCE:
            return Part.NOT_PRESENT if at_rest else Part.PRESENT
        if name not in DOORS:
            return Part.OFF if at_rest else Part.ON
        if not at_rest:
            return Part.OPEN
        return Part.LOCKED if contact.locked is not None and self._levels.get(contact.locked) else Part.CLOSED

    def _position(self, switch: Switch) -> Part:
        maintenance = self._levels.get(switch.maintenance)
        supervisor = False if switch.supervisor is None else self._levels.get(switch.supervisor)
        match maintenance, supervisor:
            case (False, False):
                return Part.RUN
            case (True, False):
                return Part.MAINTENANCE
            case (False, True):
                return Part.SUPERVISOR
            case _:  # not read yet, or both at once: a wire is loose
                return Part.UNKNOWN
