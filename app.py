"""安衡 in the browser: settings → services → site. `make run` starts it."""

from __future__ import annotations

import sys

from assistant.errors import AnHengError
from assistant.terminal import read_settings
from assistant.web.run import run


def main() -> int:
    """Serve until stopped; an error is one sentence and an exit code."""
    try:
        run(read_settings())
    except AnHengError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
