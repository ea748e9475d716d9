"""A cabinet's I/O board on the bench, and how it is wired in most tests."""

from drivers.contract import CheckHealth, SetLight

DRIVER = "cabinet.modbus_io"
WIRING = {
    "lights": {"cardReader": 0, "receiptPrinter": 1, "statusBad": 2},
    "contacts": {
        "cabinetFrontDoor": {"input": 0, "locked": 1},
        "tamperSensor": {"input": 2},
        "proximitySensor": {"input": 3, "closed": False},
    },
    "operator_switch": {"maintenance": 4, "supervisor": 5},
    "answer_ms": 1000,  # a bench on a busy machine takes its time
}
AT_REST = [True, False, True, False, False, False, False, False]


def inputs(**changes):
    """Inputs at rest, but for those named `i0` to `i7`."""
    levels = list(AT_REST)
    for name, level in changes.items():
        levels[int(name[1:])] = level
    return levels


def light(name, flash, command_id="l", **more):
    return SetLight(role="device", id=command_id, light=name, flash=flash, **more)


def check(level, command_id="h"):
    return CheckHealth(role="device", id=command_id, level=level)
