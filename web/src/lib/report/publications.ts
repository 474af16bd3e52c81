import type { Schemas } from '$lib/api/client';

export type Publication = Schemas['PublicationSummary'];
export type Step = Schemas['DifferenceStep'];

/** What stands in a frozen text (docs/formats/publication.md), as far as pages show it. */
export interface FrozenIndicator { code: string; name: string; measure_unit: string; formula: string; terms: { indicator: string }[]; is_illustrative: boolean }
export interface FrozenPlace { id: number; code: string; name: string; parent: number | null; is_guest: boolean }
export interface FrozenTotal { indicator: string; value: string | null; numerator: string | null; denominator: string | null; cells_counted: number; cells_expected: number; missing: number[]; excluded: number[] }
export interface FrozenCell { unit: number; indicator: string; period: string; fact: number; revision: number; state: string; status: string; value: string | null; remark: string; note: string; by: string; at: string }
export interface FrozenContent {
  title: string; unit: number; period: string; on: string;
  indicators: FrozenIndicator[]; places: FrozenPlace[]; lines: { unit: number; totals: FrozenTotal[] }[]; cells: FrozenCell[];
}

export interface Row { place: FrozenPlace; total: FrozenTotal }

/** One indicator's total of each line, the publishing unit first. */
export function rowsOf(content: FrozenContent, indicator: string): Row[] {
  const places = new Map(content.places.map((one) => [one.id, one]));
  const rows = content.lines.flatMap((line) => {
    const place = places.get(line.unit);
    const total = line.totals.find((one) => one.indicator === indicator);
    return place && total ? [{ place, total }] : [];
  });
  return [...rows.filter((row) => row.place.id === content.unit), ...rows.filter((row) => row.place.id !== content.unit)];
}

/** The cells of all units under `unit` that an indicator is reckoned from, in the order they were frozen. */
export function cellsUnder(content: FrozenContent, unit: number, indicator: string): FrozenCell[] {
  const under = new Set([unit]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of content.places) {
      if (place.parent !== null && under.has(place.parent) && !under.has(place.id)) {
        under.add(place.id);
        grown = true;
      }
    }
  }
  const terms = new Set(content.indicators.find((one) => one.code === indicator)?.terms.map((term) => term.indicator) ?? []);
  return content.cells.filter((cell) => under.has(cell.unit) && terms.has(cell.indicator));
}

/** With which others a publication can be compared: its own earlier and later versions first, then the others of its unit, newest first. */
export function comparable(all: readonly Publication[], with_: Publication): Publication[] {
  const kin = new Set([with_.id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of all) {
      const isKin = (one.replaces !== null && kin.has(one.replaces)) || (one.replaced_by !== null && kin.has(one.replaced_by));
      if (isKin && !kin.has(one.id)) {
        kin.add(one.id);
        grown = true;
      }
    }
  }
  const others = all.filter((one) => one.id !== with_.id && one.unit.id === with_.unit.id);
  return [...others.filter((one) => kin.has(one.id)), ...others.filter((one) => !kin.has(one.id))];
}
