"""Vocal stems made of real voices: `python -m training.corpus.human_voices FOLDER [--songs 110]`.

FOLDER holds short spoken or shouted clips (.ogg) of many speakers, for example the voice packs of the game Hedgewars
(GFDL 1.3). Each song is one vocal stem, unlabelled, in the training split: lines as spoken, lines drawn out so that
vowels last, or lines whose spectral envelopes are sung to a composed melody. The separator mixes them with the other
stems; synthetic voices alone teach it too little about real ones.
"""

import argparse
import json
import multiprocessing
from pathlib import Path

import librosa
import numpy as np
import soundfile
from scipy.signal import resample_poly

from training.corpus.composer import compose
from training.corpus.mixing import mix
from training.corpus.singing import VOICE_RATE_HZ, sing_envelopes, spectral_envelope
from training.corpus.song import Part
from training.settings import SAMPLE_RATE_HZ, training_dir

DURATION_SEC = 24.0
FIRST_SEED = 4000
SINGING_STYLES = ("pop", "rock", "blues", "country", "folk", "reggae", "disco")
KINDS = ("spoken", "drawn out", "drawn out", "sung", "sung")


def clip(path: Path) -> np.ndarray:
    """Mono float64 at 22.05 kHz, peak 1, silence trimmed."""
    audio, rate = soundfile.read(path, always_2d=True)
    audio = librosa.resample(audio.mean(axis=1), orig_sr=rate, target_sr=VOICE_RATE_HZ)
    audio, _ = librosa.effects.trim(audio, top_db=35)
    return audio / (np.abs(audio).max() + 1e-9)


def spoken(clips: list[np.ndarray], rng: np.random.Generator, drawn_out: bool) -> np.ndarray:
    """One clip after the other with breaks, mono at 22.05 kHz; pitch moved, and stretched if `drawn_out`."""
    n = int(DURATION_SEC * VOICE_RATE_HZ)
    result, now = np.zeros(n), int(rng.uniform(0, 1.5) * VOICE_RATE_HZ)
    pitch = float(np.exp(rng.normal(0, 0.12)))
    while now < n - VOICE_RATE_HZ:
        line = clips[int(rng.integers(len(clips)))]
        if drawn_out:
            line = librosa.effects.time_stretch(line, rate=float(rng.uniform(0.3, 0.7)), n_fft=1024)
        line = np.interp(np.arange(0, len(line) - 1, pitch), np.arange(len(line)), line)[: n - now]
        result[now : now + len(line)] += line * 10 ** (rng.normal(0, 2) / 20)
        now += len(line) + int(rng.exponential(0.35) * VOICE_RATE_HZ)
    return result


def sung(clips: list[np.ndarray], rng: np.random.Generator, seed: int) -> np.ndarray:
    """The envelopes of pieces of the clips on a composed melody: float32 [2 x samples] at 44.1 kHz."""
    parts: list[Part] = []
    while not parts:
        song = compose(str(rng.choice(SINGING_STYLES)), seed, DURATION_SEC)
        parts = [part for part in song.parts if part.stem == "vocals"]
        seed += 10_000
    bank = []
    for _ in range(40):
        line = clips[int(rng.integers(len(clips)))]
        n = int(rng.uniform(0.15, 0.6) * VOICE_RATE_HZ)
        start = int(rng.integers(0, max(1, len(line) - n)))
        bank.append(spectral_envelope(line[start : start + n]))
    return sing_envelopes(parts[0], bank, float(rng.uniform(0.92, 1.1)), int(DURATION_SEC * SAMPLE_RATE_HZ), rng)


def make(job: tuple[list[Path], int]) -> str:
    """Render and store one vocal stem from the clips of one speaker."""
    paths, seed = job
    rng = np.random.default_rng([seed, 5])
    stem = training_dir() / "corpus" / "train" / f"unlabelled-{seed}"
    if stem.with_suffix(".json").exists():
        return f"{stem.name} exists"
    picked = rng.choice(len(paths), size=min(18, len(paths)), replace=False)
    clips = [voice for voice in (clip(paths[int(i)]) for i in picked) if len(voice) > VOICE_RATE_HZ // 4]
    kind = KINDS[seed % len(KINDS)]
    if kind == "sung":
        audio = sung(clips, rng, seed)
    else:
        mono = resample_poly(spoken(clips, rng, kind == "drawn out"), SAMPLE_RATE_HZ // VOICE_RATE_HZ, 1)
        audio = np.repeat(mono[None], 2, 0)
    mixed = mix(
        {"vocals": audio}, rng, float(rng.uniform(0, 0.3)), float(rng.uniform(0, 0.5)), float(rng.uniform(-3, 3))
    )
    np.save(stem.with_suffix(".npy"), mixed)
    record = {
        "style": "unlabelled",
        "seed": seed,
        "durationSec": DURATION_SEC,
        "activeStems": ["vocals"],
        "sources": [f"{paths[0].parent.name}, {kind}"],
    }
    stem.with_suffix(".json").write_text(json.dumps(record, indent=1))
    return f"{stem.name} {kind}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--songs", type=int, default=110)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    speakers = [sorted(folder.glob("*.ogg")) for folder in sorted(arguments.folder.iterdir()) if folder.is_dir()]
    speakers = [paths for paths in speakers if len(paths) > 10]
    jobs = [(speakers[i % len(speakers)], FIRST_SEED + i) for i in range(arguments.songs)]
    with multiprocessing.Pool(arguments.workers) as pool:
        for line in pool.imap_unordered(make, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
