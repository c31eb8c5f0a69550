"""Train the classifier: `python -m training.classifier.train --minutes 36 [--threads 1]`.

The style is the main task; tempo class, sounding stems and instrument families are side tasks whose heads are not
exported. The learning rate follows the minutes spent over all runs; a checkpoint is written every 200 steps, and the
same command goes on from it (`--session-minutes` ends one run early).
"""

import argparse
import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.classifier.augmentation import training_example
from training.classifier.features import N_FAMILIES
from training.classifier.model import EcapaTdnn
from training.genres import GENRE_IDS
from training.schedule import learning_rate, update_average
from training.settings import EMBEDDING_SIZE, STEMS, WINDOW_FRAMES, training_dir

N_TEMPO_CLASSES = 12
AVERAGE_DECAY = 0.997
SIDE_WEIGHT = 0.3


class MultiTask(nn.Module):
    """The exported network and the heads of the side tasks on its embedding."""

    def __init__(self):
        super().__init__()
        self.network = EcapaTdnn(len(GENRE_IDS))
        self.tempo = nn.Linear(EMBEDDING_SIZE, N_TEMPO_CLASSES)
        self.stems = nn.Linear(EMBEDDING_SIZE, len(STEMS))
        self.families = nn.Linear(EMBEDDING_SIZE, N_FAMILIES)

    def loss(self, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Weighted sum of the tasks, and style logits."""
        with torch.autocast("cpu", torch.bfloat16):
            embedding, logits = self.network(batch["mel"])
            tempo, stems, families = self.tempo(embedding), self.stems(embedding), self.families(embedding)
        logits = logits.float()
        style = functional.cross_entropy(logits, batch["genre"], label_smoothing=0.1)
        side = functional.cross_entropy(tempo.float(), batch["tempo"], label_smoothing=0.1)
        side = side + functional.binary_cross_entropy_with_logits(stems.float(), batch["stems"])
        side = side + 3 * functional.binary_cross_entropy_with_logits(families.float(), batch["families"])
        return style + SIDE_WEIGHT * side, logits


def tempo_class(tempo_bpm: float) -> int:
    """Logarithmic classes from 50 to 240 beats a minute."""
    position = np.log(tempo_bpm / 50) / np.log(240 / 50)
    return int(np.clip(position * N_TEMPO_CLASSES, 0, N_TEMPO_CLASSES - 1))


def make_batch(features: dict, rng: np.random.Generator, n_examples: int) -> dict[str, torch.Tensor]:
    """Examples of one random length between 2 and 10 s."""
    n_frames = int(rng.integers(86, WINDOW_FRAMES + 1))
    mels, genres, tempi, stems, families = [], [], [], [], []
    for song in rng.integers(len(features["genre"]), size=n_examples):
        mel, kept, speed = training_example(features["power_db"][song], features["active"][song], n_frames, rng)
        mels.append(mel)
        genres.append(features["genre"][song])
        tempi.append(tempo_class(features["tempo"][song] * speed))
        stems.append(kept)
        families.append((features["families"][song] * kept[:, None]).max(axis=0))
    return {
        "mel": torch.from_numpy(np.stack(mels)),
        "genre": torch.tensor(np.array(genres)),
        "tempo": torch.tensor(tempi),
        "stems": torch.from_numpy(np.stack(stems)).float(),
        "families": torch.from_numpy(np.stack(families)).float(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--peak-rate", type=float, default=1.5e-3)
    parser.add_argument("--session-minutes", type=float, default=float("inf"))
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    folder = training_dir() / "classifier"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "last.pt"
    torch.manual_seed(1)
    model = MultiTask()
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=2e-2)
    step, spent_sec = 0, 0.0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        model.load_state_dict(saved["trained"])
        average.load_state_dict(saved["averaged"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent_sec = saved["step"], saved["spent_sec"]
    with np.load(training_dir() / "mel" / "train.npz") as stored:
        features = {key: stored[key] for key in stored}
    rng = np.random.default_rng([23, step])
    started, losses, hits = time.time(), [], []

    def save() -> None:
        state = {
            "model": average.network.state_dict(),
            "averaged": average.state_dict(),
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
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, progress, arguments.peak_rate)
        batch = make_batch(features, rng, arguments.batch)
        loss, logits = model.loss(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        update_average(average, model, min(AVERAGE_DECAY, (1 + step) / (10 + step)))
        losses.append(float(loss.detach()))
        hits.append(float((logits.argmax(dim=1) == batch["genre"]).float().mean()))
        step += 1
        if step % 50 == 0:
            print(
                f"step {step} loss {np.mean(losses[-50:]):.3f} accuracy {np.mean(hits[-50:]):.3f} {seconds:.0f} s",
                flush=True,
            )
        if step % 200 == 0:
            save()
    save()


if __name__ == "__main__":
    main()
