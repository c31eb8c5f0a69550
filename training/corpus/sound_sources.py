"""Soundfonts, drum kits and voices the renderer may use, their licences, and which are kept for the held-out test."""

from dataclasses import dataclass
from pathlib import Path

SOUNDFONT_FOLDER = Path("/usr/share/sounds")
HYDROGEN_FOLDER = Path("/usr/share/hydrogen/data/drumkits")
SONIC_PI_FOLDER = Path("/usr/share/sonic-pi/samples")


@dataclass(frozen=True)
class Source:
    """A sound source. `open_output`: renders may be published under any licence."""

    path: str
    package: str
    licence: str
    open_output: bool = False


SOUNDFONTS = (
    Source("sf2/FluidR3_GM.sf2", "fluid-soundfont-gm", "MIT", True),
    Source("sf3/MuseScore_General_Lite.sf3", "musescore-general-soundfont-small", "MIT", True),
    Source("sf2/TimGM6mb.sf2", "timgm6mb-soundfont", "GPL-2"),
)
UNSEEN_SOUNDFONTS = (Source("sf2/sf_GMbank.sf2", "csound-soundfont", "LGPL-2.1+"),)

KITS = (
    Source("Audiophob", "hydrogen-drumkits", "CC0", True),
    Source("BJA_Pacific", "hydrogen-drumkits", "CC-BY-SA-3.0-us"),
    Source("ColomboAcousticDrumkit", "hydrogen-drumkits", "GPL-2+ with composition exception"),
    Source("ElectricEmpireKit", "hydrogen-drumkits", "GPL-2+"),
    Source("HardElectro1", "hydrogen-drumkits", "GPL-2+"),
    Source("Millo-Drums_v.1", "hydrogen-drumkits", "GPL-2"),
    Source("The Black Pearl 1.0", "hydrogen-drumkits", "GPL-2"),
    Source("VariBreaks", "hydrogen-drumkits", "GPL-2+"),
    Source("rumpf_kit_z01_h2", "hydrogen-drumkits", "CC-BY-3.0"),
)
UNSEEN_KITS = (
    Source("ForzeeStereo", "hydrogen-drumkits", "GPL-2"),
    Source("Millo_MultiLayered2", "hydrogen-drumkits", "GPL-2"),
)
SONIC_PI = Source("sonic-pi", "sonic-pi-samples", "CC0", True)

# espeak-ng language + voice variant, formant factor of a further voice made from it.
VOICES = (
    ("en-us+f2", 1.0),
    ("en-gb+m3", 1.0),
    ("it+f3", 1.0),
    ("es+m1", 0.97),
    ("de+f4", 1.0),
    ("fr+f1", 1.05),
    ("pt-br+m7", 1.0),
    ("sv+f5", 1.0),
    ("pl+m2", 0.95),
    ("en-us+m4", 0.92),
    ("en-gb+f3", 1.1),
    ("la+m5", 1.0),
    ("en-us+klatt2", 1.0),
    ("nl+f2", 1.08),
    ("en-us+Andy", 1.0),
    ("en-us+Annie", 1.0),
    ("it+Mario", 1.0),
    ("en-us+aunty", 0.95),
)
UNSEEN_VOICES = (("en-gb+steph", 1.0), ("es+paul", 1.0), ("de+linda", 1.0), ("fr+m6", 1.0))
SYLLABLES = (
    "la",
    "na",
    "do",
    "ray",
    "love",
    "night",
    "you",
    "me",
    "heart",
    "time",
    "way",
    "sky",
    "oh",
    "yeah",
    "down",
    "light",
    "go",
    "home",
    "rain",
    "ma",
    "shine",
    "free",
    "fall",
    "see",
    "now",
    "stay",
    "run",
    "fire",
    "star",
    "blue",
)
