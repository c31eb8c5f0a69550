"""Train the separator: `python -m training.separator.train --minutes 45 [--threads 1]`.

The learning rate follows the minutes spent over all runs together. A checkpoint (weights, averaged weights, optimizer)
is written every 200 steps; run the command again to go on from it, `--session-minutes` ends one run early.
"""

import argparse

import numpy as np
import torch

from training.run import TrainingRun
from training.separator.batches import StemLibrary, batch
from training.separator.loss import separation_loss
from training.separator.model import StemscapeUnet
from training.separator.stft import stft
from training.settings import N_BINS, training_dir

AVERAGE_DECAY = 0.998


def band_limit(stems: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Cut some examples above 3.5 to 15 kHz, as old recordings and codecs do: complex [b, 4, 2, frames, 2049]."""
    for index in np.flatnonzero(rng.random(len(stems)) < 0.15):
        cutoff = int(rng.integers(325, 1400))
        stems[index, ..., cutoff:] *= float(rng.choice([0.0, 0.01, 0.1]))
    return stems


def train_step(run: TrainingRun, audio: torch.Tensor, rng: np.random.Generator) -> float:
    """One update on stems [b, 4, 2, samples]; masks in bfloat16, loss in float32."""
    stems = band_limit(stft(audio), rng)
    magnitude = stems.sum(dim=1).abs()[..., :N_BINS].contiguous(memory_format=torch.channels_last)
    with torch.autocast(run.device.type, torch.bfloat16):
        logits = run.model.logits(magnitude)
    loss = separation_loss(torch.softmax(logits.float(), dim=1), stems)
    run.descend(loss)
    return float(loss.detach())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--frames", type=int, default=128)
    parser.add_argument("--peak-rate", type=float, default=2e-3)
    parser.add_argument("--session-minutes", type=float, default=float("inf"))
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model = StemscapeUnet().to(memory_format=torch.channels_last)
    folder = training_dir() / "separator"
    run = TrainingRun(folder, model, weight_decay=1e-3, decay=AVERAGE_DECAY, exported=lambda unet: unet)
    library = StemLibrary("train")
    rng = np.random.default_rng([17, run.step])
    losses = []
    for step in run.steps(arguments.minutes, arguments.session_minutes, arguments.peak_rate):
        if step % 400 == 0:
            library = StemLibrary("train")  # the corpus may still be growing
        losses.append(train_step(run, batch(library, rng, arguments.batch, arguments.frames).to(run.device), rng))
        if (step + 1) % 50 == 0:
            loss = np.mean(losses[-50:])
            print(f"step {step + 1} loss {loss:.3f} {run.session_sec:.0f} s, {len(library.songs)} songs", flush=True)


if __name__ == "__main__":
    main()
