import { language } from '$lib/words.svelte';
import { session } from '$lib/session.svelte';
import type { components } from './schema';

/** The only code that does HTTP. Figures stay text; refusals are thrown as Refusal with every fault of the form. */
export type Schemas = components['schemas'];
export type Report = Schemas['Report'];
export type Cell = Report['cells'][number];
export type Unit = Schemas['Unit'];
export type UnitRef = Schemas['UnitRef'];
export type Indicator = Schemas['Indicator'];
export type Session = Schemas['Session'];

export interface OneProblem {
  code: string;
  field: string;
  args: string[];
  detail_vi: string;
  detail_en: string;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problems: OneProblem[],
    readonly requestId: string
  ) {
    super(problems[0]?.code ?? `http.${status}`);
  }

  /** The sentence for one fault, in the page's language. */
  words(problem: OneProblem | undefined = this.problems[0]): string {
    if (!problem) return `${this.status}`;
    return language() === 'vi' ? problem.detail_vi : problem.detail_en;
  }

  /** The words at a field of the form: its pointer, and what is inside it; empty when nothing was said of it. */
  at(pointer: string): string {
    const told = this.problems.filter((one) => one.field === pointer || one.field.startsWith(`${pointer}/`));
    return [...new Set(told.map((one) => this.words(one)))].join(' ');
  }

  has(code: string): boolean {
    return this.problems.some((problem) => problem.code === code);
  }
}

const PATIENCE = 30_000;

interface Asked {
  body?: unknown;
  revision?: number;
  key?: string;
  /** Milliseconds to wait, for acts on a whole country's tree. */
  patience?: number;
  /** Goes on when the page is left. */
  keepalive?: boolean;
}

/** A key for one act, the same over its retries. crypto.randomUUID is missing outside secure contexts. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const heard: ((method: string, path: string) => void)[] = [];
/** Who wants to know of every call that was answered well. */
export function onAnswered(hear: (method: string, path: string) => void): void {
  heard.push(hear);
}

export async function call<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': language() };
  if (method !== 'GET') headers['Content-Type'] = 'application/json';
  if (method === 'POST') headers['Idempotency-Key'] = asked.key ?? newKey();
  if (asked.revision !== undefined) headers['If-Match'] = `"${asked.revision}"`;
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(asked.patience ?? PATIENCE), // what hangs is a failure, so that what waits behind it goes on
    keepalive: asked.keepalive ?? false,
    body: method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(asked.body ?? {})
  });
  if (answer.ok) for (const hear of heard) hear(method, path);
  if (answer.status === 204) return undefined as T;
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body as T;
  const refusal = new Refusal(
    answer.status,
    body?.problems ?? [],
    answer.headers.get('X-Request-Id') ?? body?.request_id ?? ''
  );
  // Only for what needs a session: signing in itself answers 401 to a wrong password.
  if (answer.status === 401 && path !== '/sessions') session.expired = true;
  throw refusal;
}

/** An answer that may be of any type: sent as it is, refusals thrown. */
async function answered(method: string, path: string, asked: { body?: string; type?: string; key?: string } = {}): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language() };
  if (asked.type) headers['Content-Type'] = asked.type;
  if (asked.key) headers['Idempotency-Key'] = asked.key;
  const answer = await fetch(`/api/v1${path}`, { method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE), ...(asked.body === undefined ? {} : { body: asked.body }) });
  if (answer.ok) return answer;
  if (answer.status === 401) session.expired = true;
  const told = await answer.json().catch(() => null);
  throw new Refusal(answer.status, told?.problems ?? [], answer.headers.get('X-Request-Id') ?? told?.request_id ?? '');
}

/** A file the program makes of what is sent. */
export async function fileOf(path: string, body: unknown): Promise<Blob> {
  return (await answered('POST', path, { body: JSON.stringify(body), type: 'application/json', key: newKey() })).blob();
}

/** A page the program makes: as things stand, or of what is sent. */
export async function pageOf(path: string, body?: unknown): Promise<string> {
  const answer = body === undefined ? await answered('GET', path) : await answered('POST', path, { body: JSON.stringify(body), type: 'application/json' });
  return answer.text();
}

/** A text the program makes, with what its headers say of it. */
export async function textOf(path: string): Promise<{ text: string; type: string; headers: Headers }> {
  const answer = await answered('GET', path);
  return { text: await answer.text(), type: answer.headers.get('Content-Type') ?? 'text/plain', headers: answer.headers };
}

/** A text of any type is sent as it is: somebody else's file. */
export const sendText = async (path: string, body: string, type: string, key: string): Promise<string> => (await answered('POST', path, { body, type, key })).text();

export const get = <T>(path: string) => call<T>('GET', path);
export const put = <T>(path: string, body: unknown, revision?: number) => call<T>('PUT', path, { body, revision });
export const post = <T>(path: string, body: unknown) => call<T>('POST', path, { body });
export const del = <T>(path: string, revision?: number) => call<T>('DELETE', path, { revision });
