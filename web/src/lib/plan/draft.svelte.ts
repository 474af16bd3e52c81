import { Refusal } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { clock } from '$lib/format';
import { sendable, type Plan } from './plan';

type Schemas = components['schemas'];
export type Reorganisation = Schemas['Reorganisation'];
export type Preview = Schemas['ReorganisationPreview'];

/** What a draft needs of the world; tests give their own. */
export interface World {
  get(id: number): Promise<Reorganisation>;
  put(id: number, plan: Plan, revision: number): Promise<Reorganisation>;
  preview(id: number): Promise<Preview>;
  apply(id: number, revision: number): Promise<Reorganisation>;
  undo(id: number, revision: number): Promise<Reorganisation>;
  shelf: { getItem(key: string): string | null; setItem(key: string, value: string): void; removeItem(key: string): void };
  account: number;
  later(run: () => void, milliseconds: number): () => void;
}

const PAUSE = 800;
const AGAIN = 10_000;

/** One reorganisation: its plan is saved by itself after each pause, and what was edited outlives every failure. */
export class Draft {
  now = $state.raw<Reorganisation | null>(null);
  /** The plan as edited here. */
  plan = $state.raw<Plan | null>(null);
  preview = $state.raw<Preview | null>(null);
  progress = $state<'' | 'saving' | 'saved' | 'unsaved'>('');
  savedAt = $state('');
  dirty = $state(false);
  /** Whether this machine keeps what is not saved; else the page holds the only copy. */
  kept = $state(true);
  /** Somebody else saved another plan meanwhile: nothing is written over until a person chooses. */
  theirs = $state.raw<Reorganisation | null>(null);
  /** Why the plan as it is typed was not taken. */
  refused = $state.raw<Refusal | null>(null);
  /** Why it was not applied, or not taken back. */
  against = $state.raw<Refusal | null>(null);
  failure = $state.raw<unknown>(null);
  previewFailure = $state.raw<unknown>(null);
  busy = $state(false);
  mayEdit = $derived(this.now?.acts.includes('edit') ?? false);
  #queue: Promise<void> = Promise.resolve();
  #cancel: (() => void) | null = null;
  #turn = 0;
  readonly #world: World;

  constructor(
    readonly id: number,
    world: World
  ) {
    this.#world = world;
  }

  get #key() {
    return `plan-${this.#world.account}-${this.id}`;
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      this.#take(await this.#world.get(this.id));
      this.#restore();
      await this.look();
    } catch (refused) {
      this.failure = refused;
    }
  }

  edit(change: (plan: Plan) => Plan): void {
    if (!this.plan || !this.mayEdit) return;
    this.plan = change(this.plan);
    this.dirty = true;
    this.progress = '';
    this.refused = null;
    this.#keep();
    this.#cancel?.();
    this.#cancel = this.#world.later(() => void this.save(), PAUSE);
  }

  /** One save at a time: each carries the revision the one before gave. */
  save(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#queue = this.#queue.then(() => this.#send());
    return this.#queue;
  }

  stop(): void {
    if (this.dirty && !this.theirs) void this.save();
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Their plan was seen; mine is written over it, or given up for it. */
  async keepMine(): Promise<void> {
    if (!this.theirs || !this.plan) return;
    this.now = this.theirs;
    this.theirs = null;
    this.dirty = true;
    await this.save();
  }

  async takeTheirs(): Promise<void> {
    if (!this.theirs) return;
    this.dirty = false;
    this.#take(this.theirs);
    this.theirs = null;
    this.progress = '';
    this.#forget();
    await this.look();
  }

  /** What the plan would touch, as of now; only for a draft. An older answer never covers a newer one. */
  async look(): Promise<void> {
    if (this.now?.state !== 'draft') {
      this.preview = null;
      return;
    }
    const turn = (this.#turn += 1);
    this.previewFailure = null;
    try {
      const seen = await this.#world.preview(this.id);
      if (turn === this.#turn) this.preview = seen;
    } catch (refused) {
      if (turn === this.#turn) this.previewFailure = refused;
    }
  }

  apply = (): Promise<boolean> => this.#act((revision) => this.#world.apply(this.id, revision));
  undo = (): Promise<boolean> => this.#act((revision) => this.#world.undo(this.id, revision));

  async #act(work: (revision: number) => Promise<Reorganisation>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.against = null;
    this.failure = null;
    try {
      if (this.dirty) await this.save();
      if (this.dirty || !this.now) return false; // what could not be saved is not applied without
      this.#take(await work(this.now.revision));
      await this.look();
      return true;
    } catch (refused) {
      if (refused instanceof Refusal && refused.status === 401) return false;
      if (refused instanceof Refusal && refused.status < 500 && refused.problems.length) this.against = refused;
      else this.failure = refused;
      if (refused instanceof Refusal && refused.status === 412) await this.#world.get(this.id).then((next) => this.#take(next), () => {});
      return false;
    } finally {
      this.busy = false;
    }
  }

  #take(next: Reorganisation): void {
    this.now = next;
    if (!this.dirty) this.plan = next.plan;
  }

  async #send(): Promise<void> {
    if (!this.dirty || !this.plan || !this.now || this.theirs) return;
    const sent = this.plan;
    this.progress = 'saving';
    try {
      const next = await this.#world.put(this.id, sendable(sent), this.now.revision);
      this.now = next;
      if (this.plan === sent) {
        this.dirty = false;
        this.plan = next.plan;
        this.progress = 'saved';
        this.#forget();
        await this.look();
      } else this.progress = '';
      this.savedAt = clock(new Date());
    } catch (refused) {
      await this.#notSaved(refused, sent);
    }
  }

  async #notSaved(refused: unknown, sent: Plan): Promise<void> {
    this.progress = 'unsaved';
    if (refused instanceof Refusal && refused.status === 412) {
      try {
        const theirs = await this.#world.get(this.id);
        // An answer lost on the way is no quarrel with oneself.
        if (JSON.stringify(sendable(theirs.plan)) === JSON.stringify(sendable(sent))) {
          this.now = theirs;
          this.dirty = this.plan !== sent;
          this.progress = this.dirty ? '' : 'saved';
          if (!this.dirty) this.#forget();
        } else this.theirs = theirs;
        return;
      } catch (failed) {
        refused = failed;
      }
    }
    if (refused instanceof Refusal && refused.status < 500 && ![401, 429].includes(refused.status)) {
      this.refused = refused;
      return;
    }
    this.#cancel ??= this.#world.later(() => void this.save(), AGAIN);
  }

  /** Kept on this machine until saved; a plan too large for it lives in the page only. */
  #keep(): void {
    try {
      if (this.plan && this.now) this.#world.shelf.setItem(this.#key, JSON.stringify({ revision: this.now.revision, plan: this.plan }));
      this.kept = true;
    } catch {
      this.kept = false;
      this.#forget();
    }
  }

  #forget(): void {
    try {
      this.#world.shelf.removeItem(this.#key);
    } catch {
      // A shelf that cannot be written holds nothing to forget.
    }
  }

  #restore(): void {
    try {
      const kept = JSON.parse(this.#world.shelf.getItem(this.#key) ?? 'null') as { revision: number; plan: Plan } | null;
      if (!kept || !this.now || !this.mayEdit) return;
      this.plan = kept.plan;
      this.dirty = true;
      if (kept.revision === this.now.revision) void this.save();
      else {
        this.theirs = this.now;
        this.progress = 'unsaved';
      }
    } catch {
      this.#forget();
    }
  }
}
