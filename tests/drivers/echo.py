"""A driver made for the tests of the thread that runs it."""

from drivers.contract import Capabilities, Command, DeviceState, Done, HealthLevel, MediaTo, Status
from drivers.runner import Driver

ONLINE = DeviceState.ONLINE


class Ping(Command, frozen=True, kw_only=True):
    """What the echo answers to."""


class Echo(Driver):
    """Carries out Ping; what it does can be changed by the test."""

    capabilities = Capabilities(
        commands=("Ping",),
        parts=("cover",),
        supplies=("upper",),
        health=tuple(HealthLevel),
        media_to=(MediaTo.AUTO, MediaTo.EXIT),
        counters=("pingCount",),
    )

    def __init__(self):
        self.on_connect = lambda link: Status(state=ONLINE)
        self.on_handle = lambda link, command: Done(role=link.role, id=command.id)
        self.on_idle = lambda link: link.listen(1)
        self.on_reset = lambda link, to: None
        self.on_check = lambda link, level: {}

    def connect(self, link):
        return self.on_connect(link)

    def handle(self, link, command):
        return self.on_handle(link, command)

    def reset(self, link, to):
        return self.on_reset(link, to)

    def check(self, link, level):
        return self.on_check(link, level)

    def idle(self, link):
        self.on_idle(link)


def ping(device, command_id="1"):
    device.do(Ping(role="device", id=command_id))
