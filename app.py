"""安衡 in the browser: settings → services → site."""

from __future__ import annotations

import sys

from assistant.errors import AnHengError
from assistant.services import Services
from assistant.settings import Settings
from assistant.store.repository import Repository
from assistant.terminal import Progressing
from assistant.web.site import build_site, serve


def main() -> int:
    """Serve until stopped."""
    try:
        settings = Settings()
        with Progressing() as bar:
            services = Services(settings, bar)
            services.warm()
        site = build_site(services, Repository.in_home(settings.home), settings)
        address = serve(site, settings)
    except AnHengError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(f"安衡已启动：{address}（按 Ctrl+C 停止）\n")
    sys.stdout.flush()
    site.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
