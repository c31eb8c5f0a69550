// Walks over the tokens of a text: looks ahead, takes, and says where something else was expected.
import { RuleTextError, type RuleToken, ruleTokens } from './rule-tokens.ts';

export class TokenCursor {
  readonly #source: string;
  readonly #tokens: RuleToken[];
  #next = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = ruleTokens(source);
  }

  protected peek(ahead = 0): RuleToken {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  /** The end is never passed. */
  protected take(): RuleToken {
    const token = this.peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  protected isWord(...words: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'word' && words.includes(token.text.toLowerCase());
  }

  protected isSign(sign: string): boolean {
    return this.peek().kind === 'sign' && this.peek().text === sign;
  }

  protected word(...words: readonly string[]): string {
    const token = this.peek();
    if (!this.isWord(...words)) this.fail(token, `“${words[0]}” is expected here, not “${token.text || 'the end'}”.`);
    return this.take().text.toLowerCase();
  }

  protected sign(sign: string): void {
    const token = this.take();
    if (token.kind !== 'sign' || token.text !== sign)
      this.fail(token, `“${sign}” is expected here, not “${token.text || 'the end'}”.`);
  }

  protected fail(token: RuleToken, sentence: string): never {
    throw new RuleTextError(this.#source, token.at, sentence);
  }
}
