"""One owner per device, where the device is no serial port."""

import subprocess
import sys

import pytest

from drivers.claim import Claim
from drivers.errors import DeviceError, Reason

OTHER = "import sys; from drivers.claim import Claim; claim = Claim(sys.argv[1]); print('mine', flush=True); sys.stdin.read()"


def test_a_second_owner_is_refused_and_a_later_one_is_not():
    with Claim("camera:test-1"):
        with pytest.raises(DeviceError) as caught:
            Claim("camera:test-1")
        assert caught.value.reason is Reason.NOT_CONFIGURED
        Claim("camera:test-2").close()
    Claim("camera:test-1").close()


def test_a_claim_ends_with_its_process_however_that_ends():
    with subprocess.Popen([sys.executable, "-c", OTHER, "camera:test-3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(DeviceError):
            Claim("camera:test-3")
        other.kill()
        other.wait()
    Claim("camera:test-3").close()
