"""`python office_process.py DATABASE`: an office in its own process, in the middle of a working morning; says its address."""

import secrets
import sys
from datetime import UTC, datetime

from kiosk.office.api import create_app
from kiosk.office.server import serve
from ui.stand import Clock, working_morning


def main() -> None:
    app = create_app(sys.argv[1], Clock(working_morning(datetime.now(UTC))), secret=secrets.token_bytes(32))
    serving = serve(app)
    sys.stdout.write(f"{serving.url}\n")
    sys.stdout.flush()
    sys.stdin.read()
    serving.stop()


if __name__ == "__main__":
    main()
