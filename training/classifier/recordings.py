"""Mel power of recorded music without style labels, once: `python -m training.classifier.recordings`.

Reads <training dir>/packages/audio/<package>/ (see corpus/music_sources.py) and writes <training dir>/mel/recordings.npz:
`power_db` float16 [pieces x frames x 128] (dB, absolute), `track` and `package` (index) of each piece. A track gives the
minute that begins 15 s into it, in pieces of 16 s; silent ones are left out. Tracks that are done are kept in
<training dir>/mel/recordings, so the command can be stopped and run again.
"""

import argparse
import multiprocessing
import subprocess
from pathlib import Path

import numpy as np

from training.classifier.mel import mel_power
from training.corpus.music_sources import MUSIC_PACKAGES, music_files
from training.settings import MEL_HOP_SAMPLES, MEL_SAMPLE_RATE_HZ, N_MELS, training_dir

PIECE_FRAMES = 690
SKIPPED_SEC = 15
HEARD_SEC = 64.2
LEAST_SEC = 8.0
SILENCE_DB = -50.0


def decoded(path: Path, start_sec: float) -> np.ndarray:
    """Mono at 22.05 kHz, by ffmpeg; empty when it cannot read the file."""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-ss", str(start_sec), "-i", str(path), "-t", str(HEARD_SEC), "-vn"]
    command += ["-ac", "1", "-ar", str(MEL_SAMPLE_RATE_HZ), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=False).stdout, np.float32)


def pieces_of(path: Path) -> np.ndarray:
    """float16 dB [pieces x 690 x 128]; a track shorter than a piece is repeated."""
    n = PIECE_FRAMES * MEL_HOP_SAMPLES - 1
    audio = decoded(path, SKIPPED_SEC)
    if len(audio) < n:
        audio = decoded(path, 0)
    if len(audio) < LEAST_SEC * MEL_SAMPLE_RATE_HZ:
        return np.zeros((0, PIECE_FRAMES, N_MELS), np.float16)
    audio = np.resize(audio, n) if len(audio) < n else audio
    parts = [audio[start : start + n] for start in range(0, len(audio) - n + 1, n)]
    loud = [part for part in parts if 10 * np.log10(np.square(part).mean() + 1e-12) > SILENCE_DB]
    return np.array([10 * np.log10(mel_power(part) + 1e-12) for part in loud], np.float16).reshape(-1, PIECE_FRAMES, N_MELS)


def keep(job: tuple[Path, Path]) -> np.ndarray:
    """A track's pieces, from the folder of finished tracks when they are there."""
    path, kept = job
    if not kept.exists():
        np.save(kept.with_suffix(".tmp.npy"), pieces_of(path))
        kept.with_suffix(".tmp.npy").rename(kept)
    return np.load(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    files = [(index, path) for index, source in enumerate(MUSIC_PACKAGES) for path in music_files(source)]
    folder = training_dir() / "mel" / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    work = [(path, folder / f"{path.parent.name}-{path.name}.npy") for _, path in files]
    with multiprocessing.Pool(arguments.workers) as pool:
        results = pool.map(keep, work, chunksize=2)
    heard = [(index, path, pieces) for (index, path), pieces in zip(files, results) if len(pieces)]
    counts = [len(pieces) for _, _, pieces in heard]
    np.savez(
        training_dir() / "mel" / "recordings.npz",
        power_db=np.concatenate([pieces for _, _, pieces in heard]),
        track=np.repeat(np.arange(len(heard)), counts),
        package=np.repeat([index for index, _, _ in heard], counts),
    )
    for index, source in enumerate(MUSIC_PACKAGES):
        own = [len(pieces) for i, _, pieces in heard if i == index]
        print(f"{source.package}: {len(own)} tracks, {sum(own)} pieces")


if __name__ == "__main__":
    main()
