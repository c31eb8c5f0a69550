// Conditions that narrow what a recipe chooses from; none at first.
import type { RuleGroup } from '../../contract/index.ts';
import {
  addRule,
  conditionsIn,
  type DraftCondition,
  type DraftGroup,
  type DraftRule,
  draftOf,
  newCondition,
  newGroup,
  type RuleField,
  type RuleHolder,
  replaceRule,
  rulesOfDraft,
} from '../lib/rule-draft.ts';
import type { PlaylistEditor } from './playlist-editor.svelte.ts';

export class PlaylistFilter implements RuleHolder {
  /** Knows the fields. */
  #editor: PlaylistEditor;
  #onChange: () => void;
  #where = $state.raw<DraftGroup>(newGroup('all'));

  constructor(editor: PlaylistEditor, onChange: () => void) {
    this.#editor = editor;
    this.#onChange = onChange;
  }

  get fields(): readonly RuleField[] {
    return this.#editor.fields;
  }

  get where(): DraftGroup {
    return this.#where;
  }

  get isEmpty(): boolean {
    return this.#where.rules.length === 0;
  }

  get nUnfinished(): number {
    return conditionsIn(this.#where).filter((condition) => this.problemOf(condition) !== null).length;
  }

  /** What is finished; null when nothing is. */
  get group(): RuleGroup | null {
    const group = rulesOfDraft(this.#where, (condition) => this.problemOf(condition) === null);
    return group.rules.length > 0 ? group : null;
  }

  field(name: string): RuleField | undefined {
    return this.#editor.field(name);
  }

  problemOf(condition: DraftCondition): string | null {
    return this.#editor.problemOf(condition);
  }

  /** With one condition to begin with. */
  async begin(): Promise<void> {
    if (!(await this.#editor.readFields())) return;
    const field = this.field('year') ?? this.fields[0]!;
    this.add(this.#where.key, newCondition(field, field.operators[0]!.op));
  }

  clear(): void {
    this.#set(newGroup('all'));
  }

  /** Without telling of it; false when the fields could not be read. */
  async take(group: RuleGroup | null): Promise<boolean> {
    if (group !== null && !(await this.#editor.readFields())) return false;
    this.#where = group === null ? newGroup('all') : draftOf(group);
    return true;
  }

  replace(key: number, by: DraftRule | null): void {
    this.#set(replaceRule(this.#where, key, by));
  }

  add(groupKey: number, rule: DraftRule): void {
    this.#set(addRule(this.#where, groupKey, rule));
  }

  #set(where: DraftGroup): void {
    this.#where = where;
    this.#onChange();
  }
}
