"""The body of a reply: read and decompressed up to a bound, and no further."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from aiohttp import ClientResponse

CHUNK = 64 * 1024
ANY_HEADER = 32 + zlib.MAX_WBITS
"""gzip or zlib, as the data say"""
CODINGS = {"gzip", "x-gzip", "deflate"}


class Body(NamedTuple):
    """What was read."""

    content: bytes = b""
    whole: bool = True
    """whether that is all of it"""


async def read_body(reply: ClientResponse, limit: int) -> Body:
    """At most `limit` bytes, counted after decompression. What remains is not fetched; the connection is given up then.

    Raises what aiohttp raises where the connection ends too early.
    """
    coding = reply.headers.get("Content-Encoding", "").strip().lower()
    if coding and coding not in (*CODINGS, "identity"):
        reply.close()
        return Body(whole=False)
    decoder = zlib.decompressobj(ANY_HEADER) if coding in CODINGS else None
    chunks: list[bytes] = []
    left = limit
    while left > 0:
        raw = await reply.content.read(CHUNK)
        if not raw:
            return Body(b"".join(chunks))
        try:
            chunk = decoder.decompress(raw, left) if decoder else raw[:left]
        except zlib.error:
            break
        chunks.append(chunk)
        left -= len(chunk)
    if not reply.content.at_eof():
        reply.close()
    return Body(b"".join(chunks), reply.content.at_eof() and left > 0)
