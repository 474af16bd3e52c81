import { Refusal, type Report } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import * as drafts from '$lib/drafts';
import { clock } from '$lib/format';
import { paragraphs, textOf } from './marks';

type Section = components['schemas']['ReportSection'];

/** What stands in the text box of one section, beside what the server holds. */
export interface Written {
  text: string;
  dirty: boolean;
  fault: string;
  progress: '' | 'saving' | 'saved' | 'unsaved';
  at: string;
  /** The section as somebody else has just written it, while what is typed here differs. */
  theirs: string | null;
}

export interface NewBlock {
  text: string;
  from?: number;
}

export interface World {
  /** Writes the section when it still reads `base`; refused with 412 when it does not. */
  put(section: string, blocks: NewBlock[], base: string): Promise<Report>;
  previous(section: string): Promise<{ blocks: NewBlock[] }>;
  shelf: drafts.Shelf;
  account: number;
  report: number;
  focused(): string | null;
  later(run: () => void, milliseconds: number): () => void;
}

const IDLE = 1_500;
const WAITS = [5_000, 10_000, 30_000];
const key = (code: string) => `section:${code}`;

/** The words of one report: kept on this machine at every key, sent when the hands rest, never written over. */
export class Sections {
  rows = $state<Record<string, Written>>({});
  unsaved = $derived(Object.values(this.rows).filter((row) => row.progress === 'unsaved').length);
  /** The first section that is not with the server. */
  waiting = $derived(Object.entries(this.rows).find(([, row]) => row.dirty)?.[0] ?? null);
  #bases: Record<string, string> = {};
  #idle: Record<string, () => void> = {};
  #sending: Record<string, Promise<void>> = {};
  #failed = 0;
  #cancel: (() => void) | null = null;
  #restored = false;
  #latest: Section[] = [];

  constructor(private readonly world: World) {}

  /** The server's report, whoever changed it. What is typed and not saved stays. */
  take(sections: Section[]): void {
    this.#latest = sections;
    for (const section of sections) {
      const now = textOf(section.blocks);
      const row = this.rows[section.code];
      if (row?.progress === 'saving') continue; // its answer says how it stands
      if (row?.dirty) this.#meet(section.code, row, now);
      else if (!row) this.rows[section.code] = { text: now, dirty: false, fault: '', progress: '', at: '', theirs: null };
      // Blanks the server tidied away are no change: the text is not redrawn under the hands.
      else if (this.world.focused() !== section.code && paragraphs(row.text).join('\n') !== now) row.text = now;
      if (!row?.dirty) this.#bases[section.code] = now;
    }
    if (!this.#restored) this.#restore(sections);
    this.#restored = true;
  }

  type(code: string, text: string): void {
    const row = this.rows[code];
    if (!row) return;
    Object.assign(row, { text, dirty: true, fault: '', progress: row.progress === 'saving' ? 'saving' : '' });
    this.#keep(code, row);
    this.#idle[code]?.();
    this.#idle[code] = this.world.later(() => void this.save(code), IDLE);
  }

  save(code: string, blocks?: NewBlock[]): Promise<void> {
    const row = this.rows[code];
    this.#idle[code]?.();
    delete this.#idle[code];
    if (row?.progress === 'saving') return this.#sending[code] ?? Promise.resolve();
    if (!row?.dirty || row.theirs !== null) return Promise.resolve();
    const sending = this.#send(code, row, blocks);
    this.#sending[code] = sending;
    return sending;
  }

  async #send(code: string, row: Written, blocks?: NewBlock[]): Promise<void> {
    const sent = row.text;
    row.progress = 'saving';
    try {
      const next = await this.world.put(code, blocks ?? paragraphs(sent).map((text) => ({ text })), this.#bases[code] ?? '');
      this.#bases[code] = textOf(next.sections.find((one) => one.code === code)?.blocks ?? []);
      this.#failed = 0;
      row.at = clock(new Date());
      if (row.text === sent) {
        Object.assign(row, { dirty: false, fault: '', progress: 'saved' });
        drafts.forget(this.world.shelf, this.world.account, this.world.report, key(code));
      } else {
        row.progress = '';
        this.#keep(code, row);
        this.#idle[code] = this.world.later(() => void this.save(code), IDLE);
      }
    } catch (refused) {
      this.#notSaved(refused, row);
      this.take(this.#latest); // somebody else may have written meanwhile
    }
  }

  /** Everything typed is with the server; false when something is not. */
  async saveAll(): Promise<boolean> {
    for (const [code, row] of Object.entries(this.rows)) {
      await this.save(code); // what is under way
      if (row.dirty && !row.fault && row.progress === '') await this.save(code); // and what was typed meanwhile
    }
    return this.waiting === null;
  }

  retry(): void {
    this.#cancel?.();
    this.#cancel = null;
    for (const [code, row] of Object.entries(this.rows)) if (row.dirty && !row.fault) void this.save(code);
  }

  /** Begins with what stood here the period before; false when nothing did. */
  async begin(code: string): Promise<boolean> {
    const { blocks } = await this.world.previous(code);
    const row = this.rows[code];
    if (!row || blocks.length === 0) return false;
    this.type(code, textOf(blocks));
    await this.save(code, blocks);
    return true;
  }

  keepMine(code: string): void {
    const row = this.rows[code];
    if (!row || row.theirs === null) return;
    this.#bases[code] = row.theirs;
    row.theirs = null;
    this.#keep(code, row);
    void this.save(code);
  }

  takeTheirs(code: string): void {
    const row = this.rows[code];
    if (!row || row.theirs === null) return;
    this.#bases[code] = row.theirs;
    Object.assign(row, { text: row.theirs, theirs: null, dirty: false, fault: '', progress: '' });
    drafts.forget(this.world.shelf, this.world.account, this.world.report, key(code));
  }

  stop(): void {
    for (const cancel of Object.values(this.#idle)) cancel();
    this.#cancel?.();
  }

  #meet(code: string, row: Written, now: string): void {
    if (now === this.#bases[code]) return;
    const same = now === paragraphs(row.text).join('\n');
    if (same) this.#bases[code] = now;
    row.theirs = same ? null : now;
    if (!same) row.progress = '';
  }

  #keep(code: string, row: Written): void {
    const draft = { text: row.text, kind: 'value', remark: '', base: this.#bases[code] ?? '' } as const;
    drafts.keep(this.world.shelf, this.world.account, this.world.report, key(code), draft);
  }

  #restore(sections: Section[]): void {
    const kept = drafts.load(this.world.shelf, this.world.account, this.world.report);
    for (const section of sections) {
      const draft = kept[key(section.code)];
      const row = this.rows[section.code];
      if (!draft || !row || section.is_locked) continue;
      const now = row.text;
      Object.assign(row, { text: draft.text, dirty: true });
      this.#bases[section.code] = draft.base ?? now;
      this.#meet(section.code, row, now);
      if (row.theirs === null) void this.save(section.code);
    }
  }

  #notSaved(refused: unknown, row: Written): void {
    if (refused instanceof Refusal && ![401, 412, 429].includes(refused.status) && refused.status < 500) {
      row.fault = [...new Set(refused.problems.map((one) => refused.words(one)))].join(' ') || `${refused.status}`;
      row.progress = '';
      return;
    }
    row.progress = 'unsaved';
    if (this.#cancel) return;
    const wait = WAITS[Math.min(this.#failed, WAITS.length - 1)] ?? 30_000;
    this.#failed += 1;
    this.#cancel = this.world.later(() => this.retry(), wait);
  }
}
