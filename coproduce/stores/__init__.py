"""Where the files lie that people entrust to the site, and those that it makes for them.

- `folder` keeps them in MEDIA_ROOT, a folder of this machine.
- `bucket` keeps them in MEDIA_BUCKET, on a server that speaks S3 and that many machines share.

Both know pictures, which have a folder of files each, and single files. Nobody outside is ever led to
them: the site reads them for whoever may see them.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from coproduce.stores.bucket import Bucket
from coproduce.stores.folder import Folder

type Store = Folder | Bucket


def store() -> Store:
    """Where files are kept, as the settings say at this moment."""
    if settings.MEDIA_BUCKET:
        return _bucket(settings.MEDIA_BUCKET, Path(settings.MEDIA_ROOT))
    return Folder(Path(settings.MEDIA_ROOT))


@cache
def _bucket(address: str, scratch: Path) -> Bucket:
    return Bucket(address, scratch)
