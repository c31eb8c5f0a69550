"""Measure the exported separator on real recordings given as stems; nothing here is ever trained on.

`python -m training.separator.evaluate_real FOLDER` where FOLDER holds `mir-1k/*.flac` (left accompaniment, right
voice) and folders of one song each, whose files are listed in SONGS. Stems that a song joins (bass with drums) are
compared with the sum of the estimates.
"""

import argparse
import json
from math import gcd
from pathlib import Path

import numpy as np
import soundfile
import torch
from scipy.signal import resample_poly

from training.separator.evaluate import onnx_predictor
from training.separator.metrics import si_sdr_db
from training.separator.pipeline import separate
from training.settings import MODELS_DIR, SAMPLE_RATE_HZ, STEMS, training_dir

# Song folder -> groups of stems -> files.
SONGS = {
    "trackswitch": {("bass",): ["bass.mp3"], ("drums",): ["drums.mp3"], ("other",): ["synth.mp3", "violins.mp3"]},
    "waveform-playlist": {
        ("vocals",): ["Vocals30.mp3"],
        ("other",): ["Guitar30.mp3", "PianoSynth30.mp3"],
        ("bass", "drums"): ["BassDrums30.mp3"],
    },
}


def load(path: Path) -> np.ndarray:
    """float32 [channels x samples] at 44.1 kHz."""
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    divisor = gcd(SAMPLE_RATE_HZ, rate)
    return resample_poly(audio.T, SAMPLE_RATE_HZ // divisor, rate // divisor, axis=1).astype(np.float32)


def figures_of(predict, references: dict[tuple[str, ...], np.ndarray]) -> dict[str, list[float]]:
    """Per group of stems: [SI-SDR of the estimate, of the mixture] in dB."""
    mixture = sum(references.values())
    estimates = separate(predict, mixture)
    result = {}
    for group, reference in references.items():
        estimate = sum(estimates[STEMS.index(name)] for name in group)
        result["+".join(group)] = [si_sdr_db(estimate, reference), si_sdr_db(mixture, reference)]
    return result


def karaoke(predict, folder: Path) -> dict:
    """Means over the karaoke clips, voice against accompaniment."""
    rows = []
    for path in sorted(folder.glob("*.flac")):
        accompaniment, voice = (np.repeat(side[None], 2, 0) for side in load(path))
        rows.append(figures_of(predict, {("vocals",): voice, ("bass", "drums", "other"): accompaniment}))
    return {name: described(np.mean([row[name] for row in rows], axis=0), clips=len(rows)) for name in rows[0]}


def described(pair, **more) -> dict:
    """[estimate, mixture] as the figures file names them."""
    estimate, mixture = (float(value) for value in pair)
    return {
        "siSdrDb": round(estimate, 2),
        "mixtureSiSdrDb": round(mixture, 2),
        "siSdrImprovementDb": round(estimate - mixture, 2),
        **more,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--graph", type=Path, default=MODELS_DIR / "separator" / "model.onnx")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    predict = onnx_predictor(arguments.graph, 1)
    real = {"karaoke": karaoke(predict, arguments.folder / "mir-1k")}
    for number, (name, groups) in enumerate(SONGS.items(), 1):
        folder = arguments.folder / name
        signals = {group: [load(folder / file) for file in files] for group, files in groups.items()}
        n = min(signal.shape[1] for group in signals.values() for signal in group)
        references = {group: sum(signal[:, :n] for signal in listed) for group, listed in signals.items()}
        pairs = figures_of(predict, references)
        real[f"song{number}"] = {group: described(pair) for group, pair in pairs.items()}
    path = training_dir() / "separator" / "figures.json"
    figures = json.loads(path.read_text()) if path.exists() else {}
    figures["realMusic"] = real
    path.write_text(json.dumps(figures, indent=2))
    print(json.dumps(real, indent=1))


if __name__ == "__main__":
    main()
