// An engine for the interface's tests: commands are answered by the test, events are sent by it.
import type { CommandInput, CommandName, CommandOutput, ErrorCode, EventName, EventPayload } from '../../src/contract/index.ts';
import { mediaPath } from '../../src/contract/index.ts';
import { type Api, EngineFailure } from '../../src/renderer/lib/api.ts';

type Answers = { [N in CommandName]?: (input: CommandInput<N>) => CommandOutput<N> | Promise<CommandOutput<N>> };

export class FakeApi implements Api {
  readonly asked: { name: CommandName; input: unknown }[] = [];
  readonly answers: Answers;
  #listeners = new Map<EventName, Set<(payload: never) => void>>();

  constructor(answers: Answers = {}) {
    this.answers = answers;
  }

  async call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    this.asked.push({ name, input });
    const answer = this.answers[name];
    if (!answer) throw refusal('internal', `The test answers no ${name}.`);
    return answer(input);
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const heard = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, heard.add(listener as (payload: never) => void));
    return () => heard.delete(listener as (payload: never) => void);
  }

  mediaUrl(resource: Parameters<Api['mediaUrl']>[0]): string {
    return `/media/${mediaPath(resource)}`;
  }

  send<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  countOf(name: CommandName): number {
    return this.asked.filter((question) => question.name === name).length;
  }
}

export function refusal(code: ErrorCode, message: string): EngineFailure {
  return new EngineFailure({ code, message });
}
