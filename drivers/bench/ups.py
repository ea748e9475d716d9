"""A UPS as a terminal sees it: upsd of Network UPS Tools on a TCP port, with one UPS behind it.

Written from RFC 9271 and from what upsd 2.8.0 answers. State besides the common keys (`drivers.bench.state`):

| key | meaning |
|---|---|
| `name` | the UPS's name in upsd |
| `mains` | whether the mains are there |
| `charge`, `charge_low` | charge of the battery in %, and from where on it is low |
| `charging` | true, false, or null: the UPS does not tell |
| `flags` | further flags of ups.status: RB, BYPASS, OVER, ALARM, OFF, FSD, CAL |
| `status` | ups.status as it is told, whatever the keys above say ("": they say it) |
| `variables` | further variables, or other values for those above; null takes one away |
| `stale` | upsd has lost its driver's data: `DATA-STALE`, or the driver: `DRIVER-NOT-CONNECTED` ("": all well) |
| `users` | who may send commands: password by name |
| `commands` | instant commands that the UPS knows |
| `test_ms`, `test_result` | how long its battery test takes, and how it ends |
| `test_status` | ups.status while the test runs: many a UPS says that it is on battery then ("": as without) |
| `sent` | instant commands it was sent, in order; written here |
"""

import select
import socket
import time
from typing import Any

from drivers.bench import faults
from drivers.bench.network import Listener
from drivers.bench.state import State

DEFAULTS: dict[str, Any] = {
    "name": "ups",
    "mains": True,
    "charge": 100,
    "charge_low": 20,
    "charging": None,
    "flags": [],
    "status": "",
    "variables": {},
    "stale": "",
    "users": {"kiosk": "geheim"},
    "commands": ["beeper.mute", "load.off", "test.battery.start.quick"],
    "test_ms": 300,
    "test_result": "Done and passed",
    "test_status": "",
    "sent": [],
}
_VERSIONS = {"VER": "Network UPS Tools upsd 2.8.0 - http://www.networkupstools.org/", "NETVER": "1.3"}
_CHUNK = 4096
_LONGEST = 1024  # bytes of a request


def serve(listener: Listener, state: State) -> None:
    """Answer until unplugged."""
    listener.leave_with_parent()
    ups = Ups(state)
    clients: dict[socket.socket, Client] = {}
    while True:
        state.now()
        ready, _, _ = select.select([listener.socket, *clients], [], [], 0.01)
        for one in ready:
            if one is listener.socket:
                if (connection := listener.accept(0)) is not None:
                    clients[connection] = Client(connection, state, ups)
            elif not clients[one].hear():
                clients.pop(one).close()


class Client:
    """One connection to upsd."""

    def __init__(self, connection: socket.socket, state: State, ups: "Ups") -> None:
        self._connection = connection
        self._state = state
        self._ups = ups
        self._pending = b""
        self._user = self._password = ""

    def hear(self) -> bool:
        """Answer what has come; whether the client is still there."""
        try:
            data = self._connection.recv(_CHUNK)
        except OSError:
            return False
        *lines, self._pending = (self._pending + data).split(b"\n")
        goodbye = False
        for line in lines:
            words = split(line.decode("utf-8", "replace"))
            goodbye = words[:1] == ["LOGOUT"]
            faults.reply(self, self._state, "".join(f"{answer}\n" for answer in self._answer(words)).encode())
        return bool(data) and not goodbye and len(self._pending) < _LONGEST

    def write(self, data: bytes) -> None:
        """Send; what a client that has gone does not take is lost."""
        try:
            self._connection.sendall(data)
        except OSError:
            return

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)

    def close(self) -> None:
        """The client has gone."""
        self._connection.close()

    def _answer(self, words: list[str]) -> list[str]:
        match words:
            case ["USERNAME", user]:
                return self._once("_user", user, "ALREADY-SET-USERNAME")
            case ["PASSWORD", password]:
                return self._once("_password", password, "ALREADY-SET-PASSWORD")
            case ["LOGOUT"]:
                return ["OK Goodbye"]
            case ["INSTCMD", name, command]:
                return [self._instant(name, command)]
            case _:
                return self._ups.answer(words)

    def _once(self, field: str, value: str, error: str) -> list[str]:
        if getattr(self, field):
            return [f"ERR {error}"]
        setattr(self, field, value)
        return ["OK"]

    def _instant(self, name: str, command: str) -> str:
        values = self._state.now()
        if not self._user:
            return "ERR USERNAME-REQUIRED"
        if not self._password:
            return "ERR PASSWORD-REQUIRED"
        if error := self._ups.error(name):
            return error
        if command not in values["commands"]:
            return "ERR CMD-NOT-SUPPORTED"
        if values["users"].get(self._user) != self._password:
            return "ERR ACCESS-DENIED"
        self._ups.obey(command)
        return "OK"


