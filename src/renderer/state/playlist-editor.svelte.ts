// A smart playlist while its rules are edited: as a form and as text, both in step, with what they find.
import { ALL_TRACKS, type PlaylistSummary, type SmartRules } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { t } from '../lib/language.ts';
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
  type RuleHolder,
  replaceRule,
  rulesOfDraft,
} from '../lib/rule-draft.ts';
import { PlaylistPreview } from './playlist-preview.svelte.ts';
import { PlaylistRuleText } from './playlist-rule-text.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type EditorTab = 'form' | 'text';
/** What stands beside the conditions. */
export type RuleClauses = Omit<SmartRules, 'where'>;

const { where: NO_CONDITIONS, ...NO_CLAUSES } = ALL_TRACKS;

export class PlaylistEditor implements RuleHolder {
  #api: Api;
  #toasts: Toasts;
  readonly preview: PlaylistPreview;
  readonly text: PlaylistRuleText;
  #fields = $state.raw<readonly RuleField[]>([]);
  #where = $state.raw<DraftGroup>(draftOf(NO_CONDITIONS));
  #clauses = $state.raw<RuleClauses>(NO_CLAUSES);
  #tab = $state<EditorTab>('form');
  #playlist = $state.raw<PlaylistSummary | null>(null);
  #isOpen = $state(false);
  #isChanged = $state(false);
  name = $state('');

  constructor(api: Api, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
    this.preview = new PlaylistPreview(api);
    this.text = new PlaylistRuleText(api, toasts, ({ where, ...clauses }) => this.#changed(draftOf(where), clauses));
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

  /** Conditions that still miss something. */
  get nUnfinished(): number {
    return conditionsIn(this.#where).filter((condition) => this.problemOf(condition) !== null).length;
  }

  get rules(): SmartRules {
    return { ...this.#clauses, where: rulesOfDraft(this.#where, (condition) => this.problemOf(condition) === null) };
  }

  /** Why it cannot be kept yet; null when it can. */
  get problem(): string | null {
    if (this.text.problem) return t('rules.textHasError');
    if (this.text.isNew) return t('rules.textIsRead');
    if (this.nUnfinished > 0) return t('rules.unfinished', { n: this.nUnfinished });
    return this.name.trim() === '' ? t('rules.needsName') : null;
  }

  field(name: string): RuleField | undefined {
    return this.#fields.find((field) => field.name === name);
  }

  problemOf(condition: DraftCondition): string | null {
    return problemOfDraft(condition, this.field(condition.field));
  }

  /** A new smart playlist, with one condition to begin with. */
  async openNew(name: string): Promise<void> {
    if (!(await this.readFields())) return;
    const genre = this.field('genre') ?? this.#fields[0];
    const first = genre ? [newCondition(genre, genre.operators[0]!.op)] : [];
    this.#open(null, name, newGroup('all', first), NO_CLAUSES);
  }

  async openRules(playlist: PlaylistSummary, rules: SmartRules): Promise<void> {
    if (!(await this.readFields())) return;
    const { where, ...clauses } = rules;
    this.#open(playlist, playlist.name, draftOf(where), clauses);
  }

  close(): void {
    this.#isOpen = false;
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
    if (tab === 'text') await this.text.print(this.rules);
  }

  setText(text: string): void {
    this.#isChanged = true;
    this.text.type(text);
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

  /** False when they could not be read; why is told. */
  async readFields(): Promise<boolean> {
    if (this.#fields.length > 0) return true;
    try {
      this.#fields = (await this.#api.call('rules.fields', {})).fields;
      return true;
    } catch (error) {
      this.#toasts.fail(error);
      return false;
    }
  }

  async #make(rules: SmartRules): Promise<PlaylistSummary> {
    const making = { by: 'rules' as const, rules };
    return (await this.#api.call('playlists.make', { name: this.name.trim(), making })).playlist;
  }

  /** A list that was made by rules once is made again by the new ones. */
  async #change({ id, kind }: PlaylistSummary, rules: SmartRules): Promise<PlaylistSummary> {
    const name = this.name.trim();
    if (kind === 'smart') return this.#api.call('playlists.setRules', { id, rules, name });
    const recipe = { pick: { kind: 'rules' as const, rules } };
    return (await this.#api.call('playlists.setRecipe', { id, recipe, name })).playlist;
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
    this.#isChanged = true;
    this.text.outdate();
    this.preview.show({ by: 'rules', rules: this.rules });
  }
}
