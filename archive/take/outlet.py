"""A file that is read while it is written, for libraries that want something to write to."""

import io


class Outlet(io.RawIOBase):
    """Keeps what was written until `drained`; nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[bytes] = []
        self._told = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:
        self._kept.append(bytes(content))
        self._told += len(content)
        return len(content)

    def tell(self) -> int:
        return self._told

    def drained(self) -> bytes:
        """What was written since this was asked last."""
        content, self._kept = b"".join(self._kept), []
        return content
