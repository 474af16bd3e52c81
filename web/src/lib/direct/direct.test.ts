import { describe, expect, it } from 'vitest';
import { faultsOf, rowsOf, sentOf } from './answers';
import { canonical, readFigure, scaled, shareOf, sumOf } from './figures';
import { differenceWords } from './differences';
import { drop, keep, kept } from './kept';
import { sizeOf } from './sizes';
import { counted, coverageRows, statusOf } from './status';
import { drawn, SMALL, small, step } from './trend';
import { COLUMNS, placedFaults, template } from './worksheet';
import { inOrder, leftOf, monthAfter, readTasks, tasksAddress, tasksQuery, weeksOf } from './tasks';

describe('figures', () => {
  it('adds exactly and says what is left or too much', () => {
    expect(sumOf(['12', '15.5', '0.05'], '30', 2)).toEqual({ allocated: '27.55', difference: '-2.45' });
    expect(sumOf(['160', '158'], '310', 0)).toEqual({ allocated: '318', difference: '8' });
    expect(sumOf([], '310', 0)).toEqual({ allocated: '0', difference: '-310' });
    expect(sumOf(['9007199254740993', '1'], '0', 0).allocated).toBe('9007199254740994');
  });
  it('goes to whole numbers and back', () => {
    for (const [text, decimals] of [['-0.5', 1], ['98.57', 2], ['1234', 0], ['0', 3]] as const) expect(canonical(scaled(text, decimals), decimals)).toBe(text);
  });
  it('reads what can be read in one way only', () => {
    expect(readFigure('12', 0)).toBe('12');
    expect(readFigure(' 1.234.567 ', 0)).toBe('1234567');
    expect(readFigure('1.234,5', 1)).toBe('1234.5');
    expect(readFigure('1,234.5', 1)).toBe('1234.5');
    expect(readFigure('98,5', 2)).toBe('98.5');
    expect(readFigure('98.5', 2)).toBe('98.5');
    expect(readFigure('0,125', 3)).toBe('0.125');
    for (const [text, decimals] of [['1.234', 0], ['1,234', 3], ['', 0], ['abc', 0], ['1,5', 0], ['1.23.4', 2], ['1.2.345', 0]] as const) expect(readFigure(text, decimals)).toBeNull();
  });
  it('gives a bar a length between nothing and all', () => {
    expect([shareOf('5', '10'), shareOf('20', '10'), shareOf(null, '10'), shareOf('5', '0')]).toEqual([0.5, 1, 0, 0]);
  });
});

describe('status', () => {
  it('counts what needs somebody first and leaves noughts out', () => {
    expect(counted({ exceeded: 3, completed: 0, on_track: 5, behind: 2, no_data: 1 })).toEqual([['behind', 2], ['no_data', 1], ['on_track', 5], ['exceeded', 3]]);
  });
  it('reads letters', () => {
    expect(['e', 'c', 't', 'b', 'n', '-'].map(statusOf)).toEqual(['exceeded', 'completed', 'on_track', 'behind', 'no_data', null]);
  });
  it('turns coverage into rows, the silent first', () => {
    const rows = coverageRows({ units: [[1, '10183', 'A'], [2, '10198', 'B'], [3, '10201', 'C'], [4, '10204', 'D']], rows: [{ states: 'aasd' }, { states: 'apsa' }] });
    expect(rows.map((one) => one.name)).toEqual(['C', 'D', 'B', 'A']);
    expect(rows[0]).toEqual({ id: 3, code: '10201', name: 'C', answers: ['silent', 'silent'], silent: 2, declined: 0, partly: 0 });
  });
  it('turns the coverage of a country quickly', () => {
    const units = Array.from({ length: 3321 }, (_, i) => [i + 1, String(i), `Xã ${i}`]);
    const rows = coverageRows({ units, rows: Array.from({ length: 12 }, () => ({ states: 'aads'.repeat(831).slice(0, 3321) })) });
    expect(rows).toHaveLength(3321);
    expect(rows[0]?.silent).toBe(12);
  });
});

const task = (id: number, standing: 'open' | 'overdue' | 'due_soon' | 'done', due: string, left: number | null = 1) => ({ id, standing, due, working_days_left: left });

