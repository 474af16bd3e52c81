import type { Shelf } from '../drafts';

/**
 * A report handed in while the program could not be reached: kept on this machine, and sent once when it can be. It holds over a
 * reload; who changes a figure meanwhile has changed their mind.
 */
export class Handing {
  waits = $state(false);
  readonly #name: string;
  #changes = 0;

  constructor(
    readonly shelf: Shelf,
    account: number,
    report: number
  ) {
    this.#name = `handing-${account}-${report}`;
    try {
      this.waits = shelf.getItem(this.#name) !== null;
    } catch {
      // A shelf that cannot be read holds nothing.
    }
  }

  /** `changes`: how often something was typed on the page until now. */
  wait(changes: number): void {
    this.#changes = changes;
    this.waits = true;
    try {
      this.shelf.setItem(this.#name, 'waits');
    } catch {
      // No room: this page still waits.
    }
  }

  /** Sent, refused, or taken back. */
  end(): void {
    this.waits = false;
    try {
      this.shelf.removeItem(this.#name);
    } catch {
      // Nothing is there.
    }
  }

  /** True when something was typed since, and it is not sent any more. */
  isOvertaken(changes: number): boolean {
    if (!this.waits || changes === this.#changes) return false;
    this.end();
    return true;
  }
}
