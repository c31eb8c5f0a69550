// Numbers as a person reads them; every absent value is an en dash.
const ABSENT = '–';

/** 65 -> "1:05", 3725 -> "1:02:05". */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return ABSENT;
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** 45 -> "45 s", 4000 -> "1 h 7 min", 200000 -> "2 days 8 h". */
export function formatSpan(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return ABSENT;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const wholeHours = Math.round(minutes / 60);
  const days = Math.floor(wholeHours / 24);
  const name = days === 1 ? 'day' : 'days';
  return wholeHours % 24 === 0 ? `${days} ${name}` : `${days} ${name} ${wholeHours % 24} h`;
}

/** "12 Mar 2026" */
export function formatDay(atMs: number | null): string {
  if (atMs === null) return ABSENT;
  return new Date(atMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** "1 track", "1,204 tracks". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}

export function formatPercent(fraction: number | null): string {
  return fraction === null ? ABSENT : `${Math.round(fraction * 100)}%`;
}

export function formatTempo(bpm: number | null): string {
  return bpm === null ? ABSENT : bpm.toFixed(bpm < 100 ? 1 : 0);
}

/** -14.25 -> "−14.3" with a real minus sign. */
export function formatDecibel(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? ABSENT : value.toFixed(digits).replace('-', '−');
}

/** Tracks per second, or per minute or hour where that reads better. */
export function formatSpeed(tracksPerSec: number | null): string {
  if (tracksPerSec === null || tracksPerSec <= 0) return ABSENT;
  if (tracksPerSec >= 1) return `${tracksPerSec.toFixed(tracksPerSec < 10 ? 1 : 0)} tracks/s`;
  if (tracksPerSec * 60 >= 1) return `${(tracksPerSec * 60).toFixed(0)} tracks/min`;
  return `${(tracksPerSec * 3600).toFixed(0)} tracks/h`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** 4186 -> "4.2 kHz". */
export function formatHertz(hertz: number): string {
  return hertz >= 1000 ? `${Number((hertz / 1000).toFixed(1))} kHz` : `${Math.round(hertz)} Hz`;
}

export function orAbsent(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? ABSENT : String(value);
}

/** "C:\Music\a.mp3" -> "a.mp3". */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** "/music/Ore/a.mp3" -> "/music/Ore". */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

/** The name to show for a track: its title, else its file name. */
export function trackTitle(track: { title: string | null; path: string }): string {
  return track.title ?? fileName(track.path);
}
