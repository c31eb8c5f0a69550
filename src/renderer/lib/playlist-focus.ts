// Where the keyboard goes when a form over the playlists closes: to the open playlist in the list.
import { tick } from 'svelte';

export async function focusOpenPlaylist(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('[data-playlist][aria-current]')?.focus();
}
