// What a handler of each command takes and gives.
import type { CommandName, CommandOutput, CommandParsed } from '../contract/index.ts';

export type Handlers = { [N in CommandName]: (input: CommandParsed<N>) => Promise<CommandOutput<N>> | CommandOutput<N> };
