#!/usr/bin/env python3
"""Adds a table DfGl to faces of TrueType outlines: their first glyphs, deflated.

    fonts/deflate-glyphs.py COUNT FACE...

A PDF holds a face with the glyphs that it draws, deflated. With this table a program copies the deflated glyphs instead
of looking for what repeats in them. All glyphs are coded with one Huffman code, so that any of them, in any order, make up
one block of RFC 1951. The table is a list of runs of bits, in numbers of big-endian bytes:

    uint32              number of runs
    uint32 for each     where the run begins, in bits from the first; one more for where the last one ends
    bytes               the runs, bit after bit from the lowest of each byte

Run 0 opens a block that is not the last and gives its code, run 1 closes it, runs 2 to 257 are the bytes 0 to 255, and
the others are glyphs, from the face's first one on.
"""
import struct
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush
from math import log2

from fontTools.ttLib import TTFont, newTable

# RFC 1951, 3.2.5: the shortest length and distance of each symbol, and the bits that follow it.
LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
LENGTH_BITS = [0] * 8 + [n for n in range(1, 6) for _ in range(4)] + [0]
DISTANCES = [1, 2] + [first + 1 for n in range(14) for first in (2 << n, 3 << n)]
DISTANCE_BITS = [0, 0] + [n for n in range(14) for _ in range(2)]
LONGEST_CODE = 15
END = 256


def length_symbol(length):
    return bisect_right(LENGTHS, length) - 1


def distance_symbol(distance):
    return bisect_right(DISTANCES, distance) - 1


def matches(glyph):
    """Returns for each byte the lengths and distances of what stood before, each longer than the one nearer by."""
    found, places = [[] for _ in glyph], defaultdict(list)
    for start in range(len(glyph) - 2):
        longest = 2
        for before in reversed(places[glyph[start : start + 3]]):
            length = 3
            while length < 258 and start + length < len(glyph) and glyph[before + length] == glyph[start + length]:
                length += 1
            if length > longest:
                found[start].append((length, start - before))
                longest = length
        places[glyph[start : start + 3]].append(start)
    return found


def tokens(glyph, found, literal_cost, distance_cost):
    """Returns the bytes and matches that take the fewest bits."""
    best = [(0, None)] * (len(glyph) + 1)
    for start in reversed(range(len(glyph))):
        choice = (literal_cost[glyph[start]] + best[start + 1][0], None)
        for longest, distance in found[start]:
            symbol = distance_symbol(distance)
            cost = distance_cost[symbol] + DISTANCE_BITS[symbol]
            for length in range(3, longest + 1):
                symbol = length_symbol(length)
                bits = cost + literal_cost[END + 1 + symbol] + LENGTH_BITS[symbol] + best[start + length][0]
                choice = min(choice, (bits, (length, distance)), key=lambda choice: choice[0])
        best[start] = choice
    start, made = 0, []
    while start < len(glyph):
        match = best[start][1]
        made.append(match or glyph[start])
        start += match[0] if match else 1
    return made


def code_lengths(counts):
    """Returns the length of each symbol's Huffman code; 0 of one that does not occur."""
    least = 1
    while True:
        heap = [(max(count, least), symbol, (symbol,)) for symbol, count in enumerate(counts) if count]
        lengths = [0] * len(counts)
        heapify(heap)
        while len(heap) > 1:
            (one, first, ones), (two, _, twos) = heappop(heap), heappop(heap)
            for symbol in ones + twos:
                lengths[symbol] += 1
            heappush(heap, (one + two, first, ones + twos))
        if max(lengths) <= LONGEST_CODE:
            return lengths
        least *= 2


def codes(lengths):
    """Returns the code of each symbol and its length (RFC 1951, 3.2.2), the first bit in the lowest place."""
    code, made = 0, {}
    for length in range(1, LONGEST_CODE + 1):
        for symbol, own in enumerate(lengths):
            if own == length:
                made[symbol] = (int(f"{code:0{length}b}"[::-1], 2), length)
                code += 1
        code <<= 1
    return made


def deflated(glyphs):
    """Returns the runs of the table, each a list of values and how many bits they have."""
    found = [matches(glyph) for glyph in glyphs]
    literal_cost, distance_cost = [7] * 286, [5] * 30
    # A few rounds: what takes few bits depends on the code, and the code on what is taken.
    for _ in range(4):
        made = [tokens(glyph, each, literal_cost, distance_cost) for glyph, each in zip(glyphs, found)]
        literals, distances = Counter(range(END + 1)), Counter()
        for token in (token for glyph in made for token in glyph):
            if isinstance(token, int):
                literals[token] += 1
            else:
                literals[END + 1 + length_symbol(token[0])] += 1
                distances[distance_symbol(token[1])] += 1
        costs = lambda counts, size: [-log2(max(counts[symbol], 0.5) / counts.total()) for symbol in range(size)]
        literal_cost, distance_cost = costs(literals, 286), costs(distances, 30)
    lengths = code_lengths([literals[symbol] for symbol in range(286)])
    distance_lengths = code_lengths([distances[symbol] for symbol in range(30)])
    literal_codes, distance_codes = codes(lengths), codes(distance_lengths)

    def bits(token):
        if isinstance(token, int):
            return [literal_codes[token]]
        (length, distance), (one, two) = token, (length_symbol(token[0]), distance_symbol(token[1]))
        return [
            literal_codes[END + 1 + one],
            (length - LENGTHS[one], LENGTH_BITS[one]),
            distance_codes[two],
            (distance - DISTANCES[two], DISTANCE_BITS[two]),
        ]

    # The lengths 0 to 15 are given in four bits each, and none is repeated.
    opening = [(0, 1), (2, 2), (286 - 257, 5), (30 - 1, 5), (19 - 4, 4)] + [(0, 3)] * 3 + [(4, 3)] * 16
    plain = codes([4] * 16)
    opening += [plain[length] for length in lengths + distance_lengths]
    return [opening, [literal_codes[END]], *([literal_codes[byte]] for byte in range(256))] + [
        [piece for token in glyph for piece in bits(token)] for glyph in made
    ]


for path in sys.argv[2:]:
    font = TTFont(path, recalcTimestamp=False)
    outlines, places = font.getTableData("glyf"), font["loca"]
    glyphs = [outlines[start:end] for start, end in zip(places, list(places)[1:])][: int(sys.argv[1])]
    value, size, starts = 0, 0, []
    pieces = bytearray()
    for run in deflated(glyphs):
        starts.append(8 * len(pieces) + size)
        for piece, length in run:
            value |= piece << size
            size += length
            while size >= 8:
                pieces.append(value & 255)
                value, size = value >> 8, size - 8
    starts.append(8 * len(pieces) + size)
    pieces.append(value)
    table = newTable("DfGl")
    table.data = struct.pack(f">{len(starts) + 1}I", len(starts) - 1, *starts) + bytes(pieces)
    font["DfGl"] = table
    font.save(path)
    print(f"{path}: {len(glyphs)} glyphs of {sum(map(len, glyphs))} bytes in {len(table.data)}")
