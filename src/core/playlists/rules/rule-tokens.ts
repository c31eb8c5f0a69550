// Smart rules as text, cut into words, numbers, texts and signs, each with its place. "#" begins a remark.
import { StemscapeError } from '../../domain/errors.ts';

export type RuleToken =
  | { kind: 'word'; text: string; at: number }
  | { kind: 'number'; value: number; text: string; at: number }
  | { kind: 'day'; text: string; at: number }
  | { kind: 'text'; text: string; at: number }
  | { kind: 'sign'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number };

/** A text that cannot be read, with the place in it. Lines and columns count from 1. */
export class RuleTextError extends StemscapeError {
  readonly line: number;
  readonly column: number;

  constructor(source: string, at: number, sentence: string) {
    const lines = source.slice(0, at).split('\n');
    const [line, column] = [lines.length, [...lines.at(-1)!].length + 1];
    super('input.invalid', `Line ${line}, column ${column}: ${sentence}`);
    this.line = line;
    this.column = column;
  }
}

const SPACE = /(?:\s|#[^\n]*)+/uy;
const SIGN = /<=|>=|[{}(),;<>=]/uy;
const BARE = /[+-]?[\p{L}\p{N}_%][\p{L}\p{M}\p{N}_.:%#&'+/-]*/uy;
const NUMBER = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(%|s|min|h|k|bpm|hz|lufs|db)?$/iu;
const CLOCK = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, k: 1000, bpm: 1, hz: 1, lufs: 1, db: 1 };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** @throws RuleTextError */
export function ruleTokens(source: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  let at = 0;
  const read = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  for (;;) {
    read(SPACE);
    const start = at;
    if (at >= source.length) return [...tokens, { kind: 'end', text: '', at }];
    if (source[at] === '"') {
      const { text, end } = quoted(source, at);
      at = end;
      tokens.push({ kind: 'text', text, at: start });
      continue;
    }
    const sign = read(SIGN);
    const bare = sign === null ? read(BARE) : null;
    if (sign !== null) tokens.push({ kind: 'sign', text: sign, at: start });
    else if (bare !== null) tokens.push(bareToken(bare, start));
    else throw new RuleTextError(source, at, `“${String.fromCodePoint(source.codePointAt(at)!)}” means nothing here.`);
  }
}

function bareToken(text: string, at: number): RuleToken {
  if (DAY.test(text)) return { kind: 'day', text, at };
  const value = numberOf(text);
  return value === null ? { kind: 'word', text, at } : { kind: 'number', value, text, at };
}

/** "120", "5%" as 0.05, "4:30" as 270, "5min" as 300; null for a word. */
function numberOf(text: string): number | null {
  const clock = CLOCK.exec(text);
  if (clock) return clock.slice(1).reduce((sum, part) => (part === undefined ? sum : 60 * sum + Number(part)), 0);
  const [, digits, unit] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return null;
  const value = unit === '%' ? Number(digits) / 100 : Number(digits) * (unit === undefined ? 1 : UNITS[unit.toLowerCase()]!);
  return Number.isFinite(value) ? value : null;
}

function quoted(source: string, start: number): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const sign = source[at]!;
    if (sign === '"') return { text, end: at + 1 };
    if (sign !== '\\') {
      text += sign;
      continue;
    }
    const escaped = ESCAPES[source[++at] ?? ''];
    if (escaped === undefined) throw new RuleTextError(source, at - 1, 'After “\\” comes one of n, r, t, " and \\.');
    text += escaped;
  }
  throw new RuleTextError(source, start, 'The text that begins here has no closing quote.');
}
