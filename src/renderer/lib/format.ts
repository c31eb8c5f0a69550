// Numbers as a person reads them, by the habits of the window's language; every absent value is an en dash.
import type { Messages } from '../../messages/message-keys.ts';
import { dateLocale, numberLocale, t } from './language.ts';

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

/** What can be counted. */
export type Noun = keyof Messages['count'];

/** 45 -> "45 s", 4000 -> "1 h 7 min", 200000 -> "2 days 8 h". */
export function formatSpan(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return ABSENT;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('units.seconds', { n: whole });
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return t('units.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 === 0 ? t('units.hours', { n: hours }) : t('units.hoursMinutes', { hours, minutes: minutes % 60 });
  }
  const wholeHours = Math.round(minutes / 60);
  const days = countOf(Math.floor(wholeHours / 24), 'day');
  return wholeHours % 24 === 0 ? days : t('units.daysHours', { days, hours: wholeHours % 24 });
}

/** "12 Mar 2026" */
export function formatDay(atMs: number | null): string {
  if (atMs === null) return ABSENT;
  return new Date(atMs).toLocaleDateString(dateLocale(), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Made once a locale and kind: a list writes hundreds of numbers at every key press of a search. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(style: 'decimal' | 'percent', digits: number): Intl.NumberFormat {
  const locale = numberLocale();
  const name = `${locale} ${style} ${digits}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style, minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(name, made);
  return made;
}

/** 1204 -> "1,204"; with digits behind the point, exactly so many. */
export function formatCount(count: number, digits = 0): string {
  return numberFormat('decimal', digits).format(count);
}

/** "1 track", "1,204 tracks". */
export function countOf(count: number, noun: Noun): string {
  return t(`count.${noun}`, { n: count });
}

export function formatPercent(fraction: number | null): string {
  if (fraction === null) return ABSENT;
  return numberFormat('percent', 0).format(fraction);
}

export function formatTempo(bpm: number | null): string {
  return bpm === null ? ABSENT : formatCount(bpm, bpm < 100 ? 1 : 0);
}

/** -14.25 -> "−14.3" with a real minus sign. */
export function formatDecibel(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? ABSENT : formatCount(value, digits).replace('-', '−');
}

/** Tracks per second, or per minute or hour where that reads better. */
export function formatSpeed(tracksPerSec: number | null): string {
  if (tracksPerSec === null || tracksPerSec <= 0) return ABSENT;
  if (tracksPerSec >= 1) return t('units.tracksPerSec', { n: formatCount(tracksPerSec, tracksPerSec < 10 ? 1 : 0) });
  if (tracksPerSec * 60 >= 1) return t('units.tracksPerMin', { n: formatCount(tracksPerSec * 60) });
  return t('units.tracksPerHour', { n: formatCount(tracksPerSec * 3600) });
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatCount(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** 4186 -> "4.2 kHz". */
export function formatHertz(hertz: number): string {
  return hertz >= 1000
    ? `${(hertz / 1000).toLocaleString(numberLocale(), { maximumFractionDigits: 1 })} kHz`
    : `${Math.round(hertz)} Hz`;
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
