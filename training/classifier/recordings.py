"""Mel power of recorded music without style labels, once: `python -m training.classifier.recordings`.

Reads <training dir>/packages/audio/<package>/ (see corpus/music_sources.py) and writes <training dir>/mel/recordings.npz:
`power_db` float16 [pieces x frames x 128] (dB, absolute), `track` and `package` (index) of each piece. A track gives the
minute that begins 15 s into it, in pieces of 16 s; silent ones are left out. Tracks that are done are kept in
<training dir>/mel/recordings, so the command can be stopped and run again.
"""

import argparse
import multiprocessing
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.classifier.mel import mel_power
from training.corpus.music_sources import MUSIC_PACKAGES, music_files
from training.settings import HOP_SAMPLES, MEL_HOP_SAMPLES, MEL_SAMPLE_RATE_HZ, N_MELS, SAMPLE_RATE_HZ, training_dir

PIECE_FRAMES = 690
PIECE_SAMPLES = PIECE_FRAMES * MEL_HOP_SAMPLES - 1
SKIPPED_SEC = 15
HEARD_SEC = 64.2
LEAST_SEC = 8.0
SILENCE_DB = -50.0


def decoded(path: Path, start_sec: float, rate_hz: int = MEL_SAMPLE_RATE_HZ, n_channels: int = 1) -> np.ndarray:
    """float32 [channels x samples], by ffmpeg; empty when it cannot read the file."""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-ss", str(start_sec), "-i", str(path), "-t", str(HEARD_SEC), "-vn"]
    command += ["-ac", str(n_channels), "-ar", str(rate_hz), "-f", "f32le", "-"]
    samples = np.frombuffer(subprocess.run(command, capture_output=True, check=False).stdout, np.float32)
    return samples.reshape(-1, n_channels).T


class Piece(NamedTuple):
    """Where a piece lies, in samples at the mel rate; it is repeated until it is long enough."""

    start_sec: float
    first_sample: int
    n_available: int


def heard_pieces(path: Path) -> list[Piece]:
    """The pieces of a track that are not silent."""
    start_sec, audio = float(SKIPPED_SEC), decoded(path, SKIPPED_SEC)[0]
    if len(audio) < PIECE_SAMPLES:
        start_sec, audio = 0.0, decoded(path, 0)[0]
    if len(audio) < LEAST_SEC * MEL_SAMPLE_RATE_HZ:
        return []
    if len(audio) < PIECE_SAMPLES:
        return [Piece(start_sec, 0, len(audio))] if loudness_db(audio) > SILENCE_DB else []
    starts = range(0, len(audio) - PIECE_SAMPLES + 1, PIECE_SAMPLES)
    loud = [start for start in starts if loudness_db(audio[start : start + PIECE_SAMPLES]) > SILENCE_DB]
    return [Piece(start_sec, start, PIECE_SAMPLES) for start in loud]


def loudness_db(samples: np.ndarray) -> float:
    """Mean power, dB."""
    return 10 * np.log10(np.square(samples).mean() + 1e-12)


def stereo_piece(path: Path, piece: Piece) -> np.ndarray:
    """float32 [2 x samples] at 44.1 kHz, as long as PIECE_FRAMES frames of the separator."""
    factor = SAMPLE_RATE_HZ // MEL_SAMPLE_RATE_HZ
    audio = decoded(path, piece.start_sec, SAMPLE_RATE_HZ, 2)[:, factor * piece.first_sample :]
    audio = audio[:, : factor * piece.n_available]
    n = PIECE_FRAMES * HOP_SAMPLES - 1
    return np.pad(audio, ((0, 0), (0, max(0, n - audio.shape[1]))), mode="wrap")[:, :n]


def pieces_of(path: Path) -> np.ndarray:
    """float16 dB [pieces x 690 x 128]; a track shorter than a piece is repeated."""
    pieces = heard_pieces(path)
    audio = decoded(path, pieces[0].start_sec)[0] if pieces else np.zeros(0, np.float32)
    parts = [np.resize(audio[p.first_sample : p.first_sample + p.n_available], PIECE_SAMPLES) for p in pieces]
    return np.array([10 * np.log10(mel_power(part) + 1e-12) for part in parts], np.float16).reshape(-1, PIECE_FRAMES, N_MELS)


def recorded_files() -> list[tuple[int, Path]]:
    """Index of the package, and file."""
    return [(index, path) for index, source in enumerate(MUSIC_PACKAGES) for path in music_files(source)]


def keep(job: tuple[Path, Path]) -> np.ndarray:
    """A track's pieces."""
    path, kept = job
    return kept_array(kept, lambda: pieces_of(path))


def kept_array(kept: Path, make: Callable[[], np.ndarray]) -> np.ndarray:
    """From the folder of finished files when it is there; else made, and written whole or not at all."""
    if not kept.exists():
        np.save(kept.with_suffix(".tmp.npy"), make())
        kept.with_suffix(".tmp.npy").rename(kept)
    return np.load(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    files = recorded_files()
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
