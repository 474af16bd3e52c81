import { flushSync, tick } from 'svelte';
import type { Entry } from '$lib/entry.svelte';
import { editable } from '$lib/format';
import { language, t } from '$lib/words.svelte';
import { cellKey } from './cells';
import { countOf, fieldsOf, first, holds, last, stretched, tabbed, walked, written, type Field, type Key, type Span, type Way } from './grid';
import { blockOf, placed } from './paste';

/** What the sheet asks of the page around it. */
interface Around {
  entry(): Entry;
  /** Draws the line, should it be out of sight and not drawn. */
  reveal(code: string): void;
  submit(): void;
  /** Opens what stands behind the line. */
  more(code: string): void;
  help(): void;
  /** Takes the focus out of the sheet. */
  out(): void;
}

/**
 * The sheet of a report under the hands: the cell with the focus is a real input with its figure selected, so that the first
 * key replaces it whatever the input method. Ready, keys walk; after F2 or a second click they move the caret.
 */
export class Grid {
  focused = $state<string | null>(null);
  span = $state.raw<Span | null>(null);
  editing = $state(false);
  /** What was just done, told beneath the sheet. */
  note = $state('');
  #field: Field = 'cell';
  /** The line whose remark was opened from its figure: Enter goes back there. */
  #from: string | null = null;
  #left = false;

  constructor(readonly around: Around) {}

