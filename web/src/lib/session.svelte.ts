import type { Session } from './api/client';

/** Who is signed in, and whether the session has ended under an open page. */
export const session = $state<{ now: Session | null; expired: boolean; known: boolean }>({
  now: null,
  expired: false,
  known: false
});

/** The posts' units, and whether any post may compile. */
export function compiles(): boolean {
  return session.now?.posts.some((held) => ['compiler', 'head'].includes(held.role)) ?? false;
}

/** The roles that write for their unit. */
export const WRITERS: readonly string[] = ['clerk', 'compiler', 'head'];
export function writes(): boolean {
  return session.now?.posts.some((held) => WRITERS.includes(held.role)) ?? false;
}

/** The posts that let the tree be reorganised and people be appointed. */
export function administers(): boolean {
  return session.now?.posts.some((held) => held.role === 'administrator') ?? false;
}
