"""What the archive keeps for itself: saved searches, exports, releases, and researchers' own studies."""

from archive.models.exports import ExportJob, ExportLine, Release
from archive.models.saved import SavedSearch, Word
from archive.models.studies import Code, Coding, Colleague, Memo, Study

__all__ = [
    "Code",
    "Coding",
    "Colleague",
    "ExportJob",
    "ExportLine",
    "Memo",
    "Release",
    "SavedSearch",
    "Study",
    "Word",
]
