"""Export the separator: `python -m training.export.separator [--checkpoint FILE] [--version 1.0.0]`."""

import argparse
import json
from pathlib import Path

import torch

from training.export.onnx_graph import (
    common_manifest,
    count_parameters,
    largest_difference,
    write_graph,
    write_manifest,
)
from training.separator.model import StemscapeUnet
from training.settings import (
    CHUNK_FRAMES,
    CONTEXT_FRAMES,
    EXTENSION_BINS,
    FFT_SAMPLES,
    FRAME_MULTIPLE,
    HOP_SAMPLES,
    MODELS_DIR,
    N_BINS,
    SAMPLE_RATE_HZ,
    STEMS,
    training_dir,
)

TRAINED_ON = (
    "Multitrack songs composed and rendered by the recipe in training/corpus from free soundfonts, drum samples, "
    "speech synthesis and the spoken voice packs of a free game; no recordings of other people's music."
)


def manifest(module, folder: Path, version: str, figures: dict) -> dict:
    """The model.json the engine parses."""
    return common_manifest("separator", "stemscape-unet", module, folder, version, TRAINED_ON) | {
        "stft": {
            "sampleRateHz": SAMPLE_RATE_HZ,
            "fftSamples": FFT_SAMPLES,
            "hopSamples": HOP_SAMPLES,
            "window": "hann",
        },
        "nBins": N_BINS,
        "extensionBins": EXTENSION_BINS,
        "frameMultiple": FRAME_MULTIPLE,
        "chunk": {"frames": CHUNK_FRAMES, "contextFrames": CONTEXT_FRAMES},
        "channels": 2,
        "stems": list(STEMS),
        "input": "magnitude",
        "output": "masks",
        "figures": figures,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=training_dir() / "separator" / "last.pt")
    parser.add_argument("--figures", type=Path, default=training_dir() / "separator" / "figures.json")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--folder", type=Path, default=MODELS_DIR / "separator")
    arguments = parser.parse_args()
    module = StemscapeUnet()
    module.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu", weights_only=True)["model"])
    module.eval()
    write_graph(
        module, torch.rand(1, 2, 64, N_BINS), "magnitude", {"masks": {0: "batch", 3: "frames"}}, arguments.folder
    )
    inputs = [
        torch.rand(1, 2, 448, N_BINS) ** 4 * 30,
        torch.rand(2, 2, 64, N_BINS) * 1e-3,
        torch.zeros(1, 2, 64, N_BINS),
    ]
    difference = largest_difference(module, arguments.folder, inputs)
    figures = json.loads(arguments.figures.read_text()) if arguments.figures.exists() else {}
    write_manifest(arguments.folder, manifest(module, arguments.folder, arguments.version, figures))
    print(f"{count_parameters(module)} parameters, largest difference {difference:.2e}, {arguments.folder}")


if __name__ == "__main__":
    main()
