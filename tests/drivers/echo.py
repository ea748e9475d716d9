"""A driver made for the tests of the thread that runs it."""

from drivers.contract import DeviceState, Done, Reset, Status
from drivers.runner import Driver

ONLINE = DeviceState.ONLINE


class Echo(Driver):
    """Carries out Reset; what connect, handle and idle do can be changed by the test."""

    def __init__(self):
        self.on_connect = lambda link: Status(state=ONLINE)
        self.on_handle = lambda link, command: Done(role=link.role, id=command.id)
        self.on_idle = lambda link: link.listen(1)

    def connect(self, link):
        return self.on_connect(link)

    def handle(self, link, command):
        return self.on_handle(link, command)

    def idle(self, link):
        self.on_idle(link)


def reset(device, command_id="1"):
    device.do(Reset(role="device", id=command_id))
