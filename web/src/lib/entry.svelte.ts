import { Refusal, type Cell, type Report } from './api/client';
import * as drafts from './drafts';
import { clock, editable, figure, stateTyped, type Language } from './format';
import { cellKey, placeOf } from './report/cells';
import { offersOf, sentOf, type FarCell, type Offer } from './report/far';

/** What stands in the inputs of one cell, beside what the server holds. */
export interface Row {
  text: string;
  kind: Cell['state'];
  remark: string;
  fault: string;
  dirty: boolean;
  progress: '' | 'saving' | 'saved' | 'unsaved';
  at: string;
  /** The cell as somebody else has just written it, while what is typed here differs. */
  theirs: Cell | null;
}

export interface Fault {
  /** The line's key. */
  code: string;
  words: string;
  /** The code of the doubt that stops the report. */
  doubt?: string;
}

/** What an entry needs of the world; tests give their own. */
export interface World {
  get(id: number): Promise<Report>;
  putCell(id: number, cell: Record<string, string>, revision: number): Promise<Report>;
  submit(id: number, revision: number): Promise<Report>;
  shelf: drafts.Shelf;
  account: number;
  language(): Language;
  /** The code of the cell with the focus: its text is not redrawn under the fingers. */
  focused(): string | null;
  later(run: () => void, milliseconds: number): () => void;
  /** Keeps what is typed and not saved beside this machine. */
  keepFar?(id: number, cells: FarCell[]): Promise<void>;
}

const WAITS = [5_000, 10_000, 30_000];
/** How long typing rests before it is kept with the program. */
const REST = 2_500;
const STOPS = ['report.check_failed', 'report.doubt_unexplained'];
const content = (cell: Cell) => JSON.stringify([cell.state, cell.value, cell.remark]);
const words = (refused: Refusal) => [...new Set(refused.problems.map((one) => refused.words(one)))].join(' ');

/**
 * One report being entered: each cell is saved on its own, one after another, and what is typed outlives every failure.
 * A line is named by its key (`cellKey`).
 */
export class Entry {
  report = $state<Report | null>(null);
  rows = $state<Record<string, Row>>({});
  faults = $state<Fault[]>([]);
  /** Somebody saved a newer revision; what was typed here is kept. */
  newer = $state(false);
  saving = $state(0);
  savedAt = $state('');
  unsaved = $derived(Object.values(this.rows).filter((row) => row.progress === 'unsaved').length);
  mayEdit = $derived(this.report?.acts.includes('edit') ?? false);
  failure = $state<unknown>(null);
  /** What the program kept of an earlier sitting and this machine does not have, and when it was kept. */
  offers = $state<Offer[]>([]);
  offeredAt = $state('');
  /** What the lines of the last paste held before it. */
  pasted = $state<{ key: string; text: string; kind: Cell['state'] }[]>([]);
  #queue: Promise<void> = Promise.resolve();
  #failed = 0;
  #cancel: (() => void) | null = null;
  #cancelFar: (() => void) | null = null;
  /** What the program keeps of this sitting, as it was sent; null while that is not known. */
  #far: string | null = '[]';
  readonly #world: World;

