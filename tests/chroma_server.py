"""A real Chroma server on this machine, that a test may kill and start again."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


class Chroma:
    """``chroma run`` on a folder and a free port."""

    def __init__(self, folder):
        self.folder, self.process = folder, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        command = [Path(sys.executable).parent / "chroma", "run", "--path", self.folder, "--host", "127.0.0.1", "--port"]
        self.process = subprocess.Popen(
            [*map(str, command), str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False, timeout=1).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("chroma did not start")

    def kill(self):
        """At once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def freeze(self):
        """It takes connections and never answers."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def collections(self):
        base = f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
        return sorted(found["name"] for found in httpx.get(base, trust_env=False).json())

    def delete(self, name):
        base = f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
        assert httpx.delete(f"{base}/{name}", trust_env=False).is_success
