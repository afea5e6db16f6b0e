"""The package as an RO-Crate in a bag (BagIt 1.0, RFC 8493), for a repository that keeps it for long."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from archive.take.deposit import CRATE, crate_of
from archive.take.moment import About, about
from archive.take.pack import Pack, Packed
from archive.take.package import as_json, payload
from archive.take.rows import Taking

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write_bag(taking: Taking) -> Iterator[bytes]:
    """Payload first, then the files about it: checksums are known once all is written."""
    told = about(taking)
    pack = Pack(f"{told.slug}/", folder="data/")
    yield from payload(pack, taking, told)
    yield from pack.add_text(CRATE, as_json(crate_of(told, pack.done)))
    yield from _tag_files(pack, told)
    yield from pack.end()


def _tag_files(pack: Pack, told: About) -> Iterator[bytes]:
    payload_files, pack.done, pack.folder = pack.done, [], ""
    yield from pack.add_text("bagit.txt", DECLARATION)
    yield from pack.add_text("bag-info.txt", _info(told, payload_files))
    yield from pack.add_text("manifest-sha256.txt", _manifest(payload_files, "data/"))
    yield from pack.add_text("tagmanifest-sha256.txt", _manifest(pack.done, ""))


def _manifest(files: Iterable[Packed], folder: str) -> str:
    return "".join(f"{file.sha256}  {folder}{file.name}\n" for file in files)


def _info(told: About, files: list[Packed]) -> str:
    facts = {
        "Source-Organization": settings.SITE_NAME,
        "External-Description": told.work.title,
        "External-Identifier": told.work.url,
        "Bagging-Date": told.day,
        "Bag-Group-Identifier": told.data_version,
        "Payload-Oxum": f"{sum(file.size for file in files)}.{len(files)}",
        "Bag-Software-Agent": "Coproduce",
    }
    return "".join(f"{name}: {value}\n" for name, value in facts.items())
