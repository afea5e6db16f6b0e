from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Search needs both: parts of words, and words without their accents."""

    dependencies = [("people", "0001_people_and_consent")]
    operations = [TrigramExtension(), UnaccentExtension()]
