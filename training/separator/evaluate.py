"""Measure the exported separator on whole songs: `python -m training.separator.evaluate`.

Writes <training dir>/separator/figures.json: mean SI-SDR of each stem over the held-out songs in which it sounds,
beside the SI-SDR of the unprocessed mixture. `heldOut` are unseen songs with the training sound sources, `unseenSounds`
unseen songs with soundfonts, kits and voices that no training song used.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.separator.metrics import si_sdr_db
from training.separator.pipeline import separate
from training.settings import MODELS_DIR, STEMS, training_dir


def onnx_predictor(graph: Path, n_threads: int):
    """Magnitude tensor [1, 2, frames, 1024] -> masks tensor, through ONNX Runtime."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    return lambda magnitude: torch.from_numpy(session.run(None, {"magnitude": magnitude.numpy()})[0])


def song_figures(predict, record: Path) -> dict[str, tuple[float, float]]:
    """Per sounding stem: SI-SDR of the estimate and of the mixture, dB. Songs of one stem give nothing."""
    meta = json.loads(record.read_text())
    stems = np.load(record.with_suffix(".npy")).astype(np.float32) / 32768
    if len(meta["activeStems"]) < 2:
        return {}
    mixture = stems.sum(axis=0)
    estimates = separate(predict, mixture)
    result = {}
    for name in meta["activeStems"]:
        index = STEMS.index(name)
        result[name] = (si_sdr_db(estimates[index], stems[index]), si_sdr_db(mixture, stems[index]))
    return result


def split_figures(predict, split: str, limit: int | None) -> dict:
    """Means over the songs of a split."""
    records = sorted((training_dir() / "corpus" / split).glob("*.json"))
    if limit:
        records = records[:: max(1, len(records) // limit)]
    songs = [song_figures(predict, record) for record in records]
    figures = {}
    for stem in STEMS:
        pairs = np.array([song[stem] for song in songs if stem in song])
        estimate, mixture = pairs.mean(axis=0)
        figures[stem] = {
            "siSdrDb": round(float(estimate), 2),
            "mixtureSiSdrDb": round(float(mixture), 2),
            "siSdrImprovementDb": round(float(estimate - mixture), 2),
            "songs": len(pairs),
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, default=MODELS_DIR / "separator" / "model.onnx")
    parser.add_argument("--splits", nargs="+", default=["heldout", "unseen"])
    parser.add_argument("--limit", type=int, help="measure only about this many songs of each split")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    predict = onnx_predictor(arguments.graph, arguments.threads)
    path = training_dir() / "separator" / "figures.json"
    figures = json.loads(path.read_text()) if path.exists() else {}
    names = {"heldout": "heldOut", "unseen": "unseenSounds", "validation": "validation"}
    for split in arguments.splits:
        figures[names[split]] = split_figures(predict, split, arguments.limit)
        print(split, json.dumps(figures[names[split]], indent=1), flush=True)
    path.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
