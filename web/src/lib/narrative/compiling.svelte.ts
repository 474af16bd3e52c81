import { Refusal } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import * as drafts from '$lib/drafts';
import { clock } from '$lib/format';

export type Gathered = components['schemas']['NarrativeSection'];
export type SourceBlock = components['schemas']['SourceBlock'];
export interface Mark {
  block: number;
  revision: number;
}
/** A paragraph of the own text while it is being made; `key` lasts while the page is open. */
export interface Own {
  key: number;
  id: number | null;
  text: string;
  sources: Mark[];
}
interface Body {
  blocks: { id?: number; text: string; sources: Mark[] }[];
  left_out: { block: number; reason: string }[];
}

export interface World {
  /** The section with its first groups, or those after `cursor`. */
  get(cursor?: string): Promise<Gathered>;
  put(body: Body, revision: number): Promise<Gathered>;
  shelf: drafts.Shelf;
  account: number;
  request: number;
  section: string;
  later(run: () => void, milliseconds: number): () => void;
}

const IDLE = 1_200;

/** One section of the requester's own text: every change is kept on this machine and sent when the hands rest. */
export class Compiling {
  now = $state<Gathered | null>(null);
  blocks = $state<Own[]>([]);
  reasons = $state<Record<number, string>>({});
  dirty = $state(false);
  /** Somebody saved first: nothing is sent until a person has chosen. */
  quarrel = $state<Gathered | null>(null);
  progress = $state<'' | 'saving' | 'saved' | 'unsaved'>('');
  at = $state('');
  failure = $state<unknown>(null);
  used = $derived(new Set(this.blocks.flatMap((block) => block.sources.map((source) => source.block))));
  #next = 1;
  #sending: Promise<void> = Promise.resolve();
  #cancel: (() => void) | null = null;

  constructor(private readonly world: World) {}

  async load(): Promise<void> {
    this.failure = null;
    try {
      const now = await this.world.get();
      if (this.dirty) {
        this.now = { ...now, revision: this.now?.revision ?? now.revision };
        return;
      }
      this.#take(now);
      this.#restore(now);
    } catch (refused) {
      this.failure = refused;
    }
  }

  /** The next groups of what the units said. */
  async more(): Promise<void> {
    if (!this.now?.next) return;
    try {
      const page = await this.world.get(this.now.next);
      this.now = { ...this.now, groups: [...this.now.groups, ...page.groups], next: page.next };
    } catch (refused) {
      this.failure = refused;
    }
  }

