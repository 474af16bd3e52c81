import { Refusal, type Cell, type Report } from './api/client';
import * as drafts from './drafts';
import { clock, editable, figure, stateTyped, type Language } from './format';
import { cellKey, placeOf } from './report/cells';
import { offersOf, sentOf, type FarCell, type Offer } from './report/far';
import { alike, Steps, type Content, type Step } from './report/steps';

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
  /** What went out from here since the program last answered: it may have been taken and the answer lost. */
  sent: Content[];
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
  putCells(id: number, cells: Record<string, string>[], revision: number): Promise<Report>;
  submit(id: number, revision: number): Promise<Report>;
  shelf: drafts.Shelf;
  /** Where the steps that can be taken back are kept over a reload. */
  steps?: drafts.Shelf;
  account: number;
  /** This page, and those that stand open on this machine. */
  tab?: string;
  living?(): Promise<ReadonlySet<string>>;
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
/** How many sendings of a line without an answer are remembered. */
const SENT = 8;
/** How many lines are saved at once. */
const TOGETHER = 100;
const STOPS = ['report.check_failed', 'report.doubt_unexplained'];
const content = (cell: Cell) => JSON.stringify([cell.state, cell.value, cell.remark]);
/** Whether a line reads the same in two answers of the program. */
const isSame = (one: Cell, other: Cell) =>
  content(one) === content(other) && one.revision === other.revision && one.status === other.status && one.is_locked === other.is_locked && one.fact === other.fact &&
  one.previous === other.previous && one.year_before === other.year_before && one.returned === other.returned && one.excluded === other.excluded &&
  one.known_from === other.known_from && JSON.stringify([one.before, one.restated]) === JSON.stringify([other.before, other.restated]);
const standing = ({ text, kind, remark }: Row): Content => ({ text, kind, remark });
/** Whether a line as it was typed says what the program holds. */
function says({ text, kind, remark }: Content, cell: Cell): boolean {
  const readings = ['vi', 'en'].flatMap((one) => [editable(cell.value, one as Language), figure(cell.value, one as Language)]);
  return kind === cell.state && remark === cell.remark && (kind !== 'value' || readings.includes(text.trim()));
}
const words = (refused: Refusal) => [...new Set(refused.problems.map((one) => refused.words(one)))].join(' ');

interface Sent {
  code: string;
  content: Content;
}

/**
 * One report being entered: cells are saved in the order they were typed, a bad one never holding up the others, and what is typed outlives every failure.
 * A line is named by its key (`cellKey`).
 */
