// Media keys and the system's "now playing": the player's buttons outside of the window.

export interface SessionActions {
  play(): unknown;
  pause(): unknown;
  next(): void;
  previous(): void;
  seek(seconds: number): void;
}

export function setupMediaSession(actions: SessionActions): void {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  session.setActionHandler('play', () => void actions.play());
  session.setActionHandler('pause', () => void actions.pause());
  session.setActionHandler('nexttrack', () => actions.next());
  session.setActionHandler('previoustrack', () => actions.previous());
  session.setActionHandler('seekto', ({ seekTime }) => actions.seek(seekTime ?? 0));
}

export function announceTrack(track: { title: string; artist: string; album: string }): void {
  if ('mediaSession' in navigator) navigator.mediaSession.metadata = new MediaMetadata(track);
}

export function announcePlaying(playing: boolean): void {
  if ('mediaSession' in navigator) navigator.mediaSession.playbackState = playing ? 'playing' : 'paused';
}
