"""What tests from outside share: one home with its index, built once from the real knowledge base, and the real command."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.services import Services
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built_home(tmp_path_factory):
    """A home whose index is built. Never changed: copy it (``own_home``) to change it."""
    home = tmp_path_factory.mktemp("built") / "home"
    services = Services(Settings(home=home))
    assert services.index.count > 0
    services.library.close()
    return home


@pytest.fixture(scope="session")
def services(built_home):
    """Services on the shared home, for asking only."""
    return Services(Settings(home=built_home))


@pytest.fixture
def own_home(built_home, tmp_path):
    """A copy of the shared home that a test may change or break."""
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def sentence(self):
        """The one sentence on stderr of a command that failed; anything else there is a failure of the test."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


def environment(home, **more):
    """The environment of a user who has set nothing but the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANHENG_", "PYTHON"))}
    return kept | {"ANHENG_HOME": str(home), "PYTHONIOENCODING": "utf-8"} | more


def started(*args, home, cwd=ROOT, **env):
    """The real command as a process."""
    command = [sys.executable, "-m", "assistant.cli", *map(str, args)]
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=environment(home, **({"PYTHONPATH": str(ROOT)} | env)),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(process, seconds=120):
    out, err = process.communicate(timeout=seconds)
    return Ran(process.returncode, out, err)


@pytest.fixture
def start():
    """Start the command, to run beside another."""
    processes = []

    def starting(*args, **named):
        processes.append(started(*args, **named))
        return processes[-1]

    yield starting
    for process in processes:
        if process.poll() is None:
            process.kill()


@pytest.fixture
def anheng(start):
    """Run the command to its end."""
    return lambda *args, **named: ran(start(*args, **named))
