// English decides which messages there are; the compiler finds what another language lacks.
import type { en } from './en/index.ts';

type English = typeof en;
export type Area = keyof English;

/** "library.empty" and the like. */
export type MessageKey = { [A in Area]: `${A}.${keyof English[A] & string}` }[Area];

export type Messages = { readonly [A in Area]: Readonly<Record<keyof English[A], string>> };
