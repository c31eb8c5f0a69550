"""Train the classifier: `python -m training.classifier.train --minutes 60 [--threads 1]`.

Two tasks shape the network: the style of rendered songs, and which track an excerpt is of, among all rendered songs and
all recordings, heard as a mixture or as one separated stem. Tempo class, key, sounding stems and instrument families of
the rendered mixtures are side tasks. Only the style's head of mixtures is exported. The learning rate follows the
minutes spent over all runs; a checkpoint is written every 200 steps, and the same command goes on from it
(`--session-minutes` ends one run early). `--start FILE` begins with what an earlier checkpoint learned; that of the
plain ECAPA-TDNN (version 1.0.0) will do.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.classifier.batches import MIXTURE, N_SOURCES, N_TEMPO_CLASSES, batches, track_count
from training.classifier.features import N_FAMILIES, N_KEYS, NO_KEY
from training.classifier.model import N_POOLED, EcapaTdnn
from training.classifier.warm_start import take_over
from training.genres import GENRE_IDS
from training.run import TrainingRun
from training.settings import EMBEDDING_SIZE, STEMS, training_dir

AVERAGE_DECAY = 0.997
SIDE_WEIGHT = 0.3
TRACK_WEIGHT = 1.0
TRACK_SCALE = 16.0


class TrackHead(nn.Module):
    """Cosine of a projection of the pooled statistics with one direction per track and source (Wang et al. 2018, without margin).

    An excerpt is told from excerpts of the same source only: which stem it is says nothing of the track.
    """

    def __init__(self, n_tracks: int):
        super().__init__()
        self.project = nn.Sequential(nn.Linear(N_POOLED, EMBEDDING_SIZE), nn.BatchNorm1d(EMBEDDING_SIZE))
        self.directions = nn.Parameter(torch.randn(N_SOURCES, n_tracks, EMBEDDING_SIZE))

    def forward(self, pooled: torch.Tensor, source: torch.Tensor) -> torch.Tensor:
        unit = functional.normalize(self.project(pooled).float())
        cosines = torch.einsum("bd,std->bst", unit, functional.normalize(self.directions, dim=2))
        return TRACK_SCALE * cosines[torch.arange(len(source), device=source.device), source]


class MultiTask(nn.Module):
    """The exported network and the heads of the other tasks."""

    def __init__(self, n_tracks: int):
        super().__init__()
        self.network = EcapaTdnn(len(GENRE_IDS))
        self.track = TrackHead(n_tracks)
        self.stem_style = nn.Linear(EMBEDDING_SIZE, len(GENRE_IDS))
        self.tempo = nn.Linear(EMBEDDING_SIZE, N_TEMPO_CLASSES)
        self.key = nn.Linear(EMBEDDING_SIZE, N_KEYS)
        self.stems = nn.Linear(EMBEDDING_SIZE, len(STEMS))
        self.families = nn.Linear(EMBEDDING_SIZE, N_FAMILIES)

    def loss(self, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, dict[str, float]]:
        """Weighted sum of the tasks, and figures for the log. The batch's first half are songs with labels."""
        n_songs = len(batch["genre"])
        is_mixed = batch["source"][:n_songs] == MIXTURE
        with torch.autocast(batch["mel"].device.type, torch.bfloat16):
            pooled = self.network.pool(self.network.frames(batch["mel"]))
            embedding = self.network.embedding_norm(self.network.project(pooled[:n_songs]))
            mixed = embedding[is_mixed]
            style, stem_style = self.network.genre(embedding).float(), self.stem_style(embedding).float()
            heads = (self.tempo, self.key, self.stems, self.families)
            tempo, key, stems, families = (head(mixed).float() for head in heads)
            track = self.track(pooled, batch["source"])
        style = torch.where(is_mixed[:, None], style, stem_style)
        style_loss = functional.cross_entropy(style, batch["genre"], label_smoothing=0.1)
        track_loss = functional.cross_entropy(track, batch["track"], label_smoothing=0.05)
        right = style.argmax(dim=1) == batch["genre"]
        told = track.argmax(dim=1) == batch["track"]
        figures = {"trackLoss": float(track_loss.detach()), "stemTrack": share(told[batch["source"] != MIXTURE])}
        figures |= {"track": share(told[batch["source"] == MIXTURE]), "style": share(right[is_mixed])}
        figures["stemStyle"] = share(right[~is_mixed])
        if not is_mixed.any():
            return style_loss + TRACK_WEIGHT * track_loss, figures | {"side": float("nan")}
        side = functional.cross_entropy(tempo, batch["tempo"][is_mixed], label_smoothing=0.1)
        key_class = batch["key"][is_mixed]
        if (key_class != NO_KEY).any():
            side = side + functional.cross_entropy(key, key_class, label_smoothing=0.1, ignore_index=NO_KEY)
        side = side + functional.binary_cross_entropy_with_logits(stems, batch["stems"][is_mixed])
        side = side + 3 * functional.binary_cross_entropy_with_logits(families, batch["families"][is_mixed])
        figures["side"] = float(side.detach())
        return style_loss + TRACK_WEIGHT * track_loss + SIDE_WEIGHT * side, figures


def begin_with(model: MultiTask, checkpoint: dict) -> None:
    """The checkpoint's network, and its heads of those tasks that have the same classes here."""
    take_over(model.network, checkpoint["model"])
    state = model.state_dict()
    heads = {key: value for key, value in checkpoint.get("averaged", {}).items() if not key.startswith("network.")}
    state |= {key: value for key, value in heads.items() if key in state and value.shape == state[key].shape}
    model.load_state_dict(state)


def share(flags: torch.Tensor) -> float:
    """Of true values; not a number when there is none."""
    return float(flags.float().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--peak-rate", type=float, default=2e-3)
    parser.add_argument("--session-minutes", type=float, default=float("inf"))
    parser.add_argument("--folder", default="classifier")
    parser.add_argument("--start", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model = MultiTask(track_count())
    if arguments.start:
        begin_with(model, torch.load(arguments.start, map_location="cpu", weights_only=True))
    folder = training_dir() / arguments.folder
    run = TrainingRun(folder, model, weight_decay=2e-2, decay=AVERAGE_DECAY, exported=lambda tasks: tasks.network)
    source = batches(run.step)
    history: list[dict[str, float]] = []
    for step in run.steps(arguments.minutes, arguments.session_minutes, arguments.peak_rate):
        started = time.time()
        batch = {key: value.to(run.device) for key, value in next(source).items()}
        waited = time.time() - started
        loss, figures = run.model.loss(batch)
        run.descend(loss)
        history.append(figures | {"loss": float(loss.detach()), "waited": waited})
        if (step + 1) % 50 == 0:
            means = {key: np.nanmean([row[key] for row in history[-50:]]) for key in history[-1]}
            line = " ".join(f"{key} {value:.3f}" for key, value in means.items())
            print(f"step {step + 1} {line} {run.session_sec:.0f} s", flush=True)


if __name__ == "__main__":
    main()
