"""The start-up script, without a network: it believes programs by their answers, not their names."""

import socket
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import CommandError

from coproduce.management.commands.serve import refuse_unusable

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script as a module that takes an empty folder for its clone."""
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    module = module_from_spec(spec_from_loader("dev", SourceFileLoader("dev", str(ROOT / "dev"))))
    module.__spec__.loader.exec_module(module)
    (tmp_path / ".python-version").write_text("3.13\n")
    for name, path in {"ROOT": "", "LOCAL": ".local", "VENV": ".venv"}.items():
        monkeypatch.setattr(module, name, tmp_path / path)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    return module


def put(path: Path, *lines: str) -> Path:
    """A program that does what the lines of shell say."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def test_a_uv_that_does_not_answer_is_passed_over(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(tmp_path / "shims" / "uv", "echo 'uv: command not found' >&2", "exit 127")
    answering = put(tmp_path / "with space" / "uv", "echo uv 1.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}:{tmp_path / 'with space'}")
    assert dev.find_uv() == str(answering)


def test_a_broken_shim_does_not_hide_the_python_wished_for(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(tmp_path / "shims" / "python3.13", "exit 127")
    put(tmp_path / "pyenv" / "versions" / "3.12.1" / "bin" / "python3", "echo 3 12 /older")
    put(tmp_path / "pyenv" / "versions" / "3.13.0" / "bin" / "python3", "echo 3 13 '/a path/python'")
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    assert dev.find_python("no-uv") == "/a path/python"


def test_the_newest_python_that_will_do_stands_in_for_the_one_wished_for(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for minor in (11, 12, 14):
        put(tmp_path / "pyenv" / "versions" / f"3.{minor}.0" / "bin" / "python3", f"echo 3 {minor} /{minor}")
    monkeypatch.setenv("PATH", "")
    assert dev.find_python("no-uv") == "/14"


def test_without_a_python_that_will_do_the_way_out_is_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    uv = put(tmp_path / "uv", "exit 1")
    with pytest.raises(SystemExit, match=r"Install python3\.13"):
        dev.make_environment(str(uv))


def test_a_folder_of_somebody_else_is_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setattr(dev, "LOCAL", tmp_path / "file" / ".local")
    with pytest.raises(SystemExit, match=r"Run \./dev as the owner"), dev.one_at_a_time():
        pass


def test_a_busy_port_gets_a_sentence_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        with pytest.raises(CommandError, match=f"Port {port} cannot be used .* choose another port"):
            refuse_unusable(port)


@pytest.mark.parametrize("port", ["", "http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CommandError, match="Give a number from 1 to 65535"):
        refuse_unusable(port)


def test_setting_up_says_nothing_on_standard_output(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that `./dev import_transcript … --json` is JSON on a first start too."""
    dev.say("Making .venv ...")
    said = capsys.readouterr()
    assert said.out == ""
    assert "Making .venv" in said.err
