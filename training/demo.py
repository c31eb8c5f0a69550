"""Make the demo library: `python -m training.demo`. Two or three short pieces per style, Opus, tagged, with a manifest.

Only sources whose renders may be published freely are used (MIT soundfonts, CC0 samples, own synthesis). Seeds start
at 20000: no training, validation or held-out song shares one.
"""

import json
import multiprocessing
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from training.corpus.composer import compose
from training.corpus.mixing import limiter_gain
from training.corpus.rendering import OPEN, render_song
from training.corpus.song import Song
from training.demo_names import ALBUMS, ARTISTS, TITLES, YEAR
from training.genres import GENRES
from training.loudness import integrated_lufs
from training.settings import DEMO_DIR, SAMPLE_RATE_HZ, STEMS

FIRST_SEED = 20_000
TARGET_LUFS = -16.0
PEAK = 0.84  # -1.5 dBFS, room for the codec
BITRATE = "64k"
SPARSE_STYLES = {"classical", "ambient", "folk"}
LICENCE_LINE = "CC0 1.0, made by the Stemscape training recipe"


@dataclass(frozen=True)
class Piece:
    """One demo track."""

    style: str
    genre: str
    track: int
    seed: int

    @property
    def title(self) -> str:
        return TITLES[self.style][self.track - 1]

    @property
    def path(self) -> Path:
        return Path(ARTISTS[self.style]) / ALBUMS[self.style] / f"{self.track:02d} {self.title}.opus"


def duration_sec(seed: int) -> float:
    """31 to 38 s."""
    return 31.0 + seed * 37 % 8


def is_full(song: Song) -> bool:
    """A piece with enough stems for its style, drums where the style needs them."""
    stems = song.stems_present()
    if song.style in SPARSE_STYLES:
        return "other" in stems and len(song.parts) >= 3
    return {"bass", "drums", "other"} <= set(stems) and len(song.parts) >= 4


def pieces() -> list[Piece]:
    """Two per style; the first seeds that give full pieces, at least one of them sung where the style sings."""
    result = []
    for index, (style, genre) in enumerate(GENRES):
        seed, found = FIRST_SEED + 100 * index, 0
        while found < len(TITLES[style]):
            song = compose(style, seed, duration_sec(seed))
            sung = "vocals" in song.stems_present()
            if is_full(song) and (sung or found or style in SPARSE_STYLES):
                found += 1
                result.append(Piece(style, genre, found, seed))
            seed += 1
    return result


def mastered(audio: np.ndarray) -> np.ndarray:
    """float [2 x n] brought to -16 LUFS under the peak ceiling, with a fade at the end."""
    for _ in range(6):
        audio = audio * 10 ** ((TARGET_LUFS - integrated_lufs(audio)) / 20)
        peak = np.abs(audio).max()
        if peak > PEAK:
            curve = limiter_gain(audio, min(1.0, (1 - PEAK / peak) / 0.75))
            audio = audio * curve / curve.max()
    fade = np.minimum(1, np.arange(audio.shape[1])[::-1] / (2.0 * SAMPLE_RATE_HZ))
    audio = audio * fade
    return audio * min(1.0, PEAK / np.abs(audio).max())


def encode(piece: Piece, audio: np.ndarray) -> None:
    """Write one tagged Opus file."""
    target = DEMO_DIR / piece.path
    target.parent.mkdir(parents=True, exist_ok=True)
    tags = {
        "title": piece.title,
        "artist": ARTISTS[piece.style],
        "album": ALBUMS[piece.style],
        "genre": piece.genre,
        "date": YEAR,
        "track": f"{piece.track}/{len(TITLES[piece.style])}",
        "comment": LICENCE_LINE,
    }
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "piece.wav"
        soundfile.write(wave, audio.T, SAMPLE_RATE_HZ, subtype="PCM_16")
        metadata = [word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")]
        subprocess.run(
            [
                "ffmpeg",
                "-loglevel",
                "error",
                "-y",
                "-i",
                str(wave),
                "-map_metadata",
                "-1",
                "-fflags",
                "+bitexact",
                *metadata,
                "-c:a",
                "libopus",
                "-b:a",
                BITRATE,
                str(target),
            ],
            check=True,
        )


def make(piece: Piece) -> dict:
    """Compose, render, master and encode one piece; its line of the manifest."""
    song = compose(piece.style, piece.seed, duration_sec(piece.seed))
    stems, sources = render_song(song, OPEN)
    audio = mastered(stems.astype(np.float64).sum(axis=0) / 32768)
    encode(piece, audio)
    heard = [name for name, stem in zip(STEMS, stems) if np.abs(stem).max() > 300]
    return {
        "file": piece.path.as_posix(),
        "title": piece.title,
        "artist": ARTISTS[piece.style],
        "style": piece.style,
        "tempoBpm": song.tempo_bpm,
        "key": song.key,
        "seed": piece.seed,
        "durationSec": song.duration_sec,
        "stems": heard,
        "sources": sources,
    }


def main() -> None:
    for artist in ARTISTS.values():
        shutil.rmtree(DEMO_DIR / artist, ignore_errors=True)
    with multiprocessing.Pool(2) as pool:
        tracks = pool.map(make, pieces(), chunksize=1)
    (DEMO_DIR / "manifest.json").write_text(json.dumps({"license": "CC0-1.0", "tracks": tracks}, indent=2) + "\n")
    size = sum(path.stat().st_size for path in DEMO_DIR.rglob("*.opus"))
    print(f"{len(tracks)} pieces, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
