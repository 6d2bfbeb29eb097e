"""Reads a reader's file in a process of its own: ``python -m assistant.reading FILE NAME FOLDER``.

A hostile or broken file can then do no more than end this process; what it took of memory goes with it; ending it is how a
reader cancels; and whoever asks meanwhile keeps the interpreter to himself. It says how far it is, a line of JSON a step,
and leaves the passages and their index in FOLDER. With ``page FILE NAME NUMBER`` it writes width, height and image of one page.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.errors import AnHengError
from assistant.shelf import INDEX, PASSAGES

_MEMORY = 6 * 1024**3
"""Bytes of address space: some six times what a page of A4 takes to recognise."""


def main(arguments: list[str]) -> int:
    """Read, or draw a page; what a user has to be told is one line of JSON."""
    _restrain()
    try:
        if arguments[0] == "page":
            _draw(Path(arguments[1]), arguments[2], int(arguments[3]))
        else:
            _read(Path(arguments[0]), arguments[1], Path(arguments[2]))
    except AnHengError as error:
        _say(error=str(error))
        return 1
    except (MemoryError, RecursionError):
        _say(error=f"“{arguments[1]}”太大或结构异常，读取时内存不够，请拆分后再放进来。")
        return 1
    return 0


def _read(file: Path, name: str, folder: Path) -> None:
    from assistant.ingest.material import read_material
    from assistant.search.lexical import Segment, TokenLists
    from assistant.search.tokens import tokenize

    reading = read_material(file, name, lambda what, done, pages: _say(what=what, done=done, pages=pages))
    lists = TokenLists()
    with (folder / PASSAGES).open("w", encoding="utf-8") as out:
        for passage in reading.passages:
            lists.append(tokenize(passage.text))
            out.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")
    Segment.build(lists, range(len(reading.passages))).save(folder / INDEX)
    _say(kind=reading.kind, pages=reading.pages, passages=len(reading.passages), notes=reading.notes)


def _draw(file: Path, name: str, number: int) -> None:
    from assistant.ingest.pages import Pages

    with Pages(file, name) as pages:
        image, (width, height) = pages.jpeg(number)
        sys.stdout.buffer.write(f"{width} {height}\n".encode() + image)


def _say(**values: object) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _restrain() -> None:
    """Others go first, and memory has an end; where the system knows neither, as on Windows, nothing is done."""
    if sys.platform != "win32":
        import resource

        os.nice(10)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
