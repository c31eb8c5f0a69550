"""Pattern strings of the style table to timed notes. All functions return (beat, beats, pitch, velocity)."""

import numpy as np

from training.corpus.harmony import Chord, near, scale_notes, voicing
from training.corpus.style_table import DRUM_PATTERNS

DRUM_NOTES = {
    "kick": 36,
    "snare": 38,
    "rim": 37,
    "clap": 39,
    "hat": 42,
    "pedal": 44,
    "open": 46,
    "ride": 51,
    "bell": 53,
    "crash": 49,
    "tom1": 48,
    "tom2": 45,
    "tom3": 41,
    "cowbell": 56,
    "tamb": 54,
    "shaker": 82,
}
PALM_MUTE_BEATS = 0.21
VELOCITY = {"X": 112, "x": 88, "o": 52}
BASS_DEGREES = {"1": 0, "3": 1, "5": 2, "7": 3, "8": 12}
TimedNote = tuple[float, float, int, int]


def bar_of(pattern: str, bar: int) -> str:
    """The bar of a several-bar pattern."""
    bars = pattern.split("|")
    return bars[bar % len(bars)]


def held_steps(text: str, step: int) -> int:
    """1 + the number of `-` after `step`."""
    end = step + 1
    while end < len(text) and text[end] == "-":
        end += 1
    return end - step


def drum_bar(
    rng: np.random.Generator, name: str, bar: int, beats: int, drop: frozenset[str], fill: bool
) -> list[TimedNote]:
    """One bar of drums from the beat 0. `drop` names instruments left out; `fill` ends with toms."""
    result = []
    for instrument, pattern in DRUM_PATTERNS[name].items():
        text = bar_of(pattern, bar)
        if instrument in drop:
            continue
        for step, token in enumerate(text):
            if token == ".":
                continue
            beat = step * beats / len(text)
            if fill and beat >= beats - 1 and instrument != "kick":
                continue
            if token == "o" and rng.random() < 0.3:
                continue
            result.append((beat, 0.2, DRUM_NOTES[instrument], VELOCITY[token]))
    if fill:
        for step in range(int(rng.choice([3, 4, 4, 6]))):
            tom = str(rng.choice(["snare", "tom1", "tom2", "tom3"]))
            result.append((beats - 1 + step / 4 if step < 4 else beats - 0.5, 0.2, DRUM_NOTES[tom], 84 + 6 * step))
    return result


def bass_bar(
    rng: np.random.Generator, pattern: str, bar: int, beats: int, chord: Chord, following: Chord, tonic: int, scale: str
) -> list[TimedNote]:
    """One bar of bass, notes between E1 (28) and about G2."""
    text = bar_of(pattern, bar)
    root = near((tonic + chord.root) % 12, 35)
    result = []
    for step, token in enumerate(text):
        if token in ".-":
            continue
        if token == "w":
            pool = scale_notes(scale, tonic, root - 5, root + 9) + [root + i for i in chord.intervals[:3]]
            pitch = int(rng.choice(pool))
        elif token == "a":
            target = near((tonic + following.root) % 12, 35)
            pitch = target + int(rng.choice([-1, 1, -2]))
        elif token == "6":
            pitch = root + 9
        else:
            index = BASS_DEGREES[token]
            intervals = chord.intervals if len(chord.intervals) > 3 else (*chord.intervals, 10)
            pitch = root + (12 if index == 12 else intervals[index])
        length = held_steps(text, step) * beats / len(text)
        result.append((step * beats / len(text), length * 0.92, max(pitch, 26), 100 if step == 0 else 90))
    return result


def comp_bar(
    rng: np.random.Generator, pattern: str, bar: int, beats: int, chord: Chord, tonic: int, centre: int
) -> list[TimedNote]:
    """One bar of accompaniment around the MIDI note `centre`."""
    text = bar_of(pattern, bar)
    notes = voicing(chord, tonic, centre)
    ladder = notes + [n + 12 for n in notes]
    result = []
    for step, token in enumerate(text):
        if token in ".-":
            continue
        beat, length = step * beats / len(text), held_steps(text, step) * beats / len(text)
        if token in "123456":
            result.append((beat, max(length, 0.4), ladder[int(token) - 1], 84))
        elif token in "pP":
            root = near((tonic + chord.root) % 12, centre)
            sounding = length * 0.95 if token == "P" else min(length, PALM_MUTE_BEATS)
            result += [(beat, sounding, root + interval, 104) for interval in (0, 7, 12)]
        elif token in "du":
            strummed = ladder[: len(notes) + 2]
            order = strummed if token == "d" else strummed[::-1]
            velocity = 92 if token == "d" else 76
            result += [(beat + 0.02 * i, max(length, 0.3), pitch, velocity) for i, pitch in enumerate(order)]
        else:
            velocity = 100 if token == "X" else 84
            sounding = length * 0.95 if length > beats / len(text) else 0.3
            result += [(beat, sounding, pitch, velocity) for pitch in notes]
    return result
