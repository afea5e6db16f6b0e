"""All tables of a package, in the order they are written: what is pointed at may come after."""

from archive.take.tables_of_notes import OF_NOTES
from archive.take.tables_of_outcomes import OF_OUTCOMES
from archive.take.tables_of_record import OF_RECORD

TABLES = (*OF_NOTES, *OF_RECORD, *OF_OUTCOMES)
