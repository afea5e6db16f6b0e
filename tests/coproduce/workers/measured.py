"""The worker itself; instead of its answer it tells how much memory it had at most, in kB."""

import json
import re
import sys
from pathlib import Path

from coproduce.images import worker

worker.accept_limits(sys.argv[1])
answer = worker.main(*sys.argv[1:])
most = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps({"refused": f"{most} {answer.get('refused')}"}))
