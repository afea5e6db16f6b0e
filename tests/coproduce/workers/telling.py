"""Tells what it was given to know."""

import json
import os

print(json.dumps({"refused": " ".join(os.environ)}))
