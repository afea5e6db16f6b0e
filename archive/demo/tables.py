"""The demo's tables, kept beside this module."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def read_table(name: str) -> dict:
    """What stands in `name`.toml."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def read_text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