describe('tasks', () => {
  it('come overdue first, then by their day', () => {
    const sorted = inOrder([task(1, 'done', '2022-01-01'), task(2, 'open', '2022-04-30'), task(3, 'overdue', '2022-04-12'), task(4, 'overdue', '2022-04-01'), task(5, 'due_soon', '2022-04-15')]);
    expect(sorted.map((one) => one.id)).toEqual([4, 3, 5, 2, 1]);
  });
  it('say in words how long is left', () => {
    expect(leftOf(task(1, 'open', '', 6))).toEqual({ key: 'task.left', days: 6 });
    expect(leftOf(task(1, 'due_soon', '', 0))).toEqual({ key: 'task.today', days: 0 });
    expect(leftOf(task(1, 'overdue', '', -2))).toEqual({ key: 'task.late', days: 2 });
    expect(leftOf(task(1, 'overdue', '', 0))).toEqual({ key: 'task.lateday', days: 0 });
    expect(leftOf(task(1, 'done', '', null)).key).toBe('task.none');
  });
  it('are laid out in weeks from Monday', () => {
    const weeks = weeksOf('2022-04');
    expect(weeks[0]).toEqual([null, null, null, null, '2022-04-01', '2022-04-02', '2022-04-03']);
    expect(weeks.at(-1)).toEqual(['2022-04-25', '2022-04-26', '2022-04-27', '2022-04-28', '2022-04-29', '2022-04-30', null]);
    expect(weeksOf('2024-02').flat().filter(Boolean)).toHaveLength(29);
    expect([monthAfter('2022-12', 1), monthAfter('2022-01', -1)]).toEqual(['2023-01', '2021-12']);
  });
  it('are asked for as the address says', () => {
    const read = (text: string) => readTasks(new URLSearchParams(text), '2022-04-14');
    expect(read('')).toEqual({ state: 'open', lead: 0, view: 'bang', month: '2022-04' });
    expect(read('tinh-trang=abc&chu-tri=-3&thang=2022-13&xem=x')).toEqual(read(''));
    for (const text of ['tinh-trang=overdue', 'tinh-trang=tat-ca&chu-tri=7', 'xem=lich&thang=2022-05']) expect(read(tasksAddress(read(text)).split('?')[1] ?? '')).toEqual(read(text));
    expect(String(tasksQuery(read('tinh-trang=overdue&chu-tri=7'), '2022-04-14'))).toBe('state=open&lead=7&due_to=2022-04-14');
    expect(String(tasksQuery(read('tinh-trang=tat-ca&xem=lich'), '2022-04-14'))).toBe('due_from=2022-04-01&due_to=2022-05-01');
    expect(String(tasksQuery(read('tinh-trang=overdue&xem=lich&thang=2022-02'), '2022-04-14'))).toBe('state=open&due_from=2022-02-01&due_to=2022-03-01');
  });
});

describe('answers', () => {
  const programme = { id: 9, number: '01', title: 'CT', unit: {}, kind: 'programme' } as never;
  const duties = {
    programmes: [{ programme, state: 'adopted', reason: '' }],
    targets: [{ id: 31, parent: 30, programme, state: 'silent', reason: '' }, { id: 41, parent: null, programme, state: 'silent', reason: '' }],
    tasks: [], may_answer: true, unit: {}
  } as never;
  it('stand silent first; a target given by nobody is not answered', () => {
    expect(rowsOf(duties).map((one) => one.key)).toEqual(['t30', 'p9']);
  });
  it('go to the superior’s target, with a reason only when declined', () => {
    expect(sentOf(rowsOf(duties), 'adopted', 'x')).toEqual([{ target: 30, state: 'adopted' }, { programme: 9, state: 'adopted' }]);
    expect(sentOf(rowsOf(duties).slice(0, 1), 'declined', ' thiếu người ')).toEqual([{ target: 30, state: 'declined', reason: 'thiếu người' }]);
  });
  it('have their faults at their rows', () => {
    const fault = (field: string, code: string) => ({ field, code, args: [], detail_vi: '', detail_en: '' });
    const told = faultsOf([fault('/items/1/reason', 'a'), fault('/items/1', 'b'), fault('', 'c')], rowsOf(duties), (one) => one.code);
    expect(told).toEqual({ rows: { p9: 'a b' }, rest: 'c' });
  });
});

