import { call, newKey, Refusal, sendText, type OneProblem } from '$lib/api/client';
import { t } from '$lib/words.svelte';

/** One form's way to the program: one act however often it is tried, each refusal at its field, nothing typed touched. */
export class Sending {
  busy = $state(false);
  faults = $state<Record<string, string>>({});
  fault = $state('');
  problems = $state.raw<OneProblem[]>([]);
  /** Somebody else changed it meanwhile. */
  isStale = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  #key = '';
  #keyed = '';

  /** The answer, or null with what was said against it. Refusals about none of `fields` stand above the form. */
  async send<T>(method: string, path: string, body: unknown, fields: readonly string[], revision?: number): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.clear();
    const text = JSON.stringify([method, path, body, revision]);
    if (this.#keyed !== text) [this.#keyed, this.#key] = [text, newKey()];
    try {
      const made = await call<T>(method, path, { body, key: this.#key, revision, patience: 120_000 });
      this.#keyed = '';
      return made;
    } catch (refused) {
      this.#tell(refused, fields);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** The text that answers a file sent as it is; null with what was said against it. */
  async fileText(path: string, text: string, type: string): Promise<string | null> {
    if (this.busy) return null;
    this.busy = true;
    this.clear();
    const sent = `${path}\n${type}\n${text}`;
    if (this.#keyed !== sent) [this.#keyed, this.#key] = [sent, newKey()];
    try {
      const made = await sendText(path, text, type, this.#key);
      this.#keyed = '';
      return made;
    } catch (refused) {
      this.#tell(refused, []);
      return null;
    } finally {
      this.busy = false;
    }
  }
  async sendText<T>(path: string, text: string, type: string): Promise<T | null> {
    const made = await this.fileText(path, text, type);
    return made === null ? null : (JSON.parse(made) as T);
  }

  /** All that was said, each with its place in what was sent; of very many the first. */
  told(most = 30): string[] {
    if (this.problems.length === 0) return this.fault ? [this.fault] : [];
    const words = this.problems.map((one) => `${one.field ? `${one.field}: ` : ''}${this.refusal?.words(one) ?? ''}`);
    return words.length <= most ? words : [...words.slice(0, most), t('returned.more', words.length - most)];
  }

  clear(): void {
    this.faults = {};
    this.fault = '';
    this.problems = [];
    this.isStale = false;
    this.refusal = null;
  }

  #tell(refused: unknown, fields: readonly string[]): void {
    if (!(refused instanceof Refusal)) return void (this.fault = t('common.failed'));
    if (refused.status === 401) return; // signing in stands over the page
    if (refused.status >= 500 || refused.problems.length === 0) return void (this.fault = `${t('common.failed')} ${refused.requestId}`);
    this.refusal = refused;
    this.problems = refused.problems;
    this.isStale = refused.status === 412;
    const faults: Record<string, string> = {};
    for (const field of fields) {
      const words = refused.at(`/${field}`);
      if (words) faults[field] = words;
    }
    this.faults = faults;
    const isPlaced = (one: OneProblem) => fields.some((field) => one.field === `/${field}` || one.field.startsWith(`/${field}/`));
    this.fault = [...new Set(refused.problems.filter((one) => !isPlaced(one)).map((one) => refused.words(one)))].join(' ');
  }
}

/** The focus goes to the first field that was refused, or to the words above the form. */
export function focusFault(form: HTMLElement | null): void {
  (form?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form?.querySelector<HTMLElement>('[role="alert"]'))?.focus();
}

/** A chosen file as the program takes it. */
export async function sentFile(file: File): Promise<{ name: string; base64: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return { name: file.name, base64: btoa(parts.join('')) };
}
