"""The text of server-sent events (HTML Living Standard, 9.2.6)."""

KEEP_ALIVE = b": \n\n"


def message(event: str, data: str, number: int | None = None) -> bytes:
    """One event: `data` may have any lines; with `number` a reader that comes back resumes after it."""
    lines = [f"id: {number}"] if number is not None else []
    lines.append(f"event: {event}")
    lines.extend(f"data: {line}" for line in data.splitlines() or [""])
    return ("\n".join(lines) + "\n\n").encode()


def retry(milliseconds: int) -> bytes:
    """How long a reader waits before it comes back."""
    return f"retry: {milliseconds}\n\n".encode()
