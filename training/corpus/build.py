"""Build the corpus: `python -m training.corpus.build [--songs 26] [--workers 2]` (songs per style and split seeds).

Writes <training dir>/corpus/<split>/<style>-<seed>.npy (int16 [4 x 2 x samples]) and .json beside it. Songs that
exist are skipped, so the command can be stopped and run again. Train, validation and held-out use other seeds;
`unseen` uses soundfonts, kits and voices that no training song uses.
"""

import argparse
import json
import multiprocessing
import time
from dataclasses import dataclass

import numpy as np

from training.corpus.composer import compose
from training.corpus.rendering import TRAINING, UNSEEN, render_song
from training.genres import GENRE_IDS
from training.settings import STEMS, training_dir

FIRST_SEED = {"train": 1000, "validation": 5000, "heldout": 7000, "unseen": 9000}
SHARE = {"train": 1.0, "validation": 0.12, "heldout": 0.16, "unseen": 0.12}


@dataclass(frozen=True)
class Job:
    """One song to make."""

    split: str
    style: str
    seed: int
    duration_sec: float


def jobs(songs_per_style: int, duration_sec: float) -> list[Job]:
    """All songs, interleaved so that a stopped build holds every style and split in proportion."""
    result = []
    for split, first in FIRST_SEED.items():
        n = max(2, round(songs_per_style * SHARE[split]))
        for i in range(n):
            result += [((i + 0.5) / n, Job(split, style, first + i, duration_sec)) for style in GENRE_IDS]
    return [job for _, job in sorted(result, key=lambda entry: entry[0])]


def make(job: Job) -> str:
    """Compose, render and store one song. Returns a line for the log."""
    folder = training_dir() / "corpus" / job.split
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"{job.style}-{job.seed}"
    if stem.with_suffix(".json").exists():
        return f"{stem.name} exists"
    started = time.time()
    song = compose(job.style, job.seed, job.duration_sec)
    audio, sources = render_song(song, UNSEEN if job.split == "unseen" else TRAINING)
    np.save(stem.with_suffix(".npy"), audio)
    loud = np.abs(audio).max(axis=(1, 2)) > 300
    record = {
        "style": song.style,
        "seed": song.seed,
        "tempoBpm": song.tempo_bpm,
        "key": song.key,
        "durationSec": song.duration_sec,
        "activeStems": [name for name, on in zip(STEMS, loud) if on],
        "instruments": [{"stem": part.stem, "sound": part.sound} for part in song.parts],
        "sources": sources,
    }
    stem.with_suffix(".json").write_text(json.dumps(record, indent=1))
    return f"{stem.name} {time.time() - started:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=24, help="training songs per style")
    parser.add_argument("--duration-sec", type=float, default=24.0)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    work = jobs(arguments.songs, arguments.duration_sec)
    started = time.time()
    with multiprocessing.Pool(arguments.workers) as pool:
        for done, line in enumerate(pool.imap(make, work), 1):
            print(f"{done}/{len(work)} {line} ({time.time() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
