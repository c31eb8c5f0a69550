"""More separation material from multi-track MIDI files: `python -m training.corpus.import_midi FOLDER [--per-file 2]`.

Renders excerpts of every .mid below FOLDER (for example the OpenMSX set of OpenTTD, GPL-2) into the training split.
They carry no style label, so the classifier never sees them.
"""

import argparse
import json
import multiprocessing
from pathlib import Path

import mido
import numpy as np

from training.corpus.rendering import TRAINING, render_song
from training.corpus.song import Note, Part, Song
from training.settings import STEMS, training_dir

DURATION_SEC = 24.0
DRUM_CHANNEL = 9
FIRST_SEED = 3000
BASS_PROGRAMS = set(range(32, 40)) | {43, 58}
VOICE_PROGRAMS = {52, 53, 54, 85, 91}
LONGEST_NOTE_SEC = 8.0


def notes_by_sound(path: Path) -> dict[tuple[int, int], list[Note]]:
    """(channel, program) -> notes in seconds of the whole file."""
    now, programs, held, result = 0.0, dict.fromkeys(range(16), 0), {}, {}
    for message in mido.MidiFile(path):
        now += message.time
        if message.type == "program_change":
            programs[message.channel] = message.program
        if message.type not in ("note_on", "note_off"):
            continue
        key = (message.channel, message.note)
        if key in held:
            start, velocity, program = held.pop(key)
            length = min(max(now - start, 0.03), LONGEST_NOTE_SEC)
            result.setdefault((message.channel, program), []).append(Note(start, length, message.note, velocity))
        if message.type == "note_on" and message.velocity:
            held[key] = (now, message.velocity, programs[message.channel])
    return result


def excerpt(path: Path, seed: int) -> Song | None:
    """24 s from a random place; None if fewer than two stems sound there."""
    rng = np.random.default_rng([seed, 3])
    sounds = notes_by_sound(path)
    end = max((notes[-1].start_sec for notes in sounds.values()), default=0.0)
    begin = float(rng.uniform(0, max(end - DURATION_SEC, 0.1)))
    parts = []
    for (channel, program), notes in sounds.items():
        inside = [
            Note(note.start_sec - begin, note.length_sec, note.pitch, note.velocity)
            for note in notes
            if begin <= note.start_sec < begin + DURATION_SEC - 0.1
        ]
        if not inside:
            continue
        if channel == DRUM_CHANNEL:
            parts.append(Part("drums", str(rng.choice(["gm:0", "gm:8", "gm:16", "kit"])), inside, is_drums=True))
            continue
        stem = "bass" if program in BASS_PROGRAMS else "vocals" if program in VOICE_PROGRAMS else "other"
        sound = "choir" if stem == "vocals" else program
        parts.append(Part(stem, sound, inside, gain_db=float(rng.uniform(-6, 0)), pan=float(rng.uniform(-0.6, 0.6))))
    song = Song(
        "unlabelled",
        seed,
        0,
        "",
        0,
        "",
        DURATION_SEC,
        parts,
        float(rng.uniform(0, 0.25)),
        float(rng.uniform(0, 0.6)),
        float(rng.uniform(-3, 3)),
    )
    return song if len(song.stems_present()) >= 2 else None


def make(job: tuple[Path, int]) -> str:
    """Render and store one excerpt."""
    path, seed = job
    stem = training_dir() / "corpus" / "train" / f"unlabelled-{seed}"
    song = excerpt(path, seed)
    if song is None or stem.with_suffix(".json").exists():
        return f"{path.name} skipped"
    audio, sources = render_song(song, TRAINING)
    np.save(stem.with_suffix(".npy"), audio)
    heard = [name for name, part in zip(STEMS, audio) if np.abs(part).max() > 300]
    record = {
        "style": song.style,
        "seed": seed,
        "file": path.name,
        "durationSec": DURATION_SEC,
        "activeStems": heard,
        "sources": sources,
    }
    stem.with_suffix(".json").write_text(json.dumps(record, indent=1))
    return f"{path.name} {heard}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--per-file", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    files = [path for path in sorted(arguments.folder.rglob("*.mid")) for _ in range(arguments.per_file)]
    jobs = [(path, FIRST_SEED + index) for index, path in enumerate(files)]
    with multiprocessing.Pool(arguments.workers) as pool:
        for line in pool.imap_unordered(make, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
