"""Photos that somebody attached, small enough for a report; what is no photo, or a broken one, is left out."""

from __future__ import annotations

from io import BytesIO

_SIDE, _MOST_PIXELS = 900, 80_000_000
"""Pixels of the longer side, and of a whole photo that is opened at all."""


def thumbnail(content: bytes) -> bytes | None:
    """A photo as a small JPEG the right way up; ``None`` for anything else."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.draft("RGB", (_SIDE, _SIDE))
            photo = ImageOps.exif_transpose(opened).convert("RGB")
            photo.thumbnail((_SIDE, _SIDE))
            held = BytesIO()
            photo.save(held, "JPEG", quality=80)
            return held.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
