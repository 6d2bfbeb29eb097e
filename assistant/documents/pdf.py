"""PDF of a Word or PowerPoint file, by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from assistant.errors import UsageError

WITHOUT = "本机没有 LibreOffice，不能直接生成 PDF：请在网页上点“打印”另存为 PDF，或者下载原文件后在 Office、WPS 里另存为 PDF。"
FAILED = "LibreOffice 没有转成 PDF，请下载原文件后在 Office、WPS 里另存为 PDF。"
_SECONDS = 240
_SERIF, _SANS = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun"), ("Noto Sans CJK SC", "Source Han Sans SC", "SimHei")
_INSTEAD = {
    "微软雅黑": _SANS, "Microsoft YaHei": _SANS, "黑体": _SANS, "SimHei": _SANS,
    "华文中宋": _SERIF, "STZhongsong": _SERIF, "宋体": _SERIF, "方正小标宋简体": _SERIF,
    "仿宋_GB2312": ("仿宋", "FangSong", *_SERIF), "楷体_GB2312": ("楷体", "KaiTi", *_SERIF),
}  # fmt: skip
"""What this machine takes for a font that it lacks."""


def to_pdf(data: bytes, suffix: str = ".docx") -> bytes:
    """The PDF of a file; ``suffix`` is ``.docx`` or ``.pptx``. Raises ``UsageError`` where LibreOffice is absent or gives up."""
    found = program()
    if found is None:
        raise UsageError(WITHOUT)
    with TemporaryDirectory() as folder:
        source, fonts = Path(folder) / f"file{suffix}", Path(folder) / "fonts.conf"
        source.write_bytes(data)
        fonts.write_text(_fonts(), encoding="utf-8")
        command = [found, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run(
                [*command, "--outdir", folder, str(source)],
                env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
            return (Path(folder) / "file.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UsageError(FAILED) from error


def program() -> str | None:
    """LibreOffice's command; ``None`` where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _fonts() -> str:
    """The machine's own configuration, and what stands in for fonts that it lacks."""
    aliases = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><accept>{"".join(f"<family>{escape(one)}</family>" for one in others)}</accept></alias>'
        for name, others in _INSTEAD.items()
    )
    return f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>'
