"""Whether the real PC/SC daemon and its virtual reader, which `drivers.bench.social_card` starts, can be had on this machine."""

import importlib.util
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

_READER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")  # where Debian's vsmartcard-vpcd puts it


@cache
def missing() -> str:
    """Why they cannot; "" where they can."""
    if shutil.which("pcscd") is None or not _READER.exists():
        return "pcscd and vsmartcard-vpcd are not installed"
    if importlib.util.find_spec("smartcard") is None:
        return "pyscard is not installed"
    own = ["--net", "--mount"] if os.getuid() == 0 else ["--user", "--map-root-user", "--net", "--mount"]
    try:
        allowed = subprocess.run(["unshare", *own, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603, S607 - util-linux
    except OSError:
        allowed = False
    return "" if allowed else "namespaces are not allowed here, and pcscd would listen on all addresses"
