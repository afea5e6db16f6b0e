"""The notes of an event as TEI P5, for editors and for the long run.

- `pieces` writes what a note says as elements, and reads the same pieces back from them.
- `header` says where the notes are from and how they were read.
- `document` puts an event together.
"""

from archive.tei.document import tei_of
from archive.tei.pieces import from_tei, to_tei

__all__ = ["from_tei", "tei_of", "to_tei"]
