"""Never ends by itself."""

import signal

signal.pause()
