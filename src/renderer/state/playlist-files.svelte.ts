// Playlists to and from files of other programs: how they are written, what was left out of the last one, what was read.
import {
  type FolderProgress,
  type LeftOut,
  type LinkKind,
  type PathStyle,
  PLAYLIST_FORMATS,
  type PlaylistFormat,
  type Settings,
} from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { base64Of, bytesFromBase64 } from '../lib/base64.ts';
import { downloadBytes } from '../lib/download.ts';
import { saidHere } from '../lib/engine-sentences.ts';
import type { ExportKind } from '../lib/export-words.ts';
import { countOf } from '../lib/format.ts';
import { t } from '../lib/language.ts';
import type { Toasts } from './toasts.svelte.ts';

export interface FileReport {
  title: string;
  /** What should be known of the format. */
  notes: readonly string[];
  rows: readonly LeftOut[];
}

/** A page in a browser may send messages of 192 MiB, and base64 takes a third more than the file. */
const MAX_BROWSER_BYTES = 140_000_000;
const FOLDER_KINDS: readonly LinkKind[] = ['copy', 'symlink', 'hardlink'];
type ExportSettings = Settings['playlistExport'];

/** Where the choices of an export are remembered. */
export interface KeptSettings {
  readonly value: Settings;
  change(change: Partial<Settings>): Promise<void>;
}

export class PlaylistFiles {
  readonly #api: Api;
  readonly #toasts: Toasts;
  readonly #settings: KeptSettings;
  busy = $state(false);
  progress = $state.raw<FolderProgress | null>(null);
  report = $state.raw<FileReport | null>(null);

  constructor(api: Api, toasts: Toasts, settings: KeptSettings) {
    this.#api = api;
    this.#toasts = toasts;
    this.#settings = settings;
  }

  /** How the next export is written: as the last one, also in another window. */
  get options(): ExportSettings {
    return this.#settings.value.playlistExport;
  }

  get kind(): ExportKind {
    return this.options.kind;
  }

  choose(change: Partial<ExportSettings>): Promise<void> {
    return this.#settings.change({ playlistExport: { ...this.options, ...change } });
  }

  listen(): () => void {
    return this.#api.on('playlists.folderProgress', (progress) => {
      this.progress = progress;
    });
  }

  /** What can be chosen; a browser's page cannot name a folder to fill. */
  kinds(hasFolders: boolean): readonly ExportKind[] {
    return hasFolders ? [...PLAYLIST_FORMATS, ...FOLDER_KINDS] : PLAYLIST_FORMATS;
  }

  async export(id: string, pathStyle: PathStyle, kind = this.kind): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const folderKind = FOLDER_KINDS.find((known) => known === kind);
      if (folderKind) await this.#fill(id, folderKind, pathStyle);
      else await this.#write(id, kind as PlaylistFormat, pathStyle);
    } catch (error) {
      this.#toasts.fail(error);
    }
    this.busy = false;
    this.progress = null;
  }

  cancel(): void {
    void this.#api.call('playlists.cancelFill', {});
  }

  async import(file: File): Promise<void> {
    try {
      const { kind } = await this.#api.call('host.capabilities', {});
      if (kind === 'browser' && file.size > MAX_BROWSER_BYTES) {
        this.#toasts.tell(t('exporting.tooLarge', { file: file.name }), 'failure');
        return;
      }
      const { playlists } = await this.#api.call('playlists.import', {
        file: { name: file.name, base64: await base64Of(file) },
      });
      const kept = playlists.filter(({ id }) => id !== null);
      const nFound = playlists.reduce((sum, { nMatched }) => sum + nMatched, 0);
      const nLost = playlists.reduce((sum, { nUnmatched }) => sum + nUnmatched, 0);
      const counts = { tracks: countOf(nFound, 'track'), playlists: countOf(kept.length, 'playlist') };
      this.#toasts.tell(t('exporting.readInto', { ...counts, file: file.name }));
      if (nLost === 0) return;
      const rows = playlists.flatMap(({ unmatched }) =>
        unmatched.map(({ location, label, reason }) => ({
          path: label === null ? location : `${label}: ${location}`,
          reason: saidHere(reason),
        })),
      );
      this.report = { title: t('exporting.notFound', { n: nLost, total: nFound + nLost }), notes: [], rows };
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #write(id: string, format: PlaylistFormat, pathStyle: PathStyle): Promise<void> {
    const isM3u = format === 'm3u';
    const { encoding, rewrites } = this.options;
    const bom = this.options.bom && (format === 'm3u8' || (isM3u && encoding === 'utf-8'));
    const choice = { format, pathStyle, rewrites, bom, encoding: isM3u ? encoding : null };
    const { path, fileName, mediaType, base64, nTracks, leftOut, notes } = await this.#api.call('playlists.export', {
      id,
      ...choice,
    });
    if (base64 !== null) downloadBytes(fileName, bytesFromBase64(base64), mediaType);
    // Neither a path nor bytes: the person closed the save dialog.
    if (path === null && base64 === null) return;
    this.#tell(nTracks, path ?? t('exporting.inDownloads', { file: fileName }), leftOut, notes);
  }

  async #fill(id: string, kind: LinkKind, pathStyle: PathStyle): Promise<void> {
    const { folder, nTracks, leftOut } = await this.#api.call('playlists.fillFolder', { id, kind, pathStyle });
    if (folder !== null) this.#tell(nTracks, folder, leftOut, []);
  }

  #tell(nTracks: number, place: string, rows: readonly LeftOut[], notes: readonly string[]): void {
    this.#toasts.tell(t('exporting.exportedTo', { tracks: countOf(nTracks, 'track'), place }));
    if (rows.length === 0 && notes.length === 0) return;
    const tracks = countOf(nTracks + rows.length, 'track');
    this.report = {
      title: rows.length === 0 ? t('exporting.goodToKnow') : t('exporting.leftOut', { n: rows.length, tracks }),
      notes: notes.map(saidHere),
      rows: rows.map(({ path, reason }) => ({ path, reason: saidHere(reason) })),
    };
  }
}
