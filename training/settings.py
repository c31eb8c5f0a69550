"""The numbers that several parts of training share, and where generated files go."""

import os
from pathlib import Path

SAMPLE_RATE_HZ = 44_100
STEMS = ("bass", "drums", "other", "vocals")

# Separator: short-time Fourier transform of the engine.
FFT_SAMPLES = 4096
HOP_SAMPLES = 1024
N_BINS = 1024
EXTENSION_BINS = 64
FRAME_MULTIPLE = 64
CHUNK_FRAMES = 512
CONTEXT_FRAMES = 32

# Classifier: mel profile of the engine.
MEL_SAMPLE_RATE_HZ = 22_050
MEL_FFT_SAMPLES = 2048
MEL_HOP_SAMPLES = 512
N_MELS = 128
MEL_FLOOR_DB = -80.0
WINDOW_SEC = 10.0
WINDOW_FRAMES = 431
EMBEDDING_SIZE = 192

REPOSITORY = Path(__file__).resolve().parent.parent
MODELS_DIR = REPOSITORY / "resources" / "models"
DEMO_DIR = REPOSITORY / "resources" / "demo"


def training_dir() -> Path:
    """Folder for everything generated: corpus, features, checkpoints. Never inside the repository."""
    default = Path.home() / ".cache" / "stemscape-training"
    return Path(os.environ.get("STEMSCAPE_TRAINING_DIR", default))
