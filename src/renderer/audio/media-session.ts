// Media keys and the system's "now playing": the player's buttons outside of the window.

export interface SessionActions {
  play(): unknown;
  pause(): unknown;
  next(): void;
  previous(): void;
  seek(seconds: number): void;
  seekBy(seconds: number): void;
}

const SEEK_SEC = 10;

export function setupMediaSession(actions: SessionActions): void {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  session.setActionHandler('play', () => void actions.play());
  session.setActionHandler('pause', () => void actions.pause());
  session.setActionHandler('stop', () => void actions.pause());
  session.setActionHandler('nexttrack', () => actions.next());
  session.setActionHandler('previoustrack', () => actions.previous());
  session.setActionHandler('seekto', ({ seekTime }) => actions.seek(seekTime ?? 0));
  session.setActionHandler('seekforward', ({ seekOffset }) => actions.seekBy(seekOffset || SEEK_SEC));
  session.setActionHandler('seekbackward', ({ seekOffset }) => actions.seekBy(-(seekOffset || SEEK_SEC)));
}

/** @param coverUrl a picture that may be absent */
export function announceTrack(track: { title: string; artist: string; album: string }, coverUrl: string): void {
  if (!('mediaSession' in navigator)) return;
  const artwork = [{ src: new URL(coverUrl, document.baseURI).href }];
  navigator.mediaSession.metadata = new MediaMetadata({ ...track, artwork });
}

export function announcePlaying(playing: boolean): void {
  if ('mediaSession' in navigator) navigator.mediaSession.playbackState = playing ? 'playing' : 'paused';
}

/** Told again after every jump; between them the system counts by itself. */
export function announcePlace(currentSec: number, durationSec: number | null): void {
  if (!('mediaSession' in navigator) || !durationSec) return;
  navigator.mediaSession.setPositionState({ duration: durationSec, position: Math.min(durationSec, Math.max(0, currentSec)) });
}
