"""Train the separator: `python -m training.separator.train --minutes 45 [--threads 1]`.

The learning rate follows the minutes spent over all runs together. A checkpoint (weights, averaged weights, optimizer)
is written every 200 steps; run the command again to go on from it, `--session-minutes` ends one run early.
"""

import argparse
import copy
import time

import numpy as np
import torch

from training.schedule import learning_rate, update_average
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


def train_step(model, optimizer, audio: torch.Tensor, rng: np.random.Generator) -> float:
    """One update on stems [b, 4, 2, samples]; masks in bfloat16, loss in float32."""
    stems = band_limit(stft(audio), rng)
    magnitude = stems.sum(dim=1).abs()[..., :N_BINS].contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        logits = model.logits(magnitude)
    loss = separation_loss(torch.softmax(logits.float(), dim=1), stems)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
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
    folder = training_dir() / "separator"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "last.pt"
    torch.manual_seed(1)
    model = StemscapeUnet().to(memory_format=torch.channels_last)
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-3)
    step, spent_sec = 0, 0.0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        model.load_state_dict(saved["trained"])
        average.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent_sec = saved["step"], saved["spent_sec"]
    library = StemLibrary("train")
    rng = np.random.default_rng([17, step])
    started, losses = time.time(), []

    def save() -> None:
        state = {
            "model": average.state_dict(),
            "trained": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "spent_sec": spent_sec + time.time() - started,
        }
        torch.save(state, folder / "writing.pt")
        (folder / "writing.pt").replace(path)

    while (seconds := time.time() - started) < arguments.session_minutes * 60:
        progress = (spent_sec + seconds) / (arguments.minutes * 60)
        if progress >= 1:
            break
        if step % 400 == 0:
            library = StemLibrary("train")  # the corpus may still be growing
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, progress, arguments.peak_rate)
        losses.append(train_step(model, optimizer, batch(library, rng, arguments.batch, arguments.frames), rng))
        update_average(average, model, min(AVERAGE_DECAY, (1 + step) / (10 + step)))
        step += 1
        if step % 50 == 0:
            print(
                f"step {step} loss {np.mean(losses[-50:]):.3f} {seconds:.0f} s, {len(library.songs)} songs", flush=True
            )
        if step % 200 == 0:
            save()
    save()


if __name__ == "__main__":
    main()
