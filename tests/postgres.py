"""A PostgreSQL of its own on loopback, from Debian's package, for the tests of one run."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USERS = ("postgres", "nobody")
"""Whom PostgreSQL may run as where the tests run as root, which it refuses."""


def binaries():
    """The folder of ``initdb``; ``None`` where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class Postgres:
    """Started by ``start``; ``url`` is its address; ``close`` leaves nothing behind."""

    def __init__(self, folder):
        self._bin = folder
        self._home = Path(tempfile.mkdtemp(prefix="anheng-pg-", dir="/tmp"))
        self._as = []
        if os.geteuid() == 0:
            user = next(pwd.getpwnam(name) for name in USERS if name in {one.pw_name for one in pwd.getpwall()})
            os.chown(self._home, user.pw_uid, user.pw_gid)
            self._as = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._run("initdb", "-D", self._home / "data", "-U", "anheng", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-h 127.0.0.1 -p {self._port} -k {self._home} -c fsync=off"
        self._run("pg_ctl", "-D", self._home / "data", "-w", "-l", self._home / "log", "-o", options, "start")
        return self

    def url(self, name="postgres"):
        return f"postgresql://anheng@127.0.0.1:{self._port}/{name}"

    def fresh(self, name):
        """A new empty database; returns its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", "anheng", name)
        return self.url(name)

    def close(self):
        self._run("pg_ctl", "-D", self._home / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, name, *arguments):
        command = [*self._as, self._bin / name, *arguments]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=self._home, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
