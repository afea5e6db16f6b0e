"""Pages for visitors, kept as final bytes in front of Django and dropped the moment they are not true.

What a page was made from is noted while it is made (reads.py); the database tells of every change to
that (listener.py); a page from before a change is neither kept nor answered (shelf.py).
"""

from coproduce.serving.kept.pages import KeptPages
from coproduce.serving.kept.reads import noting
from coproduce.serving.kept.running import WithKept

__all__ = ["KeptPages", "WithKept", "noting"]
