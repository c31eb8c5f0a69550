"""Scales, chord symbols and voicings as MIDI numbers."""

import re
from dataclasses import dataclass

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "pentatonic": (0, 2, 4, 7, 9),
    "blues": (0, 3, 5, 6, 7, 10),
    "bebop": (0, 2, 4, 5, 7, 9, 10, 11),
}
MINOR_SCALES = {"minor", "harmonic", "dorian", "phrygian", "blues"}
NOTE_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
NUMERALS = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
QUALITIES = {
    "": {True: (0, 4, 7), False: (0, 3, 7)},  # upper-case numeral, lower-case numeral
    "7": {True: (0, 4, 7, 10), False: (0, 3, 7, 10)},
    "6": {True: (0, 4, 7, 9), False: (0, 3, 7, 9)},
    "maj7": {True: (0, 4, 7, 11), False: (0, 3, 7, 11)},
    "m7": {True: (0, 3, 7, 10), False: (0, 3, 7, 10)},
    "m9": {True: (0, 3, 7, 10, 14), False: (0, 3, 7, 10, 14)},
    "m7b5": {True: (0, 3, 6, 10), False: (0, 3, 6, 10)},
}


@dataclass(frozen=True)
class Chord:
    """Root as semitones above the key note, and intervals above the root."""

    root: int
    intervals: tuple[int, ...]


def parse_chord(symbol: str) -> Chord:
    """'bVI', 'iim7', 'V7' -> Chord. Raises ValueError for an unknown symbol."""
    match = re.fullmatch(r"(b?)([IViv]+)(.*)", symbol)
    if match is None or match[2].upper() not in NUMERALS or match[3] not in QUALITIES:
        raise ValueError(f"unknown chord {symbol!r}")
    root = NUMERALS[match[2].upper()] - len(match[1])
    return Chord(root % 12, QUALITIES[match[3]][match[2].isupper()])


def parse_progression(text: str) -> list[Chord]:
    """One chord per bar."""
    return [parse_chord(symbol) for symbol in text.split()]


def near(pitch_class: int, centre: int) -> int:
    """The MIDI note of this pitch class nearest to `centre`."""
    offset = (pitch_class - centre) % 12
    return centre + (offset if offset <= 6 else offset - 12)


def voicing(chord: Chord, tonic: int, centre: int) -> list[int]:
    """Chord notes around `centre`, ascending, so that neighbouring chords lead smoothly."""
    return sorted(
        {near((tonic + chord.root + interval) % 12, centre + (i % 3) - 1) for i, interval in enumerate(chord.intervals)}
    )


def scale_notes(scale: str, tonic: int, low: int, high: int) -> list[int]:
    """All notes of the scale from low to high."""
    return [note for note in range(low, high + 1) if (note - tonic) % 12 in SCALES[scale]]
