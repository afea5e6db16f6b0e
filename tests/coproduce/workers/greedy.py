"""Accepts the limits, then asks for more memory than they allow, and says the most it ever had."""

import json

from coproduce.images import worker

worker.accept_limits()
try:
    bytearray(worker.MEMORY)
except MemoryError:
    print(json.dumps({"refused": "no more memory"}))
