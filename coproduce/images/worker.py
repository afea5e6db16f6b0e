"""Works on one picture nobody trusts: `python -m coproduce.images.worker MODE WHERE [INTO [BOXES]]`.

Runs as a process of its own, without Django, secrets or database, under the machine's limits.

- `sizes ORIGINAL` writes the files of a picture beside it
- `check ORIGINAL` reads its head and writes nothing
- `make ORIGINAL INTO` writes a photograph, whole and in its sizes, into a folder
- `cover WHOLE INTO BOXES` does the same from a whole photograph, with boxes covered
- `tiles WHOLE INTO` writes the tiles for looking closely

Its last line of output is JSON: the upright width and height, or `refused`: a sentence a person
can act on. Lines before it say `done`, in per cent.
"""

import json
import resource
import signal
import sys
import warnings
from contextlib import suppress
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image

from coproduce.images import reading
from coproduce.images.reading import Unreadable
from coproduce.images.sizes import Box, Pixels, sizes_of
from coproduce.images.writing import covered, write_photograph, write_sizes, write_tiles

# A person waits for the first; the others go on behind a machine that has other things to do.
SECONDS, SECONDS_BEHIND = 10, 240
BEHIND = {"make", "cover", "tiles"}
MEMORY = 1_500_000_000  # bytes of address space
LARGEST_FILE = 50_000_000  # bytes; what is written is far smaller

type Answer = dict[str, object]


def sizes(original: Path) -> Answer:
    picture, size = reading.shrunk(original)
    write_sizes(picture, sizes_of(*size), original.parent)
    return told(size)


def check(original: Path) -> Answer:
    return told(reading.upright_size(original))


def make(original: Path, into: Path) -> Answer:
    picture = reading.whole(original)
    write_photograph(picture, into)
    return told(picture.size)


def cover(whole: Path, into: Path, *boxes: Box) -> Answer:
    picture = covered(reading.whole(whole), boxes)
    write_photograph(picture, into)
    return told(picture.size)


def tiles(whole: Path, into: Path) -> Answer:
    picture = reading.whole(whole)
    for done in write_tiles(picture, into):
        print(json.dumps({"done": done}), flush=True)
    return told(picture.size)


def told(size: Pixels) -> Answer:
    return {"width": size[0], "height": size[1]}


MODES = {work.__name__: work for work in (sizes, check, make, cover, tiles)}


def main(mode: str, where: str, into: str = "", boxes: str = "[]") -> Answer:
    """Does the work; the upright size in pixels, or the sentence of a refusal."""
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
    words = [Path(where), *([Path(into)] if into else []), *map(tuple, json.loads(boxes))]
    try:
        return MODES[mode](*words)
    except Unreadable as sentence:
        return {"refused": str(sentence)}
    except MemoryError:
        return {"refused": reading.TOO_HARD}


def accept_limits(mode: str = "sizes") -> None:
    """What this process may use from here on; it cannot ask for more later."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = reading.MOST_PIXELS
    seconds = SECONDS_BEHIND if mode in BEHIND else SECONDS
    # Also when whoever started this is gone and can no longer stop it. A busy machine is given time.
    signal.alarm(seconds * 2 if mode in BEHIND else seconds + 2)
    limits = {"RLIMIT_CPU": seconds, "RLIMIT_FSIZE": LARGEST_FILE, "RLIMIT_CORE": 0, "RLIMIT_AS": MEMORY}
    for name, most in limits.items():
        # macOS knows no limit of address space; there the limit of pixels has to do.
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))


if __name__ == "__main__":
    accept_limits(sys.argv[1])
    print(json.dumps(main(*sys.argv[1:])))
