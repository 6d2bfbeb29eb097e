"""A disk that is really full: a file system of its own in memory, for the tests that may mount one."""

import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def small(folder, size):
    """A disk of so many bytes at ``folder``."""
    folder.mkdir(exist_ok=True)
    ran = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, text=True)
    if ran.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {ran.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder, leave=0):
    """Nothing more fits, apart from ``leave`` bytes."""
    file = folder / "full"
    with file.open("wb", buffering=0) as held:
        try:
            while True:
                held.write(b"x" * 4096)
        except OSError:
            pass
        if leave:
            held.truncate(max(0, held.tell() - leave))