  get #entry(): Entry {
    return this.around.entry();
  }

  ways(): Way[] {
    const entry = this.#entry;
    return (entry.report?.cells ?? []).map((cell) => {
      const key = cellKey(cell);
      const row = entry.rows[key];
      return { key, isOpen: !cell.is_locked && entry.mayEdit, isFilled: row !== undefined && row.kind !== 'blank', isKnown: cell.known_from !== null && cell.returned === null };
    });
  }

  async arrive(code: string, field: Field, input: HTMLInputElement): Promise<void> {
    if (this.focused === code && this.#field === field) return;
    [this.focused, this.#field, this.editing, this.#left] = [code, field, false, false];
    this.span = null;
    this.#entry.enter(code);
    await tick();
    if (document.activeElement === input) input.select();
  }

  leave(code: string): void {
    [this.focused, this.editing] = [null, false];
    this.#entry.leave(code);
  }

  focus(code: string, field: Field = 'cell'): void {
    const id = `${field}-${code}`;
    if (!document.getElementById(id)) {
      this.around.reveal(code);
      flushSync();
    }
    const input = document.getElementById(id);
    // Scrolling would lay the whole sheet out here and once more for the picture; before that picture is early enough.
    input?.focus({ preventScroll: true });
    if (input) requestAnimationFrame(() => input.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  }

  typed(code: string, field: Field, text: string): void {
    this.span = null;
    if (field === 'remark') return this.#entry.remark(code, text);
    if (text === '=') return this.#asBefore(code);
    this.#entry.type(code, text);
  }

  /** A click on the cell one is in puts the caret there; one with Shift stretches the range. */
  press(event: MouseEvent, code: string, field: Field): void {
    const input = event.currentTarget as HTMLInputElement;
    const row = this.ways().findIndex((way) => way.key === code);
    if (event.shiftKey && this.focused !== null) {
      event.preventDefault();
      const from = this.span?.from ?? { row: this.ways().findIndex((way) => way.key === this.focused), field: this.#field };
      this.span = { from, to: { row, field } };
    } else if (document.activeElement === input) {
      this.editing = true;
      this.span = null;
    } else if (event.button === 0) {
      event.preventDefault(); // the caret would undo the selection
      input.focus();
    }
  }

  keys(event: KeyboardEvent, code: string, field: Field): void {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    const isDone = this.#always(event, code, field) || (!this.#isText(code, field) && this.#ready(event, code, field)) || this.#walk(event, code, field);
    if (isDone) event.preventDefault();
    if (event.key !== 'Escape') this.#left = false;
  }

  /** Whether keys move the caret: editing, or while words are typed. */
  #isText(code: string, field: Field): boolean {
    return this.editing || (field === 'remark' && this.#entry.isTyping(code));
  }

  #always(event: KeyboardEvent, code: string, field: Field): boolean {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key === 'Enter') this.around.submit();
    else if ((ctrl && event.key === ';') || event.key === 'F3') this.around.more(code);
    else if (ctrl && event.key === '/') this.around.help();
    else if (event.key === '?' && field === 'cell') this.around.help();
    else if (event.altKey && event.key === 'ArrowDown') document.getElementById(`kind-${code}`)?.focus();
    else if (event.key === 'F4' || (event.key === 'F2' && event.shiftKey)) this.#toRemark(code, field);
    else if (event.key === 'F6') this.around.out();
    else if (event.key === 'F2') this.#edit(event.currentTarget as HTMLInputElement);
    else if (event.key === 'Escape') this.#escape(code, event.currentTarget as HTMLInputElement);
    else return false;
    return true;
  }

  /** Keys that act on the cell or the range as a whole. */
  #ready(event: KeyboardEvent, code: string, field: Field): boolean {
    const ctrl = event.ctrlKey || event.metaKey;
    const isTyping = this.#entry.isTyping(code);
    const key = event.key.toLowerCase();
    if (ctrl && key === 'z' && !isTyping) this.#over(event.shiftKey ? 'again' : 'back', field);
    else if (ctrl && key === 'y' && !isTyping) this.#over('again', field);
    else if (ctrl && key === 'd') this.#fillDown(code, field);
    else if (ctrl && key === 'a' && !isTyping) this.#all(field);
    else if (['Delete', 'Backspace'].includes(event.key) && !isTyping) this.#clear(code, field);
    else if (event.shiftKey && this.#stretch(event, code, field)) return true;
    else if (['ArrowLeft', 'Home'].includes(event.key) && !ctrl) return this.#sideways(event, code, field, 'cell', isTyping);
    else if (['ArrowRight', 'End'].includes(event.key) && !ctrl) return this.#sideways(event, code, field, 'remark', isTyping);
    else return false;
    return true;
  }

  #walk(event: KeyboardEvent, code: string, field: Field): boolean {
    const pressed: Key = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey };
    if (event.altKey || (this.#isText(code, field) && ['Home', 'End'].includes(event.key))) return false;
    const ways = this.ways();
    const row = ways.findIndex((way) => way.key === code);
    const to = walked(ways, row, pressed);
    if (to === null) return false;
    if (this.#from === code && event.key === 'Enter') return this.#backToFigure(code);
    this.span = null;
    const next = ways[to]?.key ?? code;
    if (to === row) {
      this.#entry.leave(code); // nowhere to go: what was typed is saved all the same
      this.#entry.enter(code);
      this.editing = false;
      (event.currentTarget as HTMLInputElement).select();
    } else this.focus(next, field);
    return true;
  }

  #backToFigure(code: string): boolean {
    this.#from = null;
    this.focus(code);
    return true;
  }

  #toRemark(code: string, field: Field): void {
    this.#from = field === 'cell' ? code : null;
    this.focus(code, 'remark');
  }

  #edit(input: HTMLInputElement): void {
    this.span = null;
    const hasCaret = input.selectionStart === input.selectionEnd && input.value !== '';
    this.editing = !(hasCaret && this.editing);
    if (this.editing) input.setSelectionRange(input.value.length, input.value.length);
    else input.select();
  }

  /** First what is typed, then the range, then the sheet itself is left. */
  #escape(code: string, input: HTMLInputElement): void {
    const row = this.#entry.rows[code];
    if (this.editing || this.#entry.isTyping(code) || row?.fault || (row?.dirty && !row.theirs && row.progress === '')) {
      this.#entry.undo(code);
      this.editing = false;
      void tick().then(() => { if (document.activeElement === input) input.select(); });
    } else if (this.span) this.span = null;
    else if (this.#left) this.around.out();
    else this.#left = true;
  }

  #sideways(event: KeyboardEvent, code: string, field: Field, to: Field, isTyping: boolean): boolean {
    if (event.altKey) return false;
    if (field !== to) this.focus(code, to);
    else if (isTyping) {
      this.editing = true; // nothing lies there: the caret moves
      return false;
    }
    return true;
  }

  #stretch(event: KeyboardEvent, code: string, field: Field): boolean {
    if (this.#entry.isTyping(code)) return false;
    const ways = this.ways();
    const row = ways.findIndex((way) => way.key === code);
    const span = this.span ?? { from: { row, field }, to: { row, field } };
    const next = stretched(span, { key: event.key, ctrl: event.ctrlKey, shift: true }, ways.length);
    if (next === span) return false;
    this.span = countOf(next) > 1 ? next : null;
    const seen = ways[next.to.row]?.key;
    if (seen) {
      if (!document.getElementById(`name-${seen}`)) this.around.reveal(seen);
      flushSync();
      document.getElementById(`name-${seen}`)?.scrollIntoView({ block: 'nearest' });
    }
    return true;
  }

  #all(field: Field): void {
    const length = this.#entry.report?.cells.length ?? 0;
    if (length > 1) this.span = { from: { row: 0, field }, to: { row: length - 1, field } };
  }

  /** The lines of the range, or the line one is in, in the order of the form. */
  #keys(code: string): string[] {
    if (!this.span) return [code];
    return this.ways().slice(first(this.span), last(this.span) + 1).map((way) => way.key);
  }

  #fields(field: Field): Field[] {
    return this.span ? fieldsOf(this.span) : [field];
  }

  #clear(code: string, field: Field): void {
    const fields = this.#fields(field);
    const emptied = { ...(fields.includes('cell') ? { text: '', kind: 'blank' as const } : {}), ...(fields.includes('remark') ? { remark: '' } : {}) };
    const count = this.#entry.fill(this.#keys(code).map((key) => ({ key, ...emptied })));
    if (this.span && count) this.note = t('grid.cleared', count);
    this.#select();
  }

  /** The topmost line of the range goes down through it; without a range, the line above comes down. */
  #fillDown(code: string, field: Field): void {
    const ways = this.ways();
    const row = ways.findIndex((way) => way.key === code);
    const keys = this.span && last(this.span) > first(this.span) ? this.#keys(code) : ways.slice(Math.max(row - 1, 0), row + 1).map((way) => way.key);
    const [top = code, ...below] = keys;
    const fields = this.#fields(field);
    const [source, cell] = [this.#entry.rows[top], this.#entry.cell(top)];
    if (!source || !cell || below.length === 0) return;
    const text = source.dirty ? source.text : editable(cell.value, language());
    const filled = { ...(fields.includes('cell') ? { text, kind: source.kind } : {}), ...(fields.includes('remark') ? { remark: source.remark } : {}) };
    this.note = t('grid.filled', this.#entry.fill(below.map((key) => ({ key, ...filled }))));
    this.#select();
  }

  /** The figure in the cell is another now: the next key replaces it all the same. */
  #select(): void {
    void tick().then(() => (document.activeElement as HTMLInputElement | null)?.select?.());
  }

  /** "=" alone is the figure of the period before. */
  #asBefore(code: string): void {
    const cell = this.#entry.cell(code);
    const row = this.#entry.rows[code];
    if (!cell || !row) return;
    if (cell.previous === null) {
      this.#entry.undo(code);
      this.note = t('grid.nobefore');
    } else {
      this.#entry.fill([{ key: code, text: editable(cell.previous, language()), kind: 'value' }]);
      this.note = t('grid.asbefore', cell.indicator.name);
    }
    const input = document.getElementById(`cell-${code}`) as HTMLInputElement | null;
    if (input) input.value = this.#entry.shown(code);
    input?.select();
  }

  #over(way: 'back' | 'again', field: Field): void {
    const { keys, stayed } = way === 'back' ? this.#entry.back() : this.#entry.again();
    const said = keys.length === 0 && stayed === 0 ? t(way === 'back' ? 'grid.noback' : 'grid.noagain') : t(way === 'back' ? 'grid.back' : 'grid.again', keys.length);
    this.note = stayed ? `${said} ${t('grid.stayed', stayed)}` : said;
    this.#entry.pasted = [];
    this.span = null;
    const [to] = keys;
    if (!to) return;
    this.focus(to, field);
    this.#select();
  }

  copy(event: ClipboardEvent, code: string, isCut: boolean): void {
    if (!this.span || this.editing) return; // the browser copies what is selected
    event.preventDefault();
    const fields = fieldsOf(this.span);
    const rows = this.#keys(code).map((key) => {
      const [cell, row] = [this.#entry.cell(key), this.#entry.rows[key]];
      if (!cell || !row) return fields.map(() => '');
      return fields.map((field) => (field === 'remark' ? row.remark : written(row, row.dirty ? null : cell.value, language())));
    });
    event.clipboardData?.setData('text/plain', tabbed(rows));
    const count = countOf(this.span);
    if (isCut) this.#clear(code, this.#field);
    this.note = t(isCut ? 'grid.cut' : 'grid.copied', count);
  }

  /** A block goes down the column, or to the lines that it names; one figure goes into each cell of a range. */
  paste(event: ClipboardEvent, code: string): void {
    const report = this.#entry.report;
    const plain = event.clipboardData?.getData('text/plain') ?? '';
    const block = blockOf(plain, event.clipboardData?.getData('text/html') ?? '');
    if (!report) return;
    if (!block) {
      if (!this.span) return;
      event.preventDefault();
      this.note = t('grid.filled', this.#entry.fill(this.#keys(code).map((key) => ({ key, text: plain.trim() }))));
      return this.#select();
    }
    event.preventDefault();
    const lines = report.cells.map((cell) => ({ key: cellKey(cell), code: cellKey(cell), name: cell.indicator.name, isOpen: !cell.is_locked }));
    const made = placed(block, lines, this.#keys(code)[0] ?? code);
    if (!made) {
      [this.note, this.#entry.pasted] = [t('paste.columns'), []];
      return;
    }
    this.#entry.paste(made.fills);
    this.#select();
    const kept = made.closed.map((key) => report.cells.find((cell) => cellKey(cell) === key)?.indicator.name ?? key);
    this.note = [
      t(made.isByName ? 'paste.byname' : 'paste.done', made.fills.length),
      kept.length ? t('paste.closed', kept.slice(0, 5).join(', ')) : '',
      made.left.length ? t('paste.left', made.left.length) : ''
    ].filter(Boolean).join(' ');
  }

  unpaste(): void {
    this.#entry.unpaste();
    this.note = t('paste.undone');
  }

  isIn(row: number, field: Field): boolean {
    return holds(this.span, row, field);
  }
}
