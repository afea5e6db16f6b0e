"""What a host is given to run the site with names only what there is."""

import ast
import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from deploy.nightly import due
from tests.rules.sources import ROOT, modules

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
# How our code reads a variable of the environment.
READS = re.compile(
    r'\b(?:str|list|db|cache|email|required|whole_number|yes_or_no|address_in)\(\s*"([A-Z][A-Z_]{2,})"'
)
# Read by the proxy and by PostgreSQL's own image.
OTHERS = {"SITE_HOST", "UPSTREAM", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
HARDENED = {
    "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "NoNewPrivileges": "yes", "RestrictSUIDSGID": "yes", "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service", "User": "coproduce",
}  # fmt: skip


@cache
def variables() -> frozenset[str]:
    """Every variable that our code reads."""
    return frozenset(name for path in modules() for name in READS.findall(path.read_text()))


def named_in(path: Path) -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", path.read_text(), re.MULTILINE))


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_the_example_names_every_setting_and_no_other() -> None:
    assert {"DATABASE_URL", "SECRET_KEY", "METRICS_TOKEN", "TOMBSTONES"} <= variables()
    assert named_in(DEPLOY / "site.env.example") - OTHERS == variables()


def test_no_secret_has_a_value_in_a_file_that_is_shared() -> None:
    lines = (DEPLOY / "site.env.example").read_text().splitlines()
    for name in ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "EMAIL_URL", "METRICS_TOKEN"):
        assert any(line.startswith(f"# {name}=") for line in lines)
    said = (DEPLOY / "compose.yaml").read_text()
    assert "PASSWORD" not in said
    assert "SECRET_KEY" not in said


def test_compose_names_services_volumes_and_files_that_there_are() -> None:
    told = compose()
    for name, service in told["services"].items():
        assert set(service.get("depends_on", {})) <= set(told["services"]), name
        for mount in service.get("volumes", ()):
            source = mount.split(":")[0]
            assert source in told["volumes"] or (DEPLOY / source).exists(), mount
        assert set(service.get("environment", {})) <= variables() | OTHERS
    assert set(told["volumes"]) == {
        mount.split(":")[0]
        for service in told["services"].values()
        for mount in service["volumes"]
        if not mount.startswith(".")
    }
    built = told["services"]["site"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).exists()


def test_only_the_proxy_can_be_reached_and_the_site_can_write_only_where_it_must() -> None:
    told = compose()["services"]
    assert [name for name, service in told.items() if "ports" in service] == ["front"]
    for name in ("site", "tables", "backups"):
        assert told[name]["read_only"]
        assert told[name]["cap_drop"] == ["ALL"]


def test_commands_in_containers_and_units_are_commands_of_ours() -> None:
    known = get_commands()
    commands = [shlex.split(line.partition("=")[2]) for unit in UNITS for line in started_by(unit)]
    commands += [one["command"] for one in compose()["services"].values() if "command" in one]
    commands.append(ast.literal_eval(re.findall(r"^CMD (.*)$", containerfile(), re.MULTILINE)[0]))
    ours = [words for words in commands if "manage.py" in words]
    assert len(ours) >= 7
    for words in ours:
        assert words[words.index("manage.py") + 1] in known
    for words in commands:
        assert all((ROOT / word).exists() for word in words if word.startswith("deploy/"))


def started_by(unit: Path) -> list[str]:
    return [
        line for line in unit.read_text().splitlines() if line.startswith(("ExecStart=", "ExecStartPre="))
    ]


def containerfile() -> str:
    return (DEPLOY / "Containerfile").read_text()


def test_the_container_is_no_root_and_is_asked_whether_it_is_ready() -> None:
    said = containerfile()
    assert re.findall(r"^USER (\w+)$", said, re.MULTILINE) == ["coproduce"]
    assert said.index("collectstatic") < said.index("USER coproduce")
    assert "/readyz" in said
    for name in re.findall(r"\b([A-Z][A-Z_]{3,})=", said):
        assert name in variables() | {
            "PYTHONUNBUFFERED",
            "PYTHONDONTWRITEBYTECODE",
            "PIP_DISABLE_PIP_VERSION_CHECK",
        }


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_can_do_no_more_than_it_must(unit: Path) -> None:
    said = ConfigParser(strict=False, interpolation=None)
    said.optionxform = str
    said.read_string(unit.read_text())
    assert {name: said["Service"].get(name) for name in HARDENED} == HARDENED


def test_every_timer_has_its_service() -> None:
    assert TIMERS
    assert all(timer.with_suffix(".service").exists() for timer in TIMERS)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    copies = [shutil.copy(path, tmp_path) for path in (*UNITS, *TIMERS)]
    said = subprocess.run(["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False)
    lines = said.stderr.splitlines()
    # The programs are where a host puts them.
    assert [
        line
        for line in lines
        if str(tmp_path) in line or ("coproduce" in line and "not executable" not in line)
    ] == []


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this machine")
def test_caddy_understands_its_file() -> None:
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    environment = {"SITE_HOST": "coproduce.example", "HOME": "/nowhere", "PATH": "/usr/bin:/usr/local/bin"}
    said = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert said.returncode == 0, said.stderr


def test_each_night_there_is_one_backup_and_on_sunday_a_drill() -> None:
    sunday = datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert due(sunday, set()) == ["tombstones"]
    later = sunday.replace(hour=2)
    assert due(later, set()) == ["tombstones", "backup", "restore_drill"]
    assert due(later, {"2026-11-22 backup"}) == ["tombstones", "restore_drill"]
    assert due(later.replace(day=23), {"2026-11-22 backup"}) == ["tombstones", "backup"]