describe('what was typed', () => {
  const made = () => {
    const held = new Map<string, string>();
    return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key) };
  };
  it('is kept for the person who typed it, until it is sent', () => {
    const shelf = made();
    keep(shelf, 1, 'task-3', { text: 'đang viết' });
    expect(kept(shelf, 1, 'task-3', { text: '', percent: 0 })).toEqual({ text: 'đang viết', percent: 0 });
    expect(kept(shelf, 2, 'task-3', { text: '' })).toEqual({ text: '' });
    drop(shelf, 1, 'task-3');
    expect(kept(shelf, 1, 'task-3', { text: '' })).toEqual({ text: '' });
  });
  it('is no hindrance when it cannot be read or kept', () => {
    const broken = { getItem: () => '{', setItem: () => { throw new Error(); }, removeItem: () => { throw new Error(); } };
    keep(broken, 1, 'a', {});
    drop(broken, 1, 'a');
    expect(kept(broken, 1, 'a', { text: '' })).toEqual({ text: '' });
  });
});

describe('the chart of a target', () => {
  it('breaks its lines where nothing is known and rules in round steps', () => {
    const point = (period: string, actual: string | null) => ({ period, actual, expected: null, year_before: '5' });
    const made = drawn([point('2022-01', '10'), point('2022-02', null), point('2022-03', '30'), point('2022-04', '40')], '310');
    expect(made.paths.actual.match(/M/g)).toHaveLength(2);
    expect(made.paths.expected).toBe('');
    expect(made.paths.year_before.match(/M/g)).toHaveLength(1);
    expect(made.ticks.map((one) => one.value)).toEqual([0, 100, 200, 300, 400]);
    expect([step(98), step(0), step(1), step(310)]).toEqual([25, 1, 0.25, 100]);
  });
  it('stands with one point, with noughts only and below nought', () => {
    for (const [values, target] of [[['0'], '0'], [['-5', '3'], '4'], [[], '7']] as const) {
      const made = drawn(values.map((actual, i) => ({ period: `2022-0${i + 1}`, actual, expected: actual, year_before: null })), target);
      for (const dot of made.dots.actual) expect(Number.isFinite(dot.x) && dot.y >= 0 && dot.y <= 260).toBe(true);
      expect(Number.isFinite(made.targetY)).toBe(true);
    }
  });
});

describe('what does not add up', () => {
  const words = (key: string, ...args: (string | number)[]) => [key, ...args].join(' ');
  it('is said as a sentence', () => {
    expect(differenceWords('318', '310', '8', 'người', 'vi', words)).toBe('allocate.over 318 310 người 8');
    expect(differenceWords('1302', '1310', '-8', 'người', 'vi', words)).toBe('allocate.left 1.302 1.310 người 8');
    expect(differenceWords('310', '310', '0', 'người', 'vi', words)).toBe('allocate.exact 310 310 người');
    expect(differenceWords(null, '98', null, '%', 'vi', words)).toBe('allocate.notadded');
  });
});

describe('a worksheet', () => {
  it('has its faults by row and column', () => {
    const fault = (field: string, code = 'x') => ({ field, code, args: [], detail_vi: '', detail_en: '' });
    expect(placedFaults([fault('row 12, column Chủ trì'), fault('line 3'), fault('/number'), fault('', 'worksheet.column_missing')], (one) => one.field)).toEqual([
      { row: null, column: '', words: '' }, { row: 3, column: '', words: 'line 3' }, { row: 12, column: 'Chủ trì', words: 'row 12, column Chủ trì' }
    ]);
  });
  it('comes with an example of every column', () => {
    const text = decodeURIComponent(template().slice('data:text/csv;charset=utf-8,'.length));
    expect(text.startsWith('\ufeffLoại,Mã,Nội dung')).toBe(true);
    expect(text).toContain('"Rà soát hương ước, quy ước"');
    for (const line of text.trim().split('\r\n').filter((one) => !one.includes('"'))) expect(line.split(',')).toHaveLength(COLUMNS.length);
  });
});

describe('the size of a file', () => {
  it('is said in the unit people read', () => {
    expect([820, 12_800, 3_145_728, 150_000].map((one) => sizeOf(one, 'vi'))).toEqual(['820 B', '12,5 KB', '3 MB', '146 KB']);
  });
});

describe('small multiples', () => {
  it('share one scale, leave gaps, and mark what was given', () => {
    const made = small(['0', null, '10', '20'], '20', 20);
    expect(made.path.match(/M/g)).toHaveLength(2);
    expect(made.path.match(/L/g)).toHaveLength(1);
    expect(made.last?.y).toBe(made.givenY);
    expect(made.last?.y).toBe(6);
    expect(small(['0'], null, 20)).toMatchObject({ givenY: null, last: { x: SMALL.width / 2, y: SMALL.height - 4 } });
    expect(small([null], '1', 20)).toMatchObject({ path: '', last: null });
  });
});