export class Entry {
  report = $state.raw<Report | null>(null);
  rows = $state<Record<string, Row>>({});
  faults = $state<Fault[]>([]);
  /** How often something was typed here. */
  changes = $state(0);
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
  /** This machine has no room left for what is typed and not saved: only this page holds it. */
  unkept = $state(false);
  readonly #steps: Steps;
  /** The line somebody is in, as it stood when they came. */
  #begun: { code: string; content: Content } | null = null;
  readonly #lines = new Map<string, Cell>();
  readonly #pending = new Set<string>();
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
    this.#steps = new Steps(world.steps ?? null, `steps-${world.account}-${id}`);
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      this.#take(await this.#world.get(this.id));
      this.#restore((await this.#world.living?.()) ?? new Set());
    } catch (refused) {
      this.failure = refused;
    }
  }

  cell(code: string): Cell | undefined {
    void this.report; // read anew with each answer
    return this.#lines.get(code);
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
    if (row) this.#begun = { code, content: standing(row) };
  }

  /** On leaving a line: what was typed is saved, and is one step that can be taken back. */
  leave(code: string): void {
    const row = this.rows[code];
    if (row && this.#begun?.code === code) this.#steps.record([{ key: code, before: this.#begun.content, after: standing(row) }]);
    this.#begun = null;
    void this.save(code);
  }

  /** Whether something was typed in this line since it was entered. */
  isTyping(code: string): boolean {
    const row = this.rows[code];
    return row !== undefined && this.#begun?.code === code && !alike(this.#begun.content, standing(row));
  }

  type(code: string, text: string): void {
    this.#change(code, { text, kind: stateTyped(text) ?? 'value' });
  }

  remark(code: string, remark: string): void {
    this.#change(code, { remark });
  }

  choose(code: string, kind: Cell['state']): void {
    if (kind === 'value') this.#change(code, { kind });
    else this.fill([{ key: code, kind, text: '' }]);
  }

  /** The saved figure and remark again. */
  undo(code: string): void {
    const cell = this.cell(code);
    if (cell) this.rows[code] = this.#fresh(cell);
    this.#stay(code);
    this.#forget([code]);
  }

  keepMine(code: string): void {
    const row = this.rows[code];
    const cell = this.cell(code);
    if (!row || !cell) return;
    row.theirs = null;
    this.#keep([code]); // with their cell as its base: the choice holds over a reload
    void this.save(code);
  }

  takeTheirs(code: string): void {
    this.undo(code);
    this.faults = this.faults.filter((fault) => fault.code !== code);
  }

  /** One save at a time, in the order typed: each carries the revision the one before gave. What waits goes together. */
  save(code: string): Promise<void> {
    const row = this.rows[code];
    if (!row?.dirty || row.theirs) return this.#queue;
    row.progress = 'saving';
    if (this.#pending.has(code)) return this.#queue;
    this.#pending.add(code);
    this.saving += 1;
    this.#queue = this.#queue.then(() => this.#drain());
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
      this.#steps.clear(); // what was handed in is not taken back here
      return true;
    } catch (refused) {
      await this.#notSubmitted(refused);
      return false;
    }
  }

  /** Whether nothing but the way to the program kept the report from being handed in. */
  isHeldUp(isAway: (failure: unknown) => boolean): boolean {
    const rows = Object.values(this.rows);
    if (this.faults.length || rows.some((row) => row.fault || row.theirs)) return false;
    return this.failure === null ? rows.some((row) => row.progress === 'unsaved') : isAway(this.failure);
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

  /** Many lines at once, saved like typed ones; one step that can be taken back. How many of them changed. */
  fill(fills: readonly (Partial<Content> & { key: string })[]): number {
    const step: Step = [];
    for (const { key, ...change } of fills) {
      const [row, cell] = [this.rows[key], this.cell(key)];
      if (!row || !cell || cell.is_locked || !this.mayEdit) continue;
      const before = this.#now(key, row);
      const kind = change.kind ?? (change.text === undefined ? row.kind : (stateTyped(change.text) ?? 'value'));
      const after = { ...before, ...change, kind };
      if (!alike(before, after)) step.push({ key, before, after });
    }
    this.#put(step.map(({ key, after }) => ({ key, after })));
    this.#steps.record(step);
    return step.length;
  }

  /** A block from elsewhere; what the lines held before can be had back. */
  paste(fills: readonly { key: string; text: string }[]): void {
    this.pasted = fills.flatMap(({ key }) => {
      const row = this.rows[key];
      return row ? [{ key, text: row.text, kind: row.kind }] : [];
    });
    this.fill(fills);
  }

  /** What stood there before the paste again. */
  unpaste(): void {
    const before = this.pasted;
    this.pasted = [];
    this.fill(before);
  }

  /** Takes the last step back. A line that somebody changed since stays as it is. */
  back(): { keys: string[]; stayed: number } {
    return this.#over(this.#steps.back(), 'after', 'before');
  }

  again(): { keys: string[]; stayed: number } {
    return this.#over(this.#steps.again(), 'before', 'after');
  }

  #over(step: Step | null, from: 'before' | 'after', to: 'before' | 'after'): { keys: string[]; stayed: number } {
    const open = (step ?? []).filter(({ key }) => this.rows[key] && !this.cell(key)?.is_locked && this.mayEdit);
    const mine = open.filter((one) => alike(this.#now(one.key, this.rows[one.key] as Row), one[from]));
    this.#put(mine.map((one) => ({ key: one.key, after: one[to] })));
    return { keys: mine.map(({ key }) => key), stayed: (step ?? []).length - mine.length };
  }

  #put(puts: readonly { key: string; after: Content }[]): void {
    for (const { key, after } of puts) {
      this.#touch(key, after);
      this.#stay(key);
    }
    this.#keep(puts.map(({ key }) => key));
    for (const { key } of puts) void this.save(key);
  }

  /** What a line holds: what is typed there, or else what the program has. */
  #now(code: string, row: Row): Content {
    const cell = this.cell(code);
    return standing(row.dirty || !cell ? row : this.#fresh(cell));
  }

  /** What stands in the line now is where typing there begins. */
  #stay(code: string): void {
    const row = this.rows[code];
    if (row && this.#begun?.code === code) this.#begun.content = standing(row);
  }

  /** Takes what was offered into the cells and saves what can be saved. */
  takeOffers(): void {
    const taken = this.offers;
    this.offers = [];
    this.fill(taken.map(({ key, text, kind, remark }) => ({ key, text, kind, remark })));
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
    return { text, kind: cell.state, remark: cell.remark, fault: '', dirty: false, progress: '', at: '', theirs: null, sent: [] };
  }

  /** Takes the server's report; what is typed and not saved stays in its inputs. */
  #take(next: Report): void {
    // Asked before something was saved and answered after it: what is newer stands here already.
    if (this.report && next.revision < this.report.revision) return;
    // A line that reads the same is the same object, so that its row is not drawn anew.
    const cells = next.cells.map((cell) => {
      const old = this.#lines.get(cellKey(cell));
      return old && isSame(old, cell) ? old : cell;
    });
    for (const cell of cells) {
      const code = cellKey(cell);
      const row = this.rows[code];
      const old = this.#lines.get(code);
      this.#lines.set(code, cell);
      if (row?.dirty) {
        if (old && content(old) !== content(cell)) this.#meet(row, cell);
      } else if (row && old === cell) {
        continue;
      } else if (row && this.#world.focused() === code) {
        Object.assign(row, { kind: cell.state, remark: cell.remark });
      } else {
        this.rows[code] = { ...this.#fresh(cell), progress: row?.progress ?? '', at: row?.at ?? '' };
      }
    }
    this.report = { ...next, cells };
  }

  /** Another figure came where something is typed: the same, or one's own of before, is no quarrel; somebody else's is asked about. */
  #meet(row: Row, cell: Cell): void {
    const same = [standing(row), ...row.sent].some((one) => says(one, cell));
    row.theirs = same ? null : cell;
    if (!same) row.progress = '';
  }

  #restore(living: ReadonlySet<string>): void {
    const kept = drafts.load(this.#world.shelf, this.#world.account, this.id);
    const far = this.mayEdit ? (this.report?.draft ?? null) : null;
    this.#far = far === null ? '[]' : null;
    this.offers = offersOf(far, kept, this.report?.cells ?? []);
    this.offeredAt = far?.at ?? '';
    for (const [code, draft] of Object.entries(kept)) {
      const cell = this.cell(code);
      const row = this.rows[code];
      if (!cell || !row || cell.is_locked || !this.mayEdit) continue;
      // Another page is still being typed in: sending its half figure from here would set the two against each other.
      if (draft.tab && draft.tab !== this.#world.tab && living.has(draft.tab)) continue;
      Object.assign(row, { text: draft.text, kind: draft.kind, remark: draft.remark, sent: draft.sent ?? [], dirty: true });
      if (draft.base !== undefined && draft.base !== content(cell)) this.#meet(row, cell);
      void this.save(code);
    }
  }

  #change(code: string, change: Partial<Row>): void {
    this.#touch(code, change);
    this.#keep([code]);
  }

  #touch(code: string, change: Partial<Row>): void {
    const row = this.rows[code];
    if (!row) return;
    Object.assign(row, change, { dirty: true, fault: '', progress: '' });
    this.changes += 1;
    if (this.offers.length) this.offers = this.offers.filter((one) => one.key !== code); // typed anew over what was offered
  }

  #keep(codes: readonly string[]): void {
    const at = new Date().toISOString();
    const made: drafts.Drafts = {};
    for (const code of codes) {
      const [row, cell] = [this.rows[code], this.cell(code)];
      // An open quarrel is asked about again after a reload: no content is equal to ''.
      if (row && cell) made[code] = { ...standing(row), base: row.theirs ? '' : content(cell), sent: $state.snapshot(row.sent), at, ...(this.#world.tab ? { tab: this.#world.tab } : {}) };
    }
    this.unkept = !drafts.keepAll(this.#world.shelf, this.#world.account, this.id, made);
    this.#later();
  }

  #forget(codes: readonly string[]): void {
    drafts.forgetAll(this.#world.shelf, this.#world.account, this.id, codes);
    if (this.unkept) this.unkept = Object.values(this.rows).some((row) => row.dirty);
    this.#later();
  }

  /** Sends what waits, in the order typed. */
  async #drain(): Promise<void> {
    const codes = [...this.#pending].slice(0, TOGETHER);
    for (const code of codes) this.#pending.delete(code);
    try {
      await this.#send(codes, true);
    } finally {
      this.saving -= codes.length;
    }
  }

  async #send(codes: readonly string[], again: boolean): Promise<void> {
    const sent = codes.flatMap((code): Sent[] => {
      const row = this.rows[code];
      return row?.dirty && !row.theirs ? [{ code, content: standing(row) }] : [];
    });
    if (sent.length === 0 || !this.report) return;
    for (const { code, content: going } of sent) {
      const row = this.rows[code] as Row;
      row.sent = [...row.sent.filter((one) => !alike(one, going)), going].slice(-SENT);
    }
    this.#keep(sent.map(({ code }) => code)); // before it goes: the page may end with the answer on its way
    const cells = sent.map(({ code, content: { text, kind, remark } }) => {
      const asked = this.cell(code);
      const cell: Record<string, string> = { indicator: asked?.indicator.code ?? code, kind: asked?.kind ?? 'actual', state: kind, remark };
      if (kind === 'value') cell.typed = text;
      return cell;
    });
    try {
      this.#saved(sent, await this.#world.putCells(this.id, cells, this.report.revision));
    } catch (refused) {
      await this.#notSaved(refused, sent, again);
    }
  }

  #saved(sent: readonly Sent[], next: Report): void {
    const at = clock(new Date());
    const done = sent.filter(({ code, content: was }) => alike(standing(this.rows[code] as Row), was));
    for (const { code } of done) Object.assign(this.rows[code] as Row, { dirty: false, fault: '', progress: 'saved', at, sent: [] });
    // The rows are what was just sent, so the answer for them is no surprise to ask about.
    this.#take(next);
    for (const { code, content: typed } of done) {
      const [cell, row] = [this.cell(code), this.rows[code]];
      if (!cell || !row) continue;
      this.#steps.settle(code, typed, standing(this.#fresh(cell)));
      this.#stay(code);
    }
    this.#forget(done.map(({ code }) => code));
    const further = sent.filter(({ code }) => this.rows[code]?.dirty).map(({ code }) => code); // typed on meanwhile; leaving the cell sends it
    for (const code of further) Object.assign(this.rows[code] as Row, { theirs: null, progress: '' });
    if (further.length) this.#keep(further);
    this.savedAt = at;
    this.#failed = 0;
    const codes = new Set(done.map(({ code }) => code));
    this.faults = this.faults.filter((fault) => !codes.has(fault.code));
  }

  /** Never throws: a failed save must not stop the ones queued after it. */
  async #notSaved(refused: unknown, sent: readonly Sent[], again: boolean): Promise<void> {
    const codes = sent.map(({ code }) => code);
    if (refused instanceof Refusal && refused.status === 412 && again) {
      try {
        this.#take(await this.#world.get(this.id));
        this.newer = true;
        return await this.#send(codes, false);
      } catch (failed) {
        refused = failed;
      }
    }
    if (refused instanceof Refusal && ![401, 412, 429].includes(refused.status) && refused.status < 500) {
      return await this.#refused(refused, codes, again);
    }
    for (const code of codes) (this.rows[code] as Row).progress = 'unsaved';
    this.#again();
  }

  /** Each refused line learns why; the others of the same sending go without it. */
  async #refused(refused: Refusal, codes: readonly string[], again: boolean): Promise<void> {
    const told = codes.map((_, i) => refused.at(`/cells/${i}`));
    const isNamed = told.some((said) => said !== '');
    const isForEach = !isNamed && refused.status === 422 && codes.length > 1;
    codes.forEach((code, i) => {
      const fault = isNamed ? told[i] : isForEach ? '' : words(refused) || `${refused.status}`;
      if (fault) Object.assign(this.rows[code] as Row, { fault, progress: '' });
    });
    if (isForEach) for (const code of codes) await this.#send([code], again);
    else if (isNamed) await this.#send(codes.filter((_, i) => told[i] === ''), again);
  }

  /** Tries again by itself, ever more seldom: 5, 10, then every 30 seconds. */
  #again(): void {
    if (this.#cancel) return;
    const wait = WAITS[Math.min(this.#failed, WAITS.length - 1)] ?? 30_000;
    this.#failed += 1;
    this.#cancel = this.#world.later(() => this.retry(), wait);
  }
}
