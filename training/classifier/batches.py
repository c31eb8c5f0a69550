"""Training batches of the classifier: excerpts of rendered songs with their labels, and of recordings without.

Of both, half are heard as they are and half as one separated stem: in the engine the network embeds the mixture and each stem.
"""

import multiprocessing
from collections.abc import Iterator

import numpy as np
import torch

from training.classifier.augmentation import from_db, remixed, resized, varied
from training.classifier.features import N_FAMILIES, NO_KEY
from training.settings import STEMS, WINDOW_FRAMES, training_dir

N_TEMPO_CLASSES = 12
SHORT_FRAMES = (86, 131)
FRAMES_PER_BATCH = 64 * 110
QUEUED_BATCHES = 8
MIXTURE = len(STEMS)
N_SOURCES = len(STEMS) + 1
# The engine calls a stem with less of the power silent.
SILENT_SHARE = 10**-2.5


def tempo_class(tempo_bpm: float) -> int:
    """Logarithmic classes from 50 to 240 beats a minute."""
    position = np.log(tempo_bpm / 50) / np.log(240 / 50)
    return int(np.clip(position * N_TEMPO_CLASSES, 0, N_TEMPO_CLASSES - 1))


def load_features() -> tuple[dict, dict]:
    """Rendered songs with labels, and recordings with the track of each piece; `separated_db` stays on the disk."""
    stored = []
    for name in ("train", "recordings"):
        folder = training_dir() / "mel"
        with np.load(folder / f"{name}.npz") as archive:
            stored.append({key: archive[key] for key in archive})
        stored[-1]["separated_db"] = np.load(folder / f"{name}-separated.npy", mmap_mode="r")
    return stored[0], stored[1]


def cut(n_available: int, n_frames: int, rng: np.random.Generator) -> tuple[slice, float, float]:
    """A random span, and the speed and shift that make n_frames of it."""
    speed = float(np.exp(rng.normal(0, 0.07))) if rng.random() < 0.4 else 1.0
    shift = float(rng.normal(0, 1.5)) if rng.random() < 0.3 else 0.0
    n_needed = min(int(n_frames * speed) + 3, n_available)
    start = int(rng.integers(0, n_available - n_needed + 1))
    return slice(start, start + n_needed), speed, shift


def sounding_stem(separated_db: np.ndarray, rng: np.random.Generator) -> tuple[int, np.ndarray] | None:
    """A random stem of [4 x frames x 128] dB that is not silent, and its power; None when that one is."""
    power = from_db(separated_db)
    stem = int(rng.integers(len(STEMS)))
    return (stem, power[stem]) if power[stem].sum() >= SILENT_SHARE * power.sum() > 0 else None


def make_batch(songs: dict, recordings: dict, rng: np.random.Generator) -> dict[str, torch.Tensor]:
    """Half songs, half recordings, of one random length: mostly 2 to 3 s, sometimes up to 10. Songs stand first.

    `track` numbers all songs, then all recorded tracks; `source` is a stem or MIXTURE; the other labels are those of the songs, and
    tempo, key, stems and families are told only of mixtures. What is moved along the mel axis has no key.
    """
    n_frames = int(rng.integers(*SHORT_FRAMES)) if rng.random() < 0.8 else int(rng.integers(131, WINDOW_FRAMES + 1))
    half = max(6, FRAMES_PER_BATCH // n_frames // 2)
    n_songs = len(songs["genre"])
    power, tracks, sources, genres, tempi, keys, stems, families = [], [], [], [], [], [], [], []
    for song in rng.choice(n_songs, half, replace=False):
        span, speed, shift = cut(songs["power_db"].shape[2], n_frames, rng)
        alone = sounding_stem(songs["separated_db"][song][:, span], rng) if rng.random() < 0.5 else None
        mixed, kept = remixed(songs["power_db"][song][:, span], songs["active"][song], rng)
        source, heard = alone or (MIXTURE, mixed)
        power.append(resized(heard, n_frames, speed, shift))
        tracks.append(song)
        sources.append(source)
        genres.append(songs["genre"][song])
        tempi.append(tempo_class(songs["tempo"][song] * speed))
        keys.append(NO_KEY if shift else songs["key"][song])
        stems.append(kept)
        families.append((songs["families"][song] * kept[:, None]).max(axis=0))
    for piece in rng.choice(len(recordings["track"]), half, replace=False):
        span, speed, shift = cut(recordings["power_db"].shape[1], n_frames, rng)
        alone = sounding_stem(recordings["separated_db"][piece][:, span], rng) if rng.random() < 0.5 else None
        source, heard = alone or (MIXTURE, from_db(recordings["power_db"][piece, span]))
        power.append(resized(heard, n_frames, speed, shift))
        tracks.append(n_songs + recordings["track"][piece])
        sources.append(source)
    return {
        "mel": torch.from_numpy(varied(np.stack(power), rng)),
        "track": torch.tensor(np.array(tracks)),
        "source": torch.tensor(sources),
        "genre": torch.tensor(np.array(genres)),
        "tempo": torch.tensor(tempi),
        "key": torch.tensor(np.array(keys)),
        "stems": torch.from_numpy(np.stack(stems)).float(),
        "families": torch.from_numpy(np.stack(families)).float().reshape(half, N_FAMILIES),
    }


def produce(queue: multiprocessing.Queue, seed: int) -> None:
    """Makes batches for ever; ends with the process that reads them."""
    torch.set_num_threads(1)
    songs, recordings = load_features()
    rng = np.random.default_rng([23, seed])
    while True:
        queue.put({key: value.numpy() for key, value in make_batch(songs, recordings, rng).items()})


def batches(seed: int) -> Iterator[dict[str, torch.Tensor]]:
    """Batches made by a process of their own."""
    queue: multiprocessing.Queue = multiprocessing.Queue(QUEUED_BATCHES)
    multiprocessing.Process(target=produce, args=(queue, seed), daemon=True).start()
    while True:
        yield {key: torch.from_numpy(value) for key, value in queue.get().items()}


def track_count() -> int:
    """Songs and recorded tracks together."""
    with np.load(training_dir() / "mel" / "train.npz") as songs, np.load(training_dir() / "mel" / "recordings.npz") as found:
        return len(songs["genre"]) + int(found["track"].max()) + 1


