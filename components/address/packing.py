"""A program's text as a part of an address, and back. What comes back is a stranger's text."""

import base64
import binascii
import zlib

import autograd_explorer as ax

# Browsers and proxies take addresses of some 8,000 characters everywhere.
LONGEST = 6_000


def pack(source: str) -> str | None:
    """The text, compressed; None where the address would be too long."""
    packed = base64.urlsafe_b64encode(zlib.compress(source.encode(errors="replace"), 9))
    text = packed.decode().rstrip("=")
    return text if len(text) <= LONGEST else None


def unpack(text: str) -> str | None:
    """The program's text; None where it is none, or longer than a program may be."""
    if len(text) > LONGEST:
        return None
    most = ax.DEFAULT.source_chars * 4
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        reader = zlib.decompressobj()
        plain = reader.decompress(packed, most)
        if not reader.eof:
            return None  # cut off, or more than a program may hold
        return plain.decode()
    except (binascii.Error, ValueError, zlib.error):
        return None
