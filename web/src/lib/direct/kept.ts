/** What was typed into a form and is not sent yet, kept on this machine for the person who typed it. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const named = (account: number, name: string) => `typed-${account}-${name}`;

export function keep(shelf: Shelf, account: number, name: string, typed: unknown): void {
  try {
    shelf.setItem(named(account, name), JSON.stringify(typed));
  } catch {
    // A machine that keeps nothing: the page holds the only copy.
  }
}

/** What was kept, over what a fresh form holds. */
export function kept<T extends object>(shelf: Shelf, account: number, name: string, fresh: T): T {
  try {
    const found = JSON.parse(shelf.getItem(named(account, name)) ?? 'null') as Partial<T> | null;
    return found && typeof found === 'object' ? { ...fresh, ...found } : fresh;
  } catch {
    return fresh;
  }
}

export function drop(shelf: Shelf, account: number, name: string): void {
  try {
    shelf.removeItem(named(account, name));
  } catch {
    // nothing to drop
  }
}
