"""The real command as a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


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


def close(services):
    """Let the files of a test's own services go: a long run has many homes."""
    index = services.indexing.at_hand()
    if index:
        index.close()
    services.library.close()
