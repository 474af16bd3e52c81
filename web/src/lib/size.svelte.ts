/** How large everything is written: for a screen at the desk, for tired eyes, for a wall in a meeting. Kept on this machine. */
export const SIZES = ['usual', 'large', 'largest'] as const;
export type Size = (typeof SIZES)[number];

const isSize = (text: string | null): text is Size => SIZES.includes(text as Size);
const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('size');
const state = $state<{ size: Size }>({ size: isSize(kept) ? kept : 'usual' });

export const size = (): Size => state.size;

/** To be called once the page is there. */
export function wearSize(): void {
  document.documentElement.dataset.size = state.size;
}

export function setSize(next: Size): void {
  state.size = next;
  localStorage.setItem('size', next);
  wearSize();
}