class Ups:
    """The UPS, and what upsd knows of it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._test_began = -1e9
        self._tested = False

    def obey(self, command: str) -> None:
        """Carry out an instant command."""
        self._state.set(sent=[*self._state.now()["sent"], command])
        if command.startswith("test.battery.start"):
            self._test_began, self._tested = time.monotonic(), True

    def error(self, name: str) -> str:
        """Why nothing can be said of the UPS with this name; "" when it can."""
        values = self._state.now()
        if name.lower() != values["name"].lower():
            return "ERR UNKNOWN-UPS"
        return f"ERR {values['stale']}" if values["stale"] else ""

    def answer(self, words: list[str]) -> list[str]:
        """What upsd answers to a question."""
        match words:
            case ["VER" | "NETVER" as question]:
                return [_VERSIONS[question]]
            case ["LIST", "UPS"]:
                return ["BEGIN LIST UPS", f'UPS {self._state.now()["name"]} "Description unavailable"', "END LIST UPS"]
            case ["LIST", ("VAR" | "CMD") as kind, name]:
                return self._list(kind, name)
            case ["GET", "VAR", name, variable]:
                return [self._get(name, variable)]
            case ["LIST" | "GET", *_]:
                return ["ERR INVALID-ARGUMENT"]
            case _:
                return ["ERR UNKNOWN-COMMAND"]

    def _list(self, kind: str, name: str) -> list[str]:
        if error := self.error(name):
            return [error]
        if kind == "CMD":
            rows = [f"CMD {name} {command}" for command in self._state.now()["commands"]]
        else:
            rows = [f"VAR {name} {variable} {quoted(value)}" for variable, value in sorted(self._variables().items())]
        return [f"BEGIN LIST {kind} {name}", *rows, f"END LIST {kind} {name}"]

    def _get(self, name: str, variable: str) -> str:
        if error := self.error(name):
            return error
        value = self._variables().get(variable)
        return "ERR VAR-NOT-SUPPORTED" if value is None else f"VAR {name} {variable} {quoted(value)}"

    def _variables(self) -> dict[str, str]:
        values = self._state.now()
        told: dict[str, str | None] = {
            "battery.charge": str(values["charge"]),
            "battery.charge.low": str(values["charge_low"]),
            "device.mfr": "Beispiel GmbH",
            "device.model": "USV 1000",
            "device.serial": "U-0001",
            "device.type": "ups",
            "ups.firmware": "3.1",
            "ups.status": values["status"] or self._status(),
            "ups.test.result": self._result(),
            **values["variables"],
        }
        return {name: value for name, value in told.items() if value is not None}

    def _status(self) -> str:
        values = self._state.now()
        if self._testing() and values["test_status"]:
            return str(values["test_status"])
        flags = ["OL" if values["mains"] else "OB"]
        if values["charge"] <= values["charge_low"]:
            flags.append("LB")
        if values["charging"] is not None:
            flags.append("CHRG" if values["charging"] else "DISCHRG")
        return " ".join([*flags, *values["flags"]])

    def _result(self) -> str:
        if self._testing():
            return "In progress"
        return str(self._state.now()["test_result"]) if self._tested else "No test initiated"

    def _testing(self) -> bool:
        return bool(time.monotonic() - self._test_began < self._state.now()["test_ms"] / 1000)


def split(line: str) -> list[str]:
    """The words of a request, quotes and backslashes resolved."""
    words, word, inside, begun = [], "", False, False
    letters = iter(line)
    for letter in letters:
        if letter == "\\":
            word, begun = word + next(letters, ""), True
        elif letter == '"':
            inside, begun = not inside, True
        elif letter in " \t\r" and not inside:
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + letter, True
    return [*words, word] if begun else words


def quoted(value: str) -> str:
    """A value as upsd writes it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
