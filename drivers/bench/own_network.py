"""A corner of the machine for a daemon that listens on all addresses and keeps its socket in a fixed place: nobody else sees it.

Namespaces of Linux (unshare(2)): a network of its own with nothing but loopback, and `/run/NAME` leading to a folder of ours. Needs
no privileges where the kernel lets users have namespaces.
"""

import ctypes
import fcntl
import os
import socket
import struct
from pathlib import Path

_NEW_MOUNTS, _NEW_USER, _NEW_NETWORK = 0x20000, 0x10000000, 0x40000000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_SET_FLAGS = 0x8914  # ioctl SIOCSIFFLAGS
_UP_AND_RUNNING = 0x41


def enter(folder: Path, run: Path) -> None:
    """Move this process, which must have one thread only, there; `run` (`/run/NAME`) becomes `folder`. Raises `OSError`."""
    user, group = os.getuid(), os.getgid()
    try:
        _call("unshare", _NEW_MOUNTS | _NEW_NETWORK)
    except PermissionError:
        _call("unshare", _NEW_MOUNTS | _NEW_NETWORK | _NEW_USER)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    if not run.is_dir():
        _mount("tmpfs", str(run.parent), "tmpfs", 0)
        run.mkdir()
    _mount(str(folder), str(run), None, _BIND)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP_AND_RUNNING))


def _mount(source: str | None, target: str, kind: str | None, flags: int) -> None:
    _call("mount", source and source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), None)


def _call(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
