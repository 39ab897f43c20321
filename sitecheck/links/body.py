"""The body of a reply: read and decompressed up to a bound, and no further."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import ClientResponse

if TYPE_CHECKING:
    from zlib import _Decompress

CHUNK = 64 * 1024
GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
"""what zlib calls the three wrappings of the same compression"""
GZIP_START = b"\x1f\x8b"
CODINGS = {"gzip", "x-gzip", "deflate"}
MOST_MEMBERS = 1000
"""parts that a body of gzip may have: thousands of empty ones would keep us busy with nothing"""


class Body(NamedTuple):
    """What was read."""

    content: bytes = b""
    whole: bool = True
    """whether that is all of it"""


class Unpacking:
    """Decompresses a body as it comes. gzip may have several members, and deflate is sent with and without a header."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._member: _Decompress | None = None
        self._members = 0
        self._start = b""
        """too little to tell what begins with it"""
        self.ended = False
        """whether what follows is no part of the page, as browsers see it, too"""

    @property
    def is_complete(self) -> bool:
        """Whether the body may end here."""
        return self._member is None and (self._members > 0 or not self._start)

    def feed(self, raw: bytes, most: int) -> bytes:
        """What `raw` adds, up to `most` bytes. Once that is reached, nothing more can be fed. Raises zlib.error."""
        data, self._start = self._start + raw, b""
        chunks: list[bytes] = []
        while data and most > 0 and not self.ended:
            if self._member is None and len(data) < len(GZIP_START):
                self._start = data
                break
            member = self._member = self._member or self._opened(data)
            if member is None:
                break
            chunks.append(member.decompress(data, most))
            most -= len(chunks[-1])
            data = member.unused_data
            if member.eof:
                self._member = None
        return b"".join(chunks)

    def _opened(self, data: bytes) -> _Decompress | None:
        """What decompresses the member that begins here; None where none does."""
        is_gzip = data.startswith(GZIP_START)
        if self._members and not (is_gzip and self._coding != "deflate"):
            self.ended = True
            return None
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error("too many members")
        if is_gzip or self._coding != "deflate":
            return zlib.decompressobj(GZIP)
        has_header = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.decompressobj(ZLIB if has_header else RAW)


async def read_body(reply: ClientResponse, limit: int) -> Body:
    """At most `limit` bytes, as they are sent and after decompression. The connection is given up where some remain.

    A body that cannot be decompressed is not whole. Raises what aiohttp raises where the connection ends too early.
    """
    coding = reply.headers.get("Content-Encoding", "").strip().lower()
    if coding and coding not in (*CODINGS, "identity"):
        reply.close()
        return Body(whole=False)
    unpacking = Unpacking(coding) if coding in CODINGS else None
    chunks: list[bytes] = []
    unread = room = limit
    whole = False
    while unread > 0 and room > 0 and not whole:
        raw = await reply.content.read(min(CHUNK, unread))
        if not raw:
            whole = unpacking is None or unpacking.is_complete
            break
        try:
            chunk = unpacking.feed(raw, room) if unpacking else raw
        except zlib.error:
            break
        chunks.append(chunk)
        unread -= len(raw)
        room -= len(chunk)
        whole = unpacking is not None and unpacking.ended
    if not reply.content.at_eof():
        reply.close()
    return Body(b"".join(chunks), whole)
