"""Melodies: a motif walked over the scale, repeated and varied, chord notes on strong beats."""

import numpy as np

from training.corpus.harmony import Chord, scale_notes

# One bar each on a grid of 16; `x` starts a note, `-` holds, `.` rests.
RHYTHMS = {
    "song": (
        "x---x---x-x-x---",
        "..x-x-x---x-x---",
        "x-----x-x---....",
        "x-x-x---x-x-x---",
        "....x-x-x-x-x---",
        "x--x--x---x-x-..",
        "x-----------....",
        "x-x---x-..x-x---",
    ),
    "riff": ("x..x..x.x..x..x.", "x.x...x.x.x...x.", "x-..x-..x-x-....", "x...x.x...x.x...", "..x..x..x..x..x."),
    "rap": ("x.xxx.x.xxx.x.x.", "xx.xx.x.xx.xx.x.", "x.x.xxx.x.x.xxx.", "xxxx.xx.x.xxx...", "..xxx.xxx.x.x.x."),
    "long": ("x---------------", "x-------x-------", "........x-------", "x-----------x---"),
    "fast": ("x-x-x-x-xxxxx-x-", "xxxxxxxxx-x-x---", "x---x-x-x---xxxx", "x-------x-x-x-x-", "x-xxx-xxx-xxx---"),
}
SWING_RHYTHMS = (
    "x-xx-xx-xx--",
    "...x-xx-xx--",
    "x--x-x..xx-x",
    "..xx-xx-....",
    "x-xx-xx-xx-x",
    "x-----..xx-x",
    "..x--x..x---",
)


def bar_starts(rhythm: str) -> list[tuple[int, int]]:
    """(step, length in steps) of each note of a bar."""
    starts = [i for i, token in enumerate(rhythm) if token == "x"]
    lengths = []
    for start in starts:
        end = start + 1
        while end < len(rhythm) and rhythm[end] == "-":
            end += 1
        lengths.append(end - start)
    return list(zip(starts, lengths))


def compose_melody(
    rng: np.random.Generator,
    kind: str,
    chords: list[Chord],
    scale: str,
    tonic: int,
    low: int,
    high: int,
    beats_per_bar: int,
) -> list[tuple[float, float, int, int]]:
    """Notes as (start beat, length in beats, pitch, velocity) over `chords`, one chord per bar."""
    notes = scale_notes(scale, tonic, low, high)
    choices = SWING_RHYTHMS if kind == "swing" else RHYTHMS[kind]
    motif = [str(rng.choice(choices)) for _ in range(2)]
    steps_of_motif = rng.integers(-2, 3, size=64)
    position = len(notes) // 2
    result = []
    for bar, chord in enumerate(chords):
        if kind in ("song", "rap") and bar % 8 >= 6 and rng.random() < 0.4:
            continue
        rhythm = motif[bar % 2] if rng.random() < 0.7 else str(rng.choice(choices))
        step_beats = beats_per_bar / len(rhythm)
        for index, (step, length) in enumerate(bar_starts(rhythm)):
            move = steps_of_motif[(bar % 2) * 16 + index % 16] if rng.random() < 0.75 else rng.integers(-3, 4)
            if kind == "rap":
                move = rng.integers(-1, 2) - (position - len(notes) // 2)
            position = int(np.clip(position + move, 0, len(notes) - 1))
            if position in (0, len(notes) - 1):
                position = len(notes) // 2
            pitch = notes[position]
            if step % (len(rhythm) // 2) == 0 and kind != "rap":
                wanted = [
                    n
                    for n in range(pitch - 3, pitch + 4)
                    if (n - tonic - chord.root) % 12 in {i % 12 for i in chord.intervals}
                ]
                pitch = min(wanted, key=lambda n: abs(n - pitch)) if wanted else pitch
            velocity = int(np.clip(rng.normal(92 if step == 0 else 82, 10), 40, 124))
            result.append(((bar * beats_per_bar) + step * step_beats, length * step_beats * 0.95, pitch, velocity))
    return result
