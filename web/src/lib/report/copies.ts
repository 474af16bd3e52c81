import { get, Refusal, type Session } from '$lib/api/client';

/**
 * What the program last told this person, kept on this machine so that work goes on without network. It belongs to the
 * person: signing out takes it away, and an ended session makes it unreadable until they are back.
 */
export interface Copy<T> {
  body: T;
  /** When the program told it; null when it told it just now. */
  at: string | null;
}

const SESSION = 'signed-in';
const name = (account: number) => `copies-${account}`;
/** Missing where the address is not a secure one; then nothing is kept and nothing opens without network. */
const shelf = () => (typeof caches === 'undefined' ? null : caches);
/** The line is cut or the program does not answer; anything it does answer is taken at its word. */
export const isAway = (failure: unknown) => !(failure instanceof Refusal) || [502, 503, 504].includes(failure.status);

/** Signed out: an answer that was on its way is not kept any more. */
let isOver = false;

export async function keepCopy(account: number, path: string, body: unknown): Promise<void> {
  if (isOver) return;
  try {
    const cache = await shelf()?.open(name(account));
    await cache?.put(`/copy${path}`, new Response(JSON.stringify({ body, at: new Date().toISOString() }), { headers: { 'Content-Type': 'application/json' } }));
  } catch {
    // No room: the next answer tries again.
  }
  if (isOver) await forgetCopies(); // they signed out meanwhile
}

export async function hasCopy(account: number, path: string): Promise<boolean> {
  const cache = await shelf()?.open(name(account)).catch(() => null);
  return (await cache?.match(`/copy${path}`)) !== undefined;
}

/** Asks the program; without network, what it said last. */
export async function getOrCopy<T>(account: number, path: string): Promise<Copy<T>> {
  try {
    const body = await get<T>(path);
    await keepCopy(account, path, body);
    return { body, at: null };
  } catch (failure) {
    if (!isAway(failure)) throw failure;
    const cache = await shelf()?.open(name(account)).catch(() => null);
    const kept = await cache?.match(`/copy${path}`);
    if (!kept) throw failure;
    return (await kept.json()) as Copy<T>;
  }
}

export function keepSession(session: Session | null): void {
  try {
    if (session) isOver = false;
    if (session) localStorage.setItem(SESSION, JSON.stringify(session));
    else localStorage.removeItem(SESSION);
  } catch {
    // Without room the person signs in when the network is back.
  }
}

/** Who was signed in when the program was last reached; nobody after signing out or when it said the session had ended. */
export function keptSession(): Session | null {
  try {
    return shelf() ? (JSON.parse(localStorage.getItem(SESSION) ?? 'null') as Session | null) : null;
  } catch {
    return null;
  }
}

export async function forgetCopies(): Promise<void> {
  isOver = true;
  keepSession(null);
  for (const one of (await shelf()?.keys().catch(() => [])) ?? []) if (one.startsWith('copies-')) await shelf()?.delete(one);
}
