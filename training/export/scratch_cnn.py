"""Export the network for training from scratch, untrained: `python -m training.export.scratch_cnn [--seed 1]`."""

import argparse
from pathlib import Path

import torch

from training.classifier.scratch_cnn import SCRATCH_EMBEDDING_SIZE, ScratchCnn
from training.export.classifier import mel_profile
from training.export.onnx_graph import (
    common_manifest,
    count_parameters,
    largest_difference,
    tensors_of,
    write_graph,
    write_manifest,
)
from training.settings import MODELS_DIR, N_MELS, WINDOW_FRAMES, WINDOW_SEC


def manifest(module, folder: Path, version: str) -> dict:
    """The model.json the engine parses: a network that names no genres and whose every tensor is trained."""
    trained_on = "Nothing yet: seeded random weights, the start of a training on a person's own labels."
    return common_manifest("classifier", "stemscape-scratch-cnn", module, folder, version, trained_on) | {
        "profile": mel_profile(),
        "windowSec": int(WINDOW_SEC),
        "input": "mel",
        "outputs": {"embedding": "embedding", "logits": None},
        "embeddingSize": SCRATCH_EMBEDDING_SIZE,
        "tail": {
            "network": "scratch-cnn",
            "frames": "mel",
            "nChannels": N_MELS,
            "tensors": tensors_of(module, folder, ("blocks.", "project.")),
        },
        "temperature": 1.0,
        "genres": [],
        "figures": {},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--folder", type=Path, default=MODELS_DIR / "scratch-cnn")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    module = ScratchCnn().eval()
    write_graph(
        module, torch.rand(2, WINDOW_FRAMES, N_MELS) * -80, "mel", {"embedding": {0: "batch"}}, arguments.folder
    )
    inputs = [torch.rand(1, WINDOW_FRAMES, N_MELS) * -80, torch.rand(3, 100, N_MELS) * -80]
    difference = largest_difference(module, arguments.folder, inputs)
    write_manifest(arguments.folder, manifest(module, arguments.folder, arguments.version))
    print(f"{count_parameters(module)} parameters, largest difference {difference:.2e}, {arguments.folder}")


if __name__ == "__main__":
    main()