  constructor(
    readonly id: number,
    world: World
  ) {
    this.#world = world;
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      this.#take(await this.#world.get(this.id));
      this.#restore();
    } catch (refused) {
      this.failure = refused;
    }
  }

  cell(code: string): Cell | undefined {
    return this.report?.cells.find((one) => cellKey(one) === code);
  }

  /** What stands in an input nobody is in: the figure as it is read, or exactly what was typed. */
  shown(code: string): string {
    const row = this.rows[code];
    const cell = this.cell(code);
    if (!row || !cell || row.dirty || this.#world.focused() === code) return row?.text ?? '';
    return cell.value === null ? '' : figure(cell.value, this.#world.language());
  }

  /** On entering a cell: its figure without groups, so that typing over a part is never ambiguous. */
  enter(code: string): void {
    const row = this.rows[code];
    const cell = this.cell(code);
    if (row && cell && !row.dirty) row.text = editable(cell.value, this.#world.language());
  }

  type(code: string, text: string): void {
    this.#change(code, { text, kind: stateTyped(text) ?? 'value' });
  }

  remark(code: string, remark: string): void {
    this.#change(code, { remark });
  }

  choose(code: string, kind: Cell['state']): void {
    this.#change(code, kind === 'value' ? { kind } : { kind, text: '' });
    if (kind !== 'value') void this.save(code);
  }

  /** The saved figure and remark again. */
  undo(code: string): void {
    const cell = this.cell(code);
    if (cell) this.rows[code] = this.#fresh(cell);
    this.#forget(code);
  }

  keepMine(code: string): void {
    const row = this.rows[code];
    const cell = this.cell(code);
    if (!row || !cell) return;
    row.theirs = null;
    this.#keep(code); // with their cell as its base: the choice holds over a reload
    void this.save(code);
  }

  takeTheirs(code: string): void {
    this.undo(code);
    this.faults = this.faults.filter((fault) => fault.code !== code);
  }

  /** One save at a time, in the order typed: each carries the revision the one before gave. */
  save(code: string): Promise<void> {
    const row = this.rows[code];
    if (!row?.dirty || row.theirs) return this.#queue;
    row.progress = 'saving';
    this.saving += 1;
    this.#queue = this.#queue.then(() => this.#send(code, true)).finally(() => (this.saving -= 1));
    return this.#queue;
  }

  /** Sends something else of this report in its turn, with the newest revision; the answer is taken like every other. */
  inTurn(work: (now: Report) => Promise<Report>): Promise<Report> {
    const done = this.#queue.then(() => this.#inTurn(work, true));
    this.#queue = done.then(() => {}, () => {});
    return done;
  }

  retry(): void {
    this.#cancel?.();
    this.#cancel = null;
    for (const [code, row] of Object.entries(this.rows)) if (row.dirty && !row.fault) void this.save(code);
  }

  /** False when something stands in the way; `faults` then says what, or the cells do. */
  async submit(): Promise<boolean> {
    this.failure = null;
    for (const code of Object.keys(this.rows)) void this.save(code);
    await this.#queue;
    this.faults = Object.entries(this.rows)
      .filter(([, row]) => row.fault)
      .map(([code, row]) => ({ code, words: row.fault }));
    // What could not be saved is not sent without: it would leave the typed figure behind.
    if (this.faults.length || !this.report || Object.values(this.rows).some((row) => row.dirty)) return false;
    try {
      this.#take(await this.#world.submit(this.id, this.report.revision));
      this.newer = false;
      return true;
    } catch (refused) {
      await this.#notSubmitted(refused);
      return false;
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancelFar?.();
    this.#cancel = this.#cancelFar = null;
  }

  /** An act beside the cells, in the line of saves so that it carries the newest revision. Throws what was refused. */
  act(work: (report: Report) => Promise<Report>): Promise<void> {
    const done = this.#queue.then(() => this.#inTurn(work, true)).then(() => {});
    this.#queue = done.catch(() => {});
    return done;
  }

  /** Many lines at once, each saved like one that was typed; what they held before can be had back. */
  paste(fills: readonly { key: string; text: string }[]): void {
    this.pasted = fills.flatMap(({ key }) => {
      const cell = this.cell(key);
      return cell ? [{ key, text: editable(cell.value, this.#world.language()), kind: cell.state }] : [];
    });
    for (const { key, text } of fills) {
      this.type(key, text);
      void this.save(key);
    }
  }

  /** What stood there before the paste again. */
  unpaste(): void {
    const before = this.pasted;
    this.pasted = [];
    for (const { key, text, kind } of before) {
      this.#change(key, { text, kind });
      void this.save(key);
    }
  }

  /** Takes what was offered into the cells and saves what can be saved. */
  takeOffers(): void {
    const taken = this.offers;
    this.offers = [];
    for (const { key, text, kind, remark } of taken) {
      this.#change(key, { text, kind, remark });
      void this.save(key);
    }
  }

  dropOffers(): void {
    this.offers = [];
    this.#later();
  }

  /** What is typed and not saved goes to the program too: at best, and never in the way. */
  async sendFar(): Promise<void> {
    this.#cancelFar?.();
    this.#cancelFar = null;
    if (!this.#world.keepFar || !this.report || !this.mayEdit) return;
    const cells = sentOf(this.report.cells, this.rows, this.offers);
    const text = JSON.stringify(cells);
    if (text === this.#far) return;
    try {
      await this.#world.keepFar(this.id, cells);
      this.#far = text;
    } catch {
      this.#far = null; // the next change tries again; this machine keeps it meanwhile
    }
  }

  #later(): void {
    if (!this.#world.keepFar) return;
    this.#cancelFar?.();
    this.#cancelFar = this.#world.later(() => void this.sendFar(), REST);
  }

  /** `work` is asked again when somebody saved first, with the report as it then stands; it may refuse to go on. */
  async #inTurn(work: (now: Report) => Promise<Report>, again: boolean): Promise<Report> {
    try {
      const next = await work(this.report ?? (await this.#world.get(this.id)));
      this.#take(next);
      return next;
    } catch (refused) {
      if (!(refused instanceof Refusal) || refused.status !== 412 || !again) throw refused;
      this.#take(await this.#world.get(this.id));
      this.newer = true;
      return await this.#inTurn(work, false);
    }
  }

  async #notSubmitted(refused: unknown): Promise<void> {
    if (refused instanceof Refusal && refused.status === 401) return; // the sign-in box stands over the page
    if (refused instanceof Refusal && refused.status === 412) {
      await this.load();
      this.newer = true;
    } else if (refused instanceof Refusal && refused.status < 500 && refused.problems.length) {
      this.faults = refused.problems.map((one) => {
        const cell = placeOf(one.field, this.report?.cells ?? []);
        const stops = STOPS.includes(one.code) && one.args[0] ? { doubt: one.args[0] } : {};
        const code = cell ? cellKey(cell) : `${one.code.startsWith('narrative.') ? 'section:' : ''}${one.args[0] ?? ''}`;
        return { code, words: refused.words(one), ...stops };
      });
    } else {
      this.failure = refused;
    }
  }

  #fresh(cell: Cell): Row {
    const text = editable(cell.value, this.#world.language());
    return { text, kind: cell.state, remark: cell.remark, fault: '', dirty: false, progress: '', at: '', theirs: null };
  }

  /** Takes the server's report; what is typed and not saved stays in its inputs. */
  #take(next: Report): void {
    const before = this.report;
    this.report = next;
    for (const cell of next.cells) {
      const code = cellKey(cell);
      const row = this.rows[code];
      if (row?.dirty) {
        const old = before?.cells.find((one) => cellKey(one) === code);
        if (old && content(old) !== content(cell)) this.#meet(row, cell);
      } else if (row && this.#world.focused() === code) {
        Object.assign(row, { kind: cell.state, remark: cell.remark });
      } else {
        this.rows[code] = { ...this.#fresh(cell), progress: row?.progress ?? '', at: row?.at ?? '' };
      }
    }
  }

  /** Somebody else's figure came where something is typed: the same is no quarrel, another is asked about. */
  #meet(row: Row, cell: Cell): void {
    const readings = ['vi', 'en'].flatMap((one) => [editable(cell.value, one as Language), figure(cell.value, one as Language)]);
    const same = row.kind === cell.state && row.remark === cell.remark && (row.kind !== 'value' || readings.includes(row.text.trim()));
    row.theirs = same ? null : cell;
    if (!same) row.progress = '';
  }

  #restore(): void {
    const kept = drafts.load(this.#world.shelf, this.#world.account, this.id);
    const far = this.mayEdit ? (this.report?.draft ?? null) : null;
    this.#far = far === null ? '[]' : null;
    this.offers = offersOf(far, kept, this.report?.cells ?? []);
    this.offeredAt = far?.at ?? '';
    for (const [code, draft] of Object.entries(kept)) {
      const cell = this.cell(code);
      const row = this.rows[code];
      if (!cell || !row || cell.is_locked || !this.mayEdit) continue;
      Object.assign(row, { text: draft.text, kind: draft.kind, remark: draft.remark, dirty: true });
      if (draft.base !== undefined && draft.base !== content(cell)) this.#meet(row, cell);
      void this.save(code);
    }
  }

  #change(code: string, change: Partial<Row>): void {
    const row = this.rows[code];
    if (!row) return;
    Object.assign(row, change, { dirty: true, fault: '', progress: '' });
    this.offers = this.offers.filter((one) => one.key !== code); // typed anew over what was offered
    this.#keep(code);
  }

  #keep(code: string): void {
    const row = this.rows[code];
    const cell = this.cell(code);
    if (!row || !cell) return;
    // An open quarrel is asked about again after a reload: no content is equal to ''.
    const draft = { text: row.text, kind: row.kind, remark: row.remark, base: row.theirs ? '' : content(cell), at: new Date().toISOString() };
    drafts.keep(this.#world.shelf, this.#world.account, this.id, code, draft);
    this.#later();
  }

  #forget(code: string): void {
    drafts.forget(this.#world.shelf, this.#world.account, this.id, code);
    this.#later();
  }

  async #send(code: string, again: boolean): Promise<void> {
    const row = this.rows[code];
    if (!row?.dirty || row.theirs || !this.report) return;
    const asked = this.cell(code);
    const sent = { text: row.text, kind: row.kind, remark: row.remark };
    const cell: Record<string, string> = { indicator: asked?.indicator.code ?? code, kind: asked?.kind ?? 'actual', state: sent.kind, remark: sent.remark };
    if (sent.kind === 'value') cell.typed = sent.text;
    try {
      const next = await this.#world.putCell(this.id, cell, this.report.revision);
      if (row.text === sent.text && row.kind === sent.kind && row.remark === sent.remark) {
        Object.assign(row, { dirty: false, fault: '', progress: 'saved', at: clock(new Date()) });
        this.#forget(code);
      } else {
        row.progress = ''; // typed further meanwhile; leaving the cell sends it
      }
      // The row is what was just sent, so the answer for it is no surprise to ask about.
      this.#take(next);
      if (row.dirty) {
        row.theirs = null;
        this.#keep(code);
      }
      this.savedAt = clock(new Date());
      this.#failed = 0;
      this.faults = this.faults.filter((fault) => fault.code !== code);
    } catch (refused) {
      await this.#notSaved(refused, code, row, again);
    }
  }

  /** Never throws: a failed save must not stop the ones queued after it. */
  async #notSaved(refused: unknown, code: string, row: Row, again: boolean): Promise<void> {
    if (refused instanceof Refusal && refused.status === 412 && again) {
      try {
        this.#take(await this.#world.get(this.id));
        this.newer = true;
        return await this.#send(code, false);
      } catch (failed) {
        refused = failed;
      }
    }
    if (refused instanceof Refusal && ![401, 412, 429].includes(refused.status) && refused.status < 500) {
      row.fault = words(refused) || `${refused.status}`;
      row.progress = '';
      return;
    }
    row.progress = 'unsaved';
    this.#again();
  }

  /** Tries again by itself, ever more seldom: 5, 10, then every 30 seconds. */
  #again(): void {
    if (this.#cancel) return;
    const wait = WAITS[Math.min(this.#failed, WAITS.length - 1)] ?? 30_000;
    this.#failed += 1;
    this.#cancel = this.#world.later(() => this.retry(), wait);
  }
}
