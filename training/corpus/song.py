"""The song as notes: what the composer makes and the renderers read."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """Start and length in seconds, MIDI pitch, velocity 1..127. `syllable` counts sung notes."""

    start_sec: float
    length_sec: float
    pitch: int
    velocity: int


@dataclass
class Part:
    """Notes of one instrument. `sound`: GM program, synth voice name, drum source or singing voice kind."""

    stem: str
    sound: int | str
    notes: list[Note] = field(default_factory=list)
    drive: float = 0.0
    is_drums: bool = False
    gain_db: float = 0.0
    pan: float = 0.0  # -1 left .. 1 right


@dataclass
class Song:
    """One composed piece. Duration in seconds, tempo in beats per minute."""

    style: str
    seed: int
    tempo_bpm: int
    key: str
    tonic: int
    scale: str
    duration_sec: float
    parts: list[Part]
    reverb: float
    squash: float
    tilt_db: float

    def stems_present(self) -> list[str]:
        """Stem names with at least one note, in no particular order."""
        return sorted({part.stem for part in self.parts if part.notes})
