import { onAnswered } from '$lib/api/client';
import { doneBy, partOf, STEPS } from './guide';
import { session } from '$lib/session.svelte';

/** How far this person has walked, kept on this machine. */
interface Walk { done: string[]; isHidden: boolean }
const nothing: Walk = { done: [], isHidden: false };
const state = $state<{ account: number; walk: Walk }>({ account: 0, walk: nothing });

const keyOf = (account: number) => `guide.${account}`;
function read(account: number): Walk {
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(keyOf(account)) ?? '{}') };
  } catch {
    return nothing;
  }
}
function write(walk: Walk) {
  state.walk = walk;
  try {
    localStorage.setItem(keyOf(state.account), JSON.stringify(walk));
  } catch {
    // a full storage: the guide is not worth a word
  }
}

export const part = () => (session.now ? partOf(session.now.posts.map((held) => held.role)) : null);

export const walk = (): Walk => state.walk;
/** Whoever signs in goes on where they were. */
export function walkAs(account: number): void {
  if (account !== state.account) [state.account, state.walk] = [account, read(account)];
}
export const hideGuide = () => write({ ...state.walk, isHidden: true });
export const showGuide = () => write({ done: [], isHidden: false });

/** Ticks steps by what is answered from now on. */
export function follow(): void {
  onAnswered((method, path) => {
    const mine = part();
    if (!mine) return;
    const now = walk();
    if (now.isHidden || now.done.length === STEPS[mine].length) return;
    const fresh = doneBy(mine, method, path).filter((key) => !now.done.includes(key));
    if (fresh.length) write({ ...now, done: [...now.done, ...fresh] });
  });
}