  /** A new paragraph made of these; the text is the first one's, to be edited. */
  use(sources: SourceBlock[]): Own {
    const made = { key: this.#next++, id: null, text: sources[0]?.text ?? '', sources: sources.map(({ id, revision }) => ({ block: id, revision })) };
    this.blocks.push(made);
    this.changed();
    return made;
  }

  addSource(block: Own, source: SourceBlock): void {
    if (block.sources.some((one) => one.block === source.id)) return;
    block.sources.push({ block: source.id, revision: source.revision });
    this.changed();
  }

  dropSource(block: Own, source: number): void {
    block.sources = block.sources.filter((one) => one.block !== source);
    this.changed();
  }

  /** The source as it reads now was looked at and stands. */
  renewSource(block: Own, source: number, revision: number): void {
    for (const one of block.sources) if (one.block === source) one.revision = revision;
    this.changed();
    void this.save();
  }

  drop(block: Own): void {
    this.blocks = this.blocks.filter((one) => one.key !== block.key);
    this.changed();
  }

  move(block: Own, step: number): void {
    const at = this.blocks.findIndex((one) => one.key === block.key);
    const to = at + step;
    if (at < 0 || to < 0 || to >= this.blocks.length) return;
    const next = [...this.blocks];
    next.splice(to, 0, ...next.splice(at, 1));
    this.blocks = next;
    this.changed();
  }

  type(block: Own, text: string): void {
    block.text = text;
    this.changed();
  }

  reason(source: number, reason: string): void {
    this.reasons[source] = reason;
    this.changed();
  }

  changed(): void {
    this.dirty = true;
    if (this.progress !== 'saving') this.progress = '';
    this.#keep();
    this.#cancel?.();
    this.#cancel = this.world.later(() => void this.save(), IDLE);
  }

  async save(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    if (this.progress === 'saving') return this.#sending;
    if (!this.dirty || this.quarrel || !this.now) return;
    this.#sending = this.#send(this.now.revision);
    return this.#sending;
  }

  async #send(revision: number): Promise<void> {
    const sent = this.#content();
    this.progress = 'saving';
    try {
      const next = await this.world.put(this.#body(), revision);
      this.failure = null;
      this.at = clock(new Date());
      this.now = { ...next, groups: this.now?.groups ?? next.groups, next: this.now?.next ?? null }; // as far as they were read
      this.#learnIds(next);
      if (this.#content() === sent) {
        this.dirty = false;
        this.progress = 'saved';
        drafts.forget(this.world.shelf, this.world.account, -this.world.request, this.world.section);
      } else {
        this.progress = '';
        this.changed();
      }
    } catch (refused) {
      await this.#notSaved(refused);
    }
  }

  /** Mine goes over theirs, knowingly. */
  keepMine(): void {
    if (!this.quarrel || !this.now) return;
    this.now = this.quarrel;
    this.quarrel = null;
    const known = new Set(this.now.blocks.map((one) => one.id));
    for (const block of this.blocks) if (block.id !== null && !known.has(block.id)) block.id = null;
    this.#keep();
    void this.save();
  }

  takeTheirs(): void {
    if (!this.quarrel) return;
    this.#take(this.quarrel);
    this.quarrel = null;
    this.progress = '';
    drafts.forget(this.world.shelf, this.world.account, -this.world.request, this.world.section);
  }

  stop(): void {
    this.#cancel?.();
  }

  #take(now: Gathered): void {
    this.now = now;
    this.dirty = false;
    this.blocks = now.blocks.map(({ id, text, sources }) => ({
      key: this.#next++,
      id,
      text,
      sources: sources.map(({ block, revision }) => ({ block, revision }))
    }));
    this.reasons = Object.fromEntries(now.left_out.filter((one) => one.reason !== null).map((one) => [one.block, one.reason ?? '']));
  }

  /** Paragraphs just saved have their ids; what stands in the boxes is not touched under the fingers. */
  #learnIds(now: Gathered): void {
    const known = new Set(this.blocks.map((one) => one.id));
    const fresh = now.blocks.filter((one) => !known.has(one.id));
    for (const block of this.blocks) if (block.id === null && block.text.trim() !== '') block.id = fresh.shift()?.id ?? null;
  }

  #body(): Body {
    return {
      blocks: this.blocks
        .filter((one) => one.text.trim() !== '')
        .map(({ id, text, sources }) => ({ ...(id === null ? {} : { id }), text, sources: sources.map((one) => ({ ...one })) })),
      left_out: Object.entries(this.reasons)
        .filter(([block, reason]) => reason.trim() !== '' && !this.used.has(Number(block)))
        .map(([block, reason]) => ({ block: Number(block), reason }))
    };
  }

  #content(): string {
    return JSON.stringify([this.blocks.map(({ text, sources }) => [text, sources]), this.reasons]);
  }

  #keep(): void {
    const text = JSON.stringify({ blocks: this.blocks, reasons: this.reasons });
    const draft = { text, kind: 'value', remark: '', base: String(this.now?.revision ?? 0) } as const;
    drafts.keep(this.world.shelf, this.world.account, -this.world.request, this.world.section, draft);
  }

  #restore(now: Gathered): void {
    const kept = drafts.load(this.world.shelf, this.world.account, -this.world.request)[this.world.section];
    if (!kept || !now.may_edit) return;
    try {
      const { blocks, reasons } = JSON.parse(kept.text) as { blocks: Own[]; reasons: Record<number, string> };
      this.blocks = blocks.map((one) => ({ ...one, key: this.#next++ }));
      this.reasons = reasons;
      this.dirty = true;
      if (kept.base !== String(now.revision)) this.quarrel = now;
      else void this.save();
    } catch {
      drafts.forget(this.world.shelf, this.world.account, -this.world.request, this.world.section);
    }
  }

  async #notSaved(refused: unknown): Promise<void> {
    this.progress = 'unsaved';
    if (refused instanceof Refusal && refused.status === 412) {
      this.quarrel = await this.world.get().catch(() => null);
      return;
    }
    this.failure = refused;
    const isTheirs = refused instanceof Refusal && refused.status < 500 && ![401, 429].includes(refused.status);
    if (!isTheirs) this.#cancel = this.world.later(() => void this.save(), 8_000);
  }
}
