"""Train the classifier: `python -m training.classifier.train --minutes 36 [--threads 1]`.

The style is the main task; tempo class, sounding stems and instrument families are side tasks whose heads are not
exported. The learning rate follows the minutes spent over all runs; a checkpoint is written every 200 steps, and the
same command goes on from it (`--session-minutes` ends one run early).
"""

import argparse

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.classifier.augmentation import training_example
from training.classifier.features import N_FAMILIES
from training.classifier.model import EcapaTdnn
from training.genres import GENRE_IDS
from training.run import TrainingRun
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
    torch.manual_seed(1)
    folder = training_dir() / "classifier"
    run = TrainingRun(folder, MultiTask(), weight_decay=2e-2, decay=AVERAGE_DECAY, exported=lambda tasks: tasks.network)
    with np.load(training_dir() / "mel" / "train.npz") as stored:
        features = {key: stored[key] for key in stored}
    rng = np.random.default_rng([23, run.step])
    losses, hits = [], []
    for step in run.steps(arguments.minutes, arguments.session_minutes, arguments.peak_rate):
        batch = make_batch(features, rng, arguments.batch)
        loss, logits = run.model.loss(batch)
        run.descend(loss)
        losses.append(float(loss.detach()))
        hits.append(float((logits.argmax(dim=1) == batch["genre"]).float().mean()))
        if (step + 1) % 50 == 0:
            loss, accuracy = np.mean(losses[-50:]), np.mean(hits[-50:])
            print(f"step {step + 1} loss {loss:.3f} accuracy {accuracy:.3f} {run.session_sec:.0f} s", flush=True)


if __name__ == "__main__":
    main()
