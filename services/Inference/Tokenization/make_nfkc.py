"""Writes nfkc.bin.gz, the Unicode tables of Nfkc.cs: python3 make_nfkc.py

The runtime is built without culture data, where string.Normalize leaves all but ASCII as it is, and the model was trained on text
normalised by Python's unicodedata: the same data on both sides. Little-endian int32 throughout:
  count, then (code point, combining class)            for each class other than 0
  count, then (code point, length, decomposition ...)  full compatibility decomposition; Hangul syllables are computed instead
  count, then (first, second, composed)                primary composites
  count, then (first, last)                            ranges of code points that may change a text or be changed in it
"""
import gzip
import struct
import unicodedata as u

points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
hangul = range(0xAC00, 0xD7A4)
classes = [(c, u.combining(chr(c))) for c in points if u.combining(chr(c))]
decompositions = [(c, [ord(x) for x in u.normalize("NFKD", chr(c))]) for c in points if c not in hangul]
decompositions = [(c, d) for c, d in decompositions if d != [c]]
composites = []
for c in points:
    parts = u.decomposition(chr(c)).split()
    if len(parts) == 2 and not parts[0].startswith("<"):
        pair = [int(p, 16) for p in parts]
        if u.normalize("NFC", "".join(map(chr, pair))) == chr(c):
            composites.append((*pair, c))
seconds = {second for _, second, _ in composites} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
ranges = []
for c in points:
    if c in seconds or u.combining(chr(c)) or u.normalize("NFKC", chr(c)) != chr(c):
        if ranges and ranges[-1][1] == c - 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])

numbers = [len(classes), *(n for entry in classes for n in entry)]
numbers += [len(decompositions)]
for c, d in decompositions:
    numbers += [c, len(d), *d]
numbers += [len(composites), *(n for entry in composites for n in entry)]
numbers += [len(ranges), *(n for entry in ranges for n in entry)]
with open("nfkc.bin.gz", "wb") as file:
    file.write(gzip.compress(struct.pack(f"<{len(numbers)}i", *numbers), 9, mtime=0))
print(u.unidata_version, len(classes), len(decompositions), len(composites), len(ranges))
