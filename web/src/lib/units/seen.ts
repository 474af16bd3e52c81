import { get } from '$lib/api/client';
import type { components } from '$lib/api/schema';

const PAGES = 10;

/** The reorganisations this person may open. None when that cannot be known: then nothing is linked, and nothing is lost. */
export async function seenReorganisations(): Promise<Set<number>> {
  const seen = new Set<number>();
  let cursor: string | null = '';
  try {
    for (let i = 0; i < PAGES && cursor !== null; i += 1) {
      const page: components['schemas']['ReorganisationList'] = await get(`/reorganisations${cursor ? `?cursor=${cursor}` : ''}`);
      for (const one of page.items) seen.add(one.id);
      cursor = page.next;
    }
  } catch {
    // told by what is not linked
  }
  return seen;
}
