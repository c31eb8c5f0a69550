// The state of the way to the engine.
/** Whether the engine can be reached; the desktop's always can. */
export interface Connection {
  /** Called at once with the present state, then on every change. */
  watch(listener: (isOpen: boolean) => void): () => void;
}
