"""Runs a command and prints, as JSON, what it cost: user and system CPU, time on the clock (seconds), peak memory (bytes).

In: the command and its arguments. The command's own output goes to standard error.
"""

import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
code = subprocess.call(sys.argv[1:], stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "code": code,
            "user": used.ru_utime,
            "system": used.ru_stime,
            "clock": time.monotonic() - start,
            "peak": used.ru_maxrss * 1024,
        }
    )
)
