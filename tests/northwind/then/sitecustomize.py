"""Moves the clock of every process that finds this file on its path: it runs on from another day."""

import os
import time
from datetime import UTC, datetime

if shift := os.environ.get("ACR_TEST_SHIFT"):
    import time_machine

    time_machine.travel(datetime.fromtimestamp(time.time() + float(shift), UTC), tick=True).start()
