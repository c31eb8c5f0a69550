// Reads smart rules from their text form:
//   all {
//     genre is "Jazz"
//     any { tempo between 90 and 110   vocals < 5% }
//     not in playlist "Played to death"
//   }
//   sort by energy descending, title
//   limit 60 minutes
// Without a block, conditions follow each other joined by "and", or by "or".
import { type RuleField, type RuleOperator, ruleField } from '../../domain/smart-rule-fields.ts';
import {
  GROUP_MATCHES,
  type GroupMatch,
  type LIMIT_UNITS,
  problemOf,
  type Rule,
  type RuleCondition,
  type RuleGroup,
  type RuleSortKey,
  type SmartRules,
  smartRulesSchema,
} from '../../domain/smart-rules.ts';
import { TokenCursor } from './token-cursor.ts';

const CLAUSES = ['sort', 'random', 'limit', 'live', 'frozen'];
const UNIT_WORDS: Readonly<Record<string, (typeof LIMIT_UNITS)[number]>> = {
  track: 'tracks',
  tracks: 'tracks',
  minute: 'minutes',
  minutes: 'minutes',
  percent: 'percent',
};
const SIGNS: Readonly<Record<string, RuleOperator>> = { '<': 'less', '>': 'greater', '<=': 'atMost', '>=': 'atLeast', '=': 'is' };
const MAX_NESTING = 50;

/** @throws RuleTextError with the line and the column */
export function parseRules(source: string): SmartRules {
  return new RuleParser(source).rules();
}

class RuleParser extends TokenCursor {
  #depth = 0;

  rules(): SmartRules {
    const start = this.peek();
    const rules: Record<string, unknown> = { where: this.#top() };
    while (this.peek().kind !== 'end') {
      const word = this.peek();
      const [name, value] = this.#clause();
      if (name in rules) this.fail(word, `“${word.text}” is said already.`);
      rules[name] = value;
    }
    const parsed = smartRulesSchema.safeParse(rules);
    if (!parsed.success) this.fail(start, parsed.error.issues[0]!.message);
    return parsed.data!;
  }

  /** One block, or conditions without one. */
  #top(): RuleGroup {
    const items: Rule[] = [];
    let joint: 'and' | 'or' | null = null;
    while (this.peek().kind !== 'end' && !this.isWord(...CLAUSES)) {
      items.push(this.#item());
      if (!this.isWord('and', 'or')) continue;
      const token = this.take();
      const word = token.text.toLowerCase() as 'and' | 'or';
      if (joint !== null && joint !== word) this.fail(token, 'Put “and” and “or” into blocks: all { … } and any { … }.');
      joint = word;
    }
    const [only] = items;
    if (items.length === 1 && only && 'match' in only) return only;
    return { match: joint === 'or' ? 'any' : 'all', rules: items };
  }

  #item(): Rule {
    const isBlock = this.isWord(...GROUP_MATCHES) && this.peek(1).text === '{';
    return isBlock ? this.#block() : this.#condition();
  }

  #block(): RuleGroup {
    const head = this.take();
    const match = head.text.toLowerCase() as GroupMatch;
    const open = this.take();
    if (++this.#depth > MAX_NESTING) this.fail(head, 'Blocks lie too deep in each other.');
    const rules: Rule[] = [];
    while (this.peek().text !== '}' || this.peek().kind !== 'sign') {
      if (this.peek().kind === 'end') this.fail(open, 'The block that begins here has no “}”.');
      rules.push(this.#item());
      if (this.isSign(';') || this.isWord(match === 'all' ? 'and' : 'or')) this.take();
    }
    this.take();
    this.#depth--;
    return { match, rules };
  }

  #condition(): RuleCondition {
    const start = this.peek();
    const negated = this.isWord('not');
    if (negated || this.isWord('in')) return this.#membership(negated);
    const field = this.#field();
    const trackId = field.type === 'distance' ? this.#measuredFrom() : undefined;
    const [op, value] = this.#comparison(field);
    const condition: RuleCondition = { field: field.name, op, value, ...(trackId !== undefined && { trackId }) };
    const problem = problemOf(condition);
    if (problem !== null) this.fail(start, problem);
    return condition;
  }

  /** "in playlist X", "not in playlist X" */
  #membership(negated: boolean): RuleCondition {
    if (negated) this.take();
    this.word('in');
    this.word('playlist');
    return { field: 'playlist', op: negated ? 'notIn' : 'in', value: this.#text() };
  }

