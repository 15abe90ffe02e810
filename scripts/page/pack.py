"""Packs what is on standard input by LZMA, as examples/page/lzma.mjs reads it: a header of 13 bytes with the length, no end mark.

liblzma, which Python has, makes it a little smaller than the encoders of npm do."""

import lzma
import struct
import sys

# Literals by the four highest bits of the byte before. Neither WebAssembly nor text has anything every two or four bytes.
SETTINGS = {
    "id": lzma.FILTER_LZMA1,
    "preset": 9 | lzma.PRESET_EXTREME,
    "lc": 4,
    "lp": 0,
    "pb": 0,
    "dict_size": 1 << 20,
}

data = sys.stdin.buffer.read()
packed = lzma.compress(data, format=lzma.FORMAT_RAW, filters=[SETTINGS])
properties = (SETTINGS["pb"] * 5 + SETTINGS["lp"]) * 9 + SETTINGS["lc"]
sys.stdout.buffer.write(struct.pack("<BIQ", properties, SETTINGS["dict_size"], len(data)) + packed)
