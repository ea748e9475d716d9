"""Two peers that must look alike to the driver: the UPS on the bench, and the real upsd of NUT with its dummy driver behind it.

The real one needs the Debian package nut-server. It runs by hand from a folder of its own, on loopback, on a free port.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

PROGRAMS = (Path("/lib/nut/upsd"), Path("/lib/nut/dummy-ups"))
PATIENCE = 20.0
MODEL = 'USV "1000" \\ A'  # what a parser must not stumble over
AT_REST = ("OL CHRG", 88)


def missing():
    """Why the real peer cannot be had here; "" when it can."""
    lacking = [str(program) for program in PROGRAMS if not os.access(program, os.X_OK)]
    lacking += [] if shutil.which("setpriv") else ["setpriv"]
    return f"no {', '.join(lacking)}: Debian packages nut-server, util-linux" if lacking else ""


class BenchUps:
    """The UPS on the bench."""

    def __init__(self, board):
        self.board = board
        board.set(variables={"device.model": MODEL})
        self.power(*AT_REST)

    @property
    def url(self):
        return f"socket://{self.board.address}"

    def power(self, status, charge):
        self.board.set(status=status, charge=charge)

    def freeze_driver(self):
        self.board.set(stale="DATA-STALE")

    def kill_driver(self):
        self.board.set(stale="DRIVER-NOT-CONNECTED")

    def mend_driver(self):
        self.board.set(stale="")

    def kill_server(self):
        self.board.unplug()

    def start_server(self):
        self.board.plug()


class RealUps:
    """upsd and dummy-ups, which reads its values from a file every second."""

    def __init__(self):
        self._folder = Path(tempfile.mkdtemp(prefix="upsd"))  # a socket's path is short
        self._folder.chmod(0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"socket://127.0.0.1:{self._port}"
        self._write("ups.conf", f"[ups]\ndriver = dummy-ups\nmode = dummy-loop\npollinterval = 1\nport = {self._folder}/ups.dev\n")
        self._write("upsd.conf", f"LISTEN 127.0.0.1 {self._port}\nMAXAGE 2\n")
        self._write("upsd.users", "[kiosk]\npassword = geheim\ninstcmds = ALL\n")
        self._write("nut.conf", "MODE=standalone\n")
        self._driver = self._server = None
        self.power(*AT_REST)
        self.mend_driver()
        self.start_server()

    def close(self):
        for process in (self._server, self._driver):
            process.kill()
            process.wait()
        shutil.rmtree(self._folder)

    def power(self, status, charge):
        model = MODEL.replace("\\", "\\\\").replace('"', '\\"')
        identity = f'device.mfr: Beispiel GmbH\ndevice.model: "{model}"\ndevice.serial: U-0001\nups.firmware: 3.1\n'
        self._write("ups.dev", f"{identity}ups.status: {status}\nbattery.charge: {charge}\nbattery.charge.low: 20\n")

    def freeze_driver(self):
        self._driver.send_signal(signal.SIGSTOP)

    def kill_driver(self):
        self._driver.kill()
        self._driver.wait()

    def mend_driver(self):
        if self._driver is not None and self._driver.poll() is None:
            self._driver.send_signal(signal.SIGCONT)
            return
        self._driver = self._start(PROGRAMS[1], "-a", "ups")

    def kill_server(self):
        self._server.kill()
        self._server.wait()

    def start_server(self):
        self._server = self._start(PROGRAMS[0])
        status = f'ups.status "{AT_REST[0]}"'
        until(lambda: status in self.ask("GET VAR ups ups.status"))

    def ask(self, question):
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE) as line, line.makefile("rw") as text:
                text.write(f"{question}\n")
                text.flush()
                return text.readline()
        except ConnectionError:
            return ""

    def _start(self, program, *arguments):
        user = pwd.getpwuid(os.getuid()).pw_name
        places = dict.fromkeys(("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(self._folder))
        command = ["setpriv", "--pdeathsig", "KILL", str(program), *arguments, "-F", "-u", user]  # it ends with us, however we end
        return subprocess.Popen(command, env=os.environ | places, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _write(self, name, text):
        fresh = self._folder / f".{name}"
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(0o600)
        fresh.replace(self._folder / name)


def until(happened):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
