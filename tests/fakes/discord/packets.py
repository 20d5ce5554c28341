"""Gateway packets on the wire: as text, or squeezed as the address asked for."""

import importlib
import json
import zlib
from collections.abc import Callable

from tests.fakes.discord.things import Json

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11

Squeeze = Callable[[bytes], bytes]


def squeezing(compress: str | None) -> Squeeze | None:
    """What makes bytes of a packet, with the memory of those before; None for plain text."""
    if compress == "zlib-stream":
        stream = zlib.compressobj()
        return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)
    if compress == "zstd-stream":
        # Only a client that has it itself asks for it: Python 3.14's own.
        compressor = importlib.import_module("compression.zstd").ZstdCompressor()
        return lambda data: bytes(compressor.compress(data, compressor.FLUSH_BLOCK))
    return None


def written(packet: Json) -> bytes:
    return json.dumps(packet, separators=(",", ":")).encode()


def dispatch(name: str, body: Json | None, number: int) -> Json:
    return {"op": DISPATCH, "t": name, "s": number, "d": body}


def control(op: int, body: object = None) -> Json:
    return {"op": op, "t": None, "s": None, "d": body}
