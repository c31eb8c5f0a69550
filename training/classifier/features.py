"""Mel power of every stem and mixture, once: `python -m training.classifier.features`.

Writes <training dir>/mel/<split>.npz with `power_db` float16 [songs x 5 x frames x 128] (bass, drums, other, vocals,
mixture; dB, absolute) and the labels of each song. Training mixes stems anew in the power domain.
"""

import argparse
import json
import multiprocessing
from pathlib import Path

import numpy as np

from training.classifier.mel import mel_power, to_mel_rate
from training.genres import GENRE_IDS
from training.settings import STEMS, training_dir

N_FAMILIES = 18  # 16 General MIDI families, own synthesizer, sung voice
SYNTH_FAMILY, VOICE_FAMILY = 16, 17
N_KEYS = 24
TONICS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
NO_KEY = -1


def family(sound: int | str, stem: str) -> int | None:
    """Instrument family of a part; drums have none (the drum stem says it)."""
    if stem == "vocals":
        return VOICE_FAMILY
    if stem == "drums":
        return None
    return SYNTH_FAMILY if isinstance(sound, str) else sound // 8


def key_class(key: str | None) -> int:
    """0..11 for C major and up, 12..23 for C minor and up; NO_KEY where a song has none."""
    if key is None:
        return NO_KEY
    tonic, mode = key.split()
    return TONICS.index(tonic) + 12 * (mode == "minor")


def song_features(record: Path) -> tuple[np.ndarray, dict]:
    """Power of the five signals in dB, and labels."""
    meta = json.loads(record.read_text())
    stems = np.load(record.with_suffix(".npy")).astype(np.float32) / 32768
    signals = [*stems, stems.sum(axis=0)]
    power = np.stack([mel_power(to_mel_rate(signal)) for signal in signals])
    families = np.zeros((len(STEMS), N_FAMILIES), np.float32)
    for part in meta["instruments"]:
        index = family(part["sound"], part["stem"])
        if index is not None:
            families[STEMS.index(part["stem"]), index] = 1
    labels = {
        "genre": GENRE_IDS.index(meta["style"]),
        "tempo": meta["tempoBpm"],
        "key": key_class(meta["key"]),
        "families": families,
        "active": np.array([name in meta["activeStems"] for name in STEMS], np.float32),
    }
    return (10 * np.log10(power + 1e-12)).astype(np.float16), labels


def song_records(split: str) -> list[Path]:
    """The songs of a split, style by style."""
    folder = training_dir() / "corpus" / split
    return [path for genre in GENRE_IDS for path in sorted(folder.glob(f"{genre}-*.json"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", nargs="+", default=["train", "validation"])
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    folder = training_dir() / "mel"
    folder.mkdir(parents=True, exist_ok=True)
    for split in arguments.splits:
        records = song_records(split)
        with multiprocessing.Pool(arguments.workers) as pool:
            results = pool.map(song_features, records, chunksize=4)
        labels = {key: np.stack([label[key] for _, label in results]) for key in results[0][1]}
        np.savez(folder / f"{split}.npz", power_db=np.stack([power for power, _ in results]), **labels)
        print(f"{split}: {len(records)} songs")


if __name__ == "__main__":
    main()
