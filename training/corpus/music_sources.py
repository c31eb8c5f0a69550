"""Recorded music under free licences, from Debian packages: what the classifier hears beside the rendered songs.

The licence is the one that the package's copyright file gives for its music. Nothing here may forbid commercial use.
`python -m training.corpus.music_sources` fetches the packages and keeps their music in <training dir>/packages/audio;
packages whose .done file stands beside are skipped.
"""

import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from training.settings import training_dir

SUFFIXES = {".ogg", ".oga", ".opus", ".mp3", ".flac", ".music", ".mod", ".xm", ".it", ".s3m"}
LEAST_BYTES = 100_000


@dataclass(frozen=True)
class MusicPackage:
    """A Debian package (bookworm) and the licence of the music in it."""

    package: str
    licence: str


MUSIC_PACKAGES = (
    MusicPackage("ardentryst", "CC-BY-SA-3.0"),
    MusicPackage("asc-music", "GPL-2+"),
    MusicPackage("colobot-common-sounds", "GPL-3+"),
    MusicPackage("extremetuxracer-data", "GPL-2+"),
    MusicPackage("fillets-ng-data", "GPL-2+"),
    MusicPackage("flare-game", "CC-BY-SA-3.0+"),
    MusicPackage("freedroidrpg-data", "GPL-2+"),
    MusicPackage("fretsonfire-songs-muldjord", "CC-BY-SA-3.0"),
    MusicPackage("fretsonfire-songs-sectoid", "GPL"),
    MusicPackage("frozen-bubble-data", "GPL-2"),
    MusicPackage("hedgewars-data", "GPL-2"),
    MusicPackage("hyperrogue-music", "CC-BY-SA-3.0, GPL-2+"),
    MusicPackage("krank", "public domain; the file does not name the music by itself"),
    MusicPackage("lincity-ng-data", "GPL-2+"),
    MusicPackage("lordsawar-data", "GPL-3+"),
    MusicPackage("marsshooter-data", "CC-BY-SA-3.0"),
    MusicPackage("megaglest-data", "CC-BY-SA-3.0"),
    MusicPackage("naev-data", "GPL-2+, GPL-3 or CC-BY-3.0"),
    MusicPackage("nexuiz-music", "GPL-2+"),
    MusicPackage("planetblupi-music-ogg", "GPL-3+"),
    MusicPackage("plee-the-bear-data", "CC-BY-SA-3.0, GPL-2+"),
    MusicPackage("pushover-data", "GPL-3+"),
    MusicPackage("scorched3d-data", "GPL-2+, CC-BY-SA-3.0"),
    MusicPackage("singularity-music", "CC-BY-SA-3.0"),
    MusicPackage("supertux-data", "GPL-2+"),
    MusicPackage("supertuxkart-data", "CC-BY-SA-3.0, CC-BY-SA-4.0, CC-BY-3.0, GPL"),
    MusicPackage("tecnoballz-data", "GPL-3+"),
    MusicPackage("ufoai-music", "GPL-2+, CC-BY-3.0, CC-BY-SA-3.0"),
    MusicPackage("unknown-horizons", "CC-BY-SA-3.0"),
    MusicPackage("warmux-data", "GPL-2+"),
    MusicPackage("warzone2100-music", "GPL-2+"),
    MusicPackage("wesnoth-1.16-music", "GPL-2+"),
    MusicPackage("widelands-data", "GPL-2+, CC-BY-SA-3.0"),
    MusicPackage("xmoto-data", "GPL-2+"),
    MusicPackage("zaz-data", "CC-BY-SA-3.0"),
)


def audio_folder(source: MusicPackage) -> Path:
    """Where a package's music lies."""
    return training_dir() / "packages" / "audio" / source.package


def music_files(source: MusicPackage) -> list[Path]:
    """Its files of music, by name."""
    return sorted(path for path in audio_folder(source).rglob("*") if path.suffix.lower() in SUFFIXES)


def keep_music(source: MusicPackage, unpacked: Path) -> None:
    """Copies what is long enough to be music, also out of Quake archives, and the licence."""
    folder = audio_folder(source)
    folder.mkdir(parents=True, exist_ok=True)
    for archive in unpacked.rglob("*.pk3"):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(unpacked / "archives" / archive.stem)
    for path in unpacked.rglob("*"):
        if path.is_file() and path.suffix.lower() in SUFFIXES and path.stat().st_size >= LEAST_BYTES:
            shutil.copy(path, folder / "-".join(path.relative_to(unpacked).parts[-3:]))
    shutil.copy(unpacked / "usr/share/doc" / source.package / "copyright", folder)


def fetch(source: MusicPackage) -> None:
    """Download, unpack, keep the music."""
    packages = training_dir() / "packages"
    done = packages / f"{source.package}.done"
    if done.exists():
        return
    packages.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", source.package], cwd=packages, check=True)
    archive = next(packages.glob(f"{source.package}_*.deb"))
    unpacked = packages / source.package
    subprocess.run(["dpkg-deb", "-x", archive, unpacked], check=True)
    keep_music(source, unpacked)
    shutil.rmtree(unpacked)
    archive.unlink()
    done.touch()


def main() -> None:
    for source in MUSIC_PACKAGES:
        fetch(source)
        print(f"{source.package} ({source.licence}): {len(music_files(source))} files", flush=True)


if __name__ == "__main__":
    main()
