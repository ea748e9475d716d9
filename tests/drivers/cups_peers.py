"""Real peers for the A4 printer's driver: `ippeveprinter` and `cupsd`, each with ports and folders of its own.

Debian packages: cups-daemon cups-client cups-ipp-utils cups-filters printer-driver-cups-pdf dbus. ippeveprinter wants a D-Bus to be
there even with DNS-SD off, so it gets a private one; nothing of the system's own CUPS, D-Bus or Avahi is used or changed.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from drivers.errors import Action, DeviceError, Reason
from drivers.printers.ipp_http import place
from drivers.printers.ipp_jobs import Printer

SBIN = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
CUPS_PDF = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_START = 20.0  # s: a loaded machine may take its time
_LEAVE = 5.0  # s

# What the printer does with a document: notes it, and prints as long as the file `hold` is there. Each fault is told as a state.
SCRIPT = """#!/bin/sh
cd {folder} || exit 1
tell() {{ if mv state told 2>/dev/null; then cat told >&2; fi; }}  # taken whole: what is said meanwhile is the next
echo "$IPP_JOB_NAME copies=$IPP_COPIES sides=$IPP_SIDES" >> printed
while [ -e hold ]; do
    tell
    sleep 0.05
done
tell
exit 0
"""
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
<allow receive_type="method_return"/><allow receive_type="signal"/><allow receive_type="error"/></policy></busconfig>
"""
CUPSD = """LogLevel debug
Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
WebInterface No
Browsing Off
DefaultAuthType None
PreserveJobFiles Yes
<Location />
  Order allow,deny
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-Job Cancel-My-Jobs Close-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
CUPS_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
SystemGroup root
"""


def need(*programs):
    """Skip where a program is not installed."""
    for program in programs:
        if shutil.which(program, path=SBIN) is None:
            pytest.skip(f"{program} is not installed")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*command, **environment):
    """A program in a process group of its own, ended with all it has started."""
    environment = {**os.environ, "PATH": SBIN, **environment}
    program = subprocess.Popen(
        [shutil.which(command[0], path=SBIN), *command[1:]], env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield program
    finally:
        _end(program)


def _end(program):
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(program.pid, kind)
        except ProcessLookupError:
            break
        try:
            program.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            continue
    program.wait(_LEAVE)


def started(happened, what):
    """Wait for it, or skip where it does not come."""
    if not until(happened):
        pytest.skip(f"{what} cannot be started here")


def until(happened):
    """Wait for it; whether it came."""
    end = time.monotonic() + _START
    while not (done := happened()) and time.monotonic() < end:
        time.sleep(0.02)
    return bool(done)


def answers(url):
    """Whether an IPP printer or queue is there."""
    try:
        at(url).attributes(("printer-state",))
    except DeviceError:
        return False
    return True


def post(to, body):
    connection = HTTPConnection(to.host, to.port, timeout=5)
    try:
        connection.request("POST", to.path, b"".join(body), {"Content-Type": "application/ipp", "Connection": "close"})
        return connection.getresponse().read()
    except OSError as error:
        raise DeviceError(Reason.UNPLUGGED, Action.CLEAR) from error
    finally:
        connection.close()


def at(url):
    """The printer or queue as the tests look at it, past the driver."""
    return Printer(place(url), post, lambda _: None, tries=1)


class IppEve:
    """A real IPP Everywhere printer; `folder` has what its print command sees."""

    maker = "Example"

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.url = f"ipp://127.0.0.1:{port}/ipp/print"
        self._stack = ExitStack()

    def start(self):
        command = self.folder / "print.sh"
        command.write_text(SCRIPT.format(folder=self.folder))
        command.chmod(0o755)
        (self.folder / "spool").mkdir(exist_ok=True)
        (self.folder / "bus.conf").write_text(BUS.format(folder=self.folder))
        self._stack.enter_context(running("dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile"))
        started((self.folder / "bus").exists, "dbus-daemon")
        self._printer = self._stack.enter_context(
            running(
                "ippeveprinter", "-r", "off", "-n", "localhost", "-p", str(self.port), "-2", "-d", str(self.folder / "spool"), "-c", str(command),
                "-f", "application/pdf", "Test", DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={self.folder}/bus",
            )
        )  # fmt: skip
        started(lambda: answers(self.url), "ippeveprinter")
        self.paper(True)
        self.toner(75)

    def close(self):
        self._stack.close()
        (self.folder / "bus").unlink(missing_ok=True)

    def cut_off(self):
        """It loses its power: whatever it prints stays as it is, and nobody is told."""
        os.killpg(self._printer.pid, signal.SIGKILL)
        self.close()

    def fresh(self):
        """As it was before the last test."""
        for name in ("hold", "state", "printed"):
            (self.folder / name).unlink(missing_ok=True)
        self.paper(True)

    def hold(self):
        """The next jobs last until released."""
        (self.folder / "hold").touch()

    def release(self):
        (self.folder / "hold").unlink(missing_ok=True)

    def rest(self):
        """Let what is printed end: this printer takes one job at a time."""
        self.release()
        assert until(lambda: not at(self.url).jobs("not-completed")), "the printer does not come to rest"

    def tell(self, state):
        """The print command of the job that is held says so."""
        fresh = self.folder / "state.new"
        fresh.write_text(f"STATE: {state}\n")
        fresh.replace(self.folder / "state")

    def paper(self, there):
        self._form("media", size1="iso_a4_210x297mm", type1="stationery", level1="100" if there else "0", size3="iso_dl_110x220mm", type3="envelope", level3="25")

    def toner(self, percent):
        self._form("supplies", supply0="25", supply1=str(percent))

    def papers(self):
        """What was printed, a line a job."""
        try:
            return (self.folder / "printed").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _form(self, page, **fields):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{page}?{urllib.parse.urlencode(fields)}", timeout=10) as answer:
            answer.read()


class Cups:
    """A real CUPS scheduler; needs root, for it starts its filters as another user."""

    def __init__(self):
        self.port = free_port()
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-cups-")))
        self.folder.chmod(0o755)  # its filters run as another user and have to get here

    def start(self):
        for name in ("root", "spool", "cache", "state", "log", "tmp"):
            (self.folder / name).mkdir()
        (self.folder / "tmp").chmod(0o1777)
        (self.folder / "root/cupsd.conf").write_text(CUPSD.format(folder=self.folder, port=self.port))
        (self.folder / "root/cups-files.conf").write_text(CUPS_FILES.format(folder=self.folder))
        arguments = ("-f", "-c", f"{self.folder}/root/cupsd.conf", "-s", f"{self.folder}/root/cups-files.conf")
        self._stack.enter_context(running("cupsd", *arguments))
        started(self._listens, "cupsd")

    def close(self):
        self._stack.close()

    def queue(self, name, uri, *model):
        """Add a print queue; its URL."""
        self._tool("lpadmin", "-p", name, "-E", "-v", uri, *model)
        url = f"ipp://127.0.0.1:{self.port}/printers/{name}"
        assert until(lambda: answers(url)), f"the queue {name} is not there"
        return url

    def pause(self, name):
        self._tool("cupsdisable", name)

    def resume(self, name):
        self._tool("cupsenable", name)

    def documents(self):
        """Documents that are kept in the spool."""
        return sorted(path.name for path in (self.folder / "spool").glob("d*"))

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _tool(self, program, *arguments):
        done = subprocess.run(
            [shutil.which(program, path=SBIN), "-h", f"{self.folder}/cups.sock", *arguments], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
