import { newKey } from '$lib/api/client';

/** This page among the pages that stand open on this machine: what is being typed in one is not sent by another. */
export const TAB = newKey();
const PREFIX = 'tab-';
/** Missing where the address is not a secure one; the others then count as closed. */
const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;

// Held as long as the page stands, and let go by the browser even when it crashes.
void locks?.request(`${PREFIX}${TAB}`, () => new Promise(() => {}));

export async function living(): Promise<ReadonlySet<string>> {
  const held = (await locks?.query())?.held ?? [];
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
