from django.core.management.base import CommandError


class BackupTrouble(CommandError):
    """A backup cannot be made or brought back; the message says what to do. A command ends with it."""
