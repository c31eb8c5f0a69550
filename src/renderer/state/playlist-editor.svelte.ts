// A smart playlist while its rules are edited: as a form and as text, both in step, with what they find.
import { ALL_TRACKS, type PlaylistSummary, type SmartRules } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { debounce } from '../lib/rate-limit.ts';
import {
  addRule,
  conditionsIn,
  type DraftCondition,
  type DraftGroup,
  type DraftRule,
  draftOf,
  newCondition,
  newGroup,
  problemOfDraft,
  type RuleField,
  replaceRule,
  rulesOfDraft,
} from '../lib/rule-draft.ts';
import { PlaylistPreview } from './playlist-preview.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type EditorTab = 'form' | 'text';
export type TextProblem = { line: number; column: number; message: string };
/** What stands beside the conditions. */
export type RuleClauses = Omit<SmartRules, 'where'>;

const PARSE_MS = 200;
const { where: NO_CONDITIONS, ...NO_CLAUSES } = ALL_TRACKS;

export class PlaylistEditor {
  #api: Api;
  #toasts: Toasts;
  readonly preview: PlaylistPreview;
  #fields = $state.raw<readonly RuleField[]>([]);
  #where = $state.raw<DraftGroup>(draftOf(NO_CONDITIONS));
  #clauses = $state.raw<RuleClauses>(NO_CLAUSES);
  #text = $state('');
  #textProblem = $state.raw<TextProblem | null>(null);
  #tab = $state<EditorTab>('form');
  #playlist = $state.raw<PlaylistSummary | null>(null);
  #isOpen = $state(false);
  /** The text is older than the form. */
  #isTextOld = $state(false);
  #isChanged = $state(false);
  #nTexts = 0;
  name = $state('');
  #parseSoon = debounce(() => void this.#parse(), PARSE_MS);

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.preview = new PlaylistPreview(api);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Something was changed that is not kept yet. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** The playlist whose rules are edited; null for a new one. */
  get playlist(): PlaylistSummary | null {
    return this.#playlist;
  }

  get fields(): readonly RuleField[] {
    return this.#fields;
  }

  get where(): DraftGroup {
    return this.#where;
  }

  get clauses(): RuleClauses {
    return this.#clauses;
  }

  get tab(): EditorTab {
    return this.#tab;
  }

  get text(): string {
    return this.#text;
  }

  get textProblem(): TextProblem | null {
    return this.#textProblem;
  }

  /** Conditions that still miss something. */
  get nUnfinished(): number {
    return conditionsIn(this.#where).filter((condition) => this.problemOf(condition) !== null).length;
  }

  get rules(): SmartRules {
    return { ...this.#clauses, where: rulesOfDraft(this.#where, (condition) => this.problemOf(condition) === null) };
  }

  /** Why it cannot be kept yet; null when it can. */
  get problem(): string | null {
    if (this.#textProblem) return 'The text has an error.';
    if (this.nUnfinished === 1) return 'One condition is not finished.';
    if (this.nUnfinished > 1) return `${this.nUnfinished} conditions are not finished.`;
    return this.name.trim() === '' ? 'It needs a name.' : null;
  }

  field(name: string): RuleField | undefined {
    return this.#fields.find((field) => field.name === name);
  }

  problemOf(condition: DraftCondition): string | null {
    return problemOfDraft(condition, this.field(condition.field));
  }

  /** A new smart playlist, with one condition to begin with. */
  async openNew(name: string): Promise<void> {
    if (!(await this.#readFields())) return;
    const genre = this.field('genre') ?? this.#fields[0];
    const first = genre ? [newCondition(genre, genre.operators[0]!.op)] : [];
    this.#open(null, name, newGroup('all', first), NO_CLAUSES);
  }

  async openRules(playlist: PlaylistSummary, rules: SmartRules): Promise<void> {
    if (!(await this.#readFields())) return;
    const { where, ...clauses } = rules;
    this.#open(playlist, playlist.name, draftOf(where), clauses);
  }

  close(): void {
    this.#isOpen = false;
    this.#parseSoon.cancel();
    this.preview.show(null);
  }

  /** As it was left. */
  reopen(): void {
    this.#isOpen = true;
    this.preview.show({ by: 'rules', rules: this.rules });
  }

  replace(key: number, by: DraftRule | null): void {
    this.#changed(replaceRule(this.#where, key, by), this.#clauses);
  }

  add(groupKey: number, rule: DraftRule): void {
    this.#changed(addRule(this.#where, groupKey, rule), this.#clauses);
  }

  setClauses(change: Partial<RuleClauses>): void {
    this.#changed(this.#where, { ...this.#clauses, ...change });
  }

  async setTab(tab: EditorTab): Promise<void> {
    this.#tab = tab;
    if (tab === 'text' && this.#isTextOld) await this.#print();
  }

  setText(text: string): void {
    this.#text = text;
    this.#isChanged = true;
    this.#nTexts += 1;
    this.#parseSoon();
  }

  /** The playlist that was made or changed; null when it was refused. */
  async keep(): Promise<PlaylistSummary | null> {
    try {
      const kept = this.#playlist ? await this.#change(this.#playlist, this.rules) : await this.#make(this.rules);
      this.#isChanged = false;
      return kept;
    } catch (error) {
      this.#toasts.fail(error);
      return null;
    }
  }

  async #make(rules: SmartRules): Promise<PlaylistSummary> {
    const making = { by: 'rules' as const, rules };
    return (await this.#api.call('playlists.make', { name: this.name.trim(), making })).playlist;
  }

  async #change({ id, name }: PlaylistSummary, rules: SmartRules): Promise<PlaylistSummary> {
    const changed = await this.#api.call('playlists.setRules', { id, rules });
    const wanted = this.name.trim();
    return wanted === name ? changed : this.#api.call('playlists.rename', { id, name: wanted });
  }

  #open(playlist: PlaylistSummary | null, name: string, where: DraftGroup, clauses: RuleClauses): void {
    this.#playlist = playlist;
    this.name = name;
    this.#tab = 'form';
    this.#isOpen = true;
    this.#changed(where, clauses);
    this.#isChanged = false;
  }

  #changed(where: DraftGroup, clauses: RuleClauses): void {
    this.#where = where;
    this.#clauses = clauses;
    this.#isTextOld = true;
    this.#isChanged = true;
    this.#textProblem = null;
    this.preview.show({ by: 'rules', rules: this.rules });
  }

  async #print(): Promise<void> {
    const at = ++this.#nTexts;
    try {
      const { text } = await this.#api.call('rules.print', { rules: this.rules });
      if (at !== this.#nTexts) return;
      this.#text = text;
      this.#isTextOld = false;
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #parse(): Promise<void> {
    const at = this.#nTexts;
    try {
      const read = await this.#api.call('rules.parse', { text: this.#text });
      if (at !== this.#nTexts) return;
      if (!read.ok) {
        this.#textProblem = read;
        return;
      }
      const { where, ...clauses } = read.rules;
      this.#changed(draftOf(where), clauses);
      // The text says the same already.
      this.#isTextOld = false;
    } catch (error) {
      this.#toasts.fail(error);
    }
  }

  async #readFields(): Promise<boolean> {
    if (this.#fields.length > 0) return true;
    try {
      this.#fields = (await this.#api.call('rules.fields', {})).fields;
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    }
  }
}
