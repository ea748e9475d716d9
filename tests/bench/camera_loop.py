"""At the terminal: one camera driver and nothing else.

Prints `warm` when it has looked for a while, waits for a line, then prints the share of one core that this process takes, second by
second, as JSON.
"""

import json
import sys
import threading
import time

from drivers import registry
from drivers.contract import DeviceState, StatusChanged

WARM_UP = 8.0  # s
SECONDS = 12


def main() -> None:
    online = threading.Event()
    driver, source = sys.argv[1:]
    device = registry.load("camera", driver, {"source": source})
    device.start(lambda event: online.set() if isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE else None)
    if not online.wait(20):
        raise RuntimeError(device.status)
    time.sleep(WARM_UP)
    sys.stdout.write("warm\n")
    sys.stdout.flush()
    sys.stdin.readline()
    time.sleep(2)  # what is held up now has been seen
    cpu = []
    for _ in range(SECONDS):
        began, used = time.perf_counter(), time.process_time()
        time.sleep(1)
        cpu.append(100 * (time.process_time() - used) / (time.perf_counter() - began))
    rate = device._driver.capture.rate
    device.stop()
    sys.stdout.write(json.dumps({"cpu": cpu, "rate": rate}))


main()