  #field(): RuleField {
    const token = this.take();
    const field = token.kind === 'word' ? ruleField(token.text) : undefined;
    if (!field || field.type === 'playlist') this.fail(token, `A field is expected here, not “${token.text || 'the end'}”.`);
    return field!;
  }

  #measuredFrom(): number {
    this.word('to');
    const token = this.peek();
    const id = this.#number();
    if (!Number.isInteger(id) || id < 1) this.fail(token, 'The number of a track is expected here.');
    return id;
  }

  #comparison(field: RuleField): [RuleOperator, RuleCondition['value']] {
    const token = this.take();
    const sign = token.kind === 'sign' ? SIGNS[token.text] : undefined;
    if (sign) return [sign, this.#value(field)];
    switch (token.kind === 'word' ? token.text.toLowerCase() : '') {
      case 'is':
        return this.#is(field);
      case 'contains':
      case 'matches':
        return [token.text.toLowerCase() as 'contains' | 'matches', this.#text()];
      case 'begins':
      case 'ends':
        this.word('with');
        return [token.text.toLowerCase() as 'begins' | 'ends', this.#text()];
      case 'before':
      case 'after':
        return [token.text.toLowerCase() as 'before' | 'after', this.#value(field)];
      case 'between':
        return ['between', this.#pair(field)];
      case 'does':
        this.word('not');
        this.word('contain');
        return ['containsNot', this.#text()];
      case 'in':
        return this.#in(field, false);
      case 'not':
        this.word('in');
        return this.#in(field, true);
      default:
        return this.fail(token, `How ${field.label} is compared is expected here, not “${token.text || 'the end'}”.`);
    }
  }

  #is(field: RuleField): [RuleOperator, RuleCondition['value']] {
    const negated = this.isWord('not');
    if (negated) this.take();
    if (this.isWord('empty')) {
      this.take();
      return [negated ? 'notEmpty' : 'empty', null];
    }
    return [negated ? 'isNot' : 'is', this.#value(field)];
  }

  /** A list in round brackets, or "the last 30 days". */
  #in(field: RuleField, negated: boolean): [RuleOperator, RuleCondition['value']] {
    if (this.isWord('the')) {
      this.take();
      this.word('last');
      const days = this.#number();
      this.word('days', 'day');
      return [negated ? 'notInLastDays' : 'inLastDays', days];
    }
    this.sign('(');
    const values: (string | number)[] = [];
    while (!this.isSign(')')) {
      values.push(this.#value(field) as string | number);
      if (!this.isSign(')')) this.sign(',');
    }
    this.take();
    return [negated ? 'notIn' : 'in', values];
  }

  #pair(field: RuleField): [string | number, string | number] {
    const first = this.#value(field) as string | number;
    this.word('and');
    return [first, this.#value(field) as string | number];
  }

  #value(field: RuleField): string | number | boolean {
    if (field.type === 'number' || field.type === 'distance') return this.#number();
    if (field.type !== 'flag') return this.#text();
    const word = this.word('yes', 'no');
    return word === 'yes';
  }

  #text(): string {
    const token = this.take();
    if (token.kind === 'sign' || token.kind === 'end')
      this.fail(token, `A text is expected here, not “${token.text || 'the end'}”.`);
    return token.text;
  }

  #number(): number {
    const token = this.take();
    return token.kind === 'number'
      ? token.value
      : this.fail(token, `A number is expected here, not “${token.text || 'the end'}”.`);
  }

  #clause(): [keyof SmartRules, unknown] {
    const token = this.take();
    switch (token.kind === 'word' ? token.text.toLowerCase() : '') {
      case 'sort':
        this.word('by');
        return ['sort', this.#sortKeys()];
      case 'random':
        return ['randomSeed', this.#number()];
      case 'limit': {
        const n = this.#number();
        return ['limit', { by: UNIT_WORDS[this.word(...Object.keys(UNIT_WORDS))], n }];
      }
      case 'live':
        return ['live', true];
      case 'frozen':
        return ['live', false];
      default:
        return this.fail(token, `“sort by”, “random”, “limit”, “live” or “frozen” is expected here, not “${token.text}”.`);
    }
  }

  #sortKeys(): RuleSortKey[] {
    const keys: RuleSortKey[] = [];
    for (;;) {
      const token = this.peek();
      const field = this.#field();
      if (!field.sortable) this.fail(token, `Tracks cannot be sorted by ${field.label}.`);
      const said = this.isWord('ascending', 'descending') ? this.take().text.toLowerCase() : '';
      keys.push({ field: field.name, descending: said === 'descending' });
      if (!this.isSign(',')) return keys;
      this.take();
    }
  }
}
