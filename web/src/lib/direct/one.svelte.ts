import { tick } from 'svelte';
import { get } from '$lib/api/client';

/** The one thing of a page: read by its number, shown anew after an act, read again when somebody was first. */
export class One<T> {
  now = $state.raw<T | null>(null);
  failure = $state.raw<unknown>(null);
  /** What was done last, told where `told` stands. */
  note = $state('');
  told = $state<HTMLElement | null>(null);
  #turn = 0;
  #path = '';

  /** Only the newest question is answered: an older one may come back later. */
  load = async (path: string): Promise<void> => {
    const turn = (this.#turn += 1);
    this.#path = path;
    this.failure = null;
    try {
      const answer = await get<T>(path);
      if (turn === this.#turn) this.now = answer;
    } catch (refused) {
      if (turn === this.#turn) [this.now, this.failure] = [null, refused];
    }
  };
  again = (): Promise<void> => this.load(this.#path);

  done = async (made: T, words: string): Promise<void> => {
    [this.now, this.note] = [made, words];
    await tick();
    this.told?.focus();
  };

  /** Somebody acted first: what is newer is read, what was typed stays. */
  stale = async (): Promise<void> => {
    const answer = await get<T>(this.#path).catch(() => null);
    if (answer) this.now = answer;
  };
}
