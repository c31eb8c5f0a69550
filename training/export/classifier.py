"""Export the classifier: `python -m training.export.classifier [--checkpoint FILE] [--version 2.2.0]`."""

import argparse
import json
from pathlib import Path

import torch

from training.classifier.model import N_FRAME_CHANNELS, ExportedEcapa
from training.export.onnx_graph import (
    common_manifest,
    count_parameters,
    largest_difference,
    tensors_of,
    write_graph,
    write_manifest,
)
from training.genres import GENRES
from training.settings import (
    EMBEDDING_SIZE,
    MEL_FFT_SAMPLES,
    MEL_FLOOR_DB,
    MEL_HOP_SAMPLES,
    MEL_SAMPLE_RATE_HZ,
    MODELS_DIR,
    N_MELS,
    WINDOW_FRAMES,
    WINDOW_SEC,
    training_dir,
)

TRAINED_ON = (
    "Songs in 14 styles composed and rendered by the recipe in training/corpus from free soundfonts, "
    "drum samples and speech synthesis, and 675 recorded tracks under free licences (GPL, CC BY, CC BY-SA, CC0, public "
    "domain) from 35 Debian packages, without style labels."
)

# The last layers, up to the embedding: what a person's own labels train further. Own genres get a layer of their own.
TAIL = ("aggregate.", "pooling.", "pooled_norm.", "project.", "embedding_norm.")


def mel_profile() -> dict:
    """The engine's mel spectrogram, number by number."""
    return {
        "sampleRateHz": MEL_SAMPLE_RATE_HZ,
        "fftSamples": MEL_FFT_SAMPLES,
        "hopSamples": MEL_HOP_SAMPLES,
        "nMels": N_MELS,
        "fMinHz": 0,
        "fMaxHz": MEL_SAMPLE_RATE_HZ // 2,
        "floorDb": int(MEL_FLOOR_DB),
    }


def manifest(module, folder: Path, version: str, temperature: float, figures: dict) -> dict:
    """The model.json the engine parses."""
    return common_manifest("classifier", "stemscape-ecapa", module, folder, version, TRAINED_ON) | {
        "profile": mel_profile(),
        "windowSec": int(WINDOW_SEC),
        "input": "mel",
        "outputs": {"embedding": "embedding", "logits": "logits"},
        "embeddingSize": EMBEDDING_SIZE,
        "tail": {
            "network": "ecapa",
            "frames": "frames",
            "nChannels": N_FRAME_CHANNELS,
            "tensors": tensors_of(module, folder, TAIL),
        },
        "temperature": temperature,
        "genres": [{"id": genre_id, "name": name} for genre_id, name in GENRES],
        "figures": figures,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=training_dir() / "classifier" / "projected.pt")
    parser.add_argument("--figures", type=Path, default=training_dir() / "classifier" / "figures.json")
    parser.add_argument("--version", default="2.2.0")
    parser.add_argument("--folder", type=Path, default=MODELS_DIR / "classifier")
    arguments = parser.parse_args()
    module = ExportedEcapa(len(GENRES))
    module.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu", weights_only=True)["model"])
    module.eval()
    outputs = {"embedding": {0: "batch"}, "logits": {0: "batch"}, "frames": {0: "batch", 2: "frames"}}
    write_graph(module, torch.rand(2, WINDOW_FRAMES, N_MELS) * -80, "mel", outputs, arguments.folder)
    inputs = [
        torch.rand(1, WINDOW_FRAMES, N_MELS) * -80,
        torch.rand(3, 100, N_MELS) * -80,
        torch.full((1, 431, 128), -80.0),
    ]
    difference = largest_difference(module, arguments.folder, inputs)
    figures = json.loads(arguments.figures.read_text()) if arguments.figures.exists() else {}
    temperature = figures.pop("temperature", 1.0)  # measured by classifier.evaluate; 1 before that
    write_manifest(arguments.folder, manifest(module, arguments.folder, arguments.version, temperature, figures))
    print(f"{count_parameters(module)} parameters, largest difference {difference:.2e}, {arguments.folder}")


if __name__ == "__main__":
    main()
