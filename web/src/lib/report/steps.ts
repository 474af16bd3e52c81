import type { Cell } from '$lib/api/client';
import type { Shelf } from '$lib/drafts';

/** What stands in one line: its figure as it is typed, what kind of cell it is, and the remark. */
export interface Content {
  text: string;
  kind: Cell['state'];
  remark: string;
}
export interface Change {
  key: string;
  before: Content;
  after: Content;
}
/** What is taken back at once: one typed cell, a pasted block, a filled or cleared range. */
export type Step = Change[];

const MOST = 200;
export const alike = (one: Content, other: Content) => one.text === other.text && one.kind === other.kind && one.remark === other.remark;

/** Steps that can be taken back and done again, kept over a reload of the page. */
export class Steps {
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(
    readonly shelf: Shelf | null,
    readonly name: string
  ) {
    try {
      const kept = JSON.parse(shelf?.getItem(name) ?? 'null') as { done: Step[]; undone: Step[] } | null;
      if (kept) [this.#done, this.#undone] = [kept.done, kept.undone];
    } catch {
      // What cannot be read cannot be taken back.
    }
  }

  record(step: Step): void {
    const changed = step.filter((one) => !alike(one.before, one.after));
    if (changed.length === 0) return;
    this.#done = [...this.#done, changed].slice(-MOST);
    this.#undone = [];
    this.#keep();
  }

  /** The step to take back, or null; what is given is from then on among those that can be done again. */
  back(): Step | null {
    return this.#over(this.#done, this.#undone);
  }

  again(): Step | null {
    return this.#over(this.#undone, this.#done);
  }

  /** The program read what was typed in its own way: the steps know the cell by that from now on. */
  settle(key: string, typed: Content, read: Content): void {
    for (const change of [...this.#done, ...this.#undone].flat()) {
      if (change.key !== key) continue;
      if (alike(change.before, typed)) change.before = read;
      if (alike(change.after, typed)) change.after = read;
    }
  }

  clear(): void {
    [this.#done, this.#undone] = [[], []];
    this.#keep();
  }

  #over(from: Step[], to: Step[]): Step | null {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    this.#keep();
    return step;
  }

  #keep(): void {
    try {
      if (this.#done.length + this.#undone.length === 0) this.shelf?.removeItem(this.name);
      else this.shelf?.setItem(this.name, JSON.stringify({ done: this.#done, undone: this.#undone }));
    } catch {
      // No room: the steps last as long as the page.
    }
  }
}
