import { figure, type Language } from '$lib/format';
import { percent } from '$lib/units/shares';
import type { t } from '$lib/words.svelte';
import type { Event, Plan } from './plan';
import { eventsOf, isTaken } from './plan';

/** A change in one plain sentence: "Xã A, Xã B → nhập thành Xã C". Pure: the words come with `say`. */
export interface Speaker {
  say: typeof t;
  language: Language;
  /** The name a code has before or after the plan's day; the code itself when nobody knows. */
  before(code: string): string | undefined;
  after(code: string): string | undefined;
}

/** Names that a proposal wrote beside its codes, when they are as many. */
function written(text: string | undefined, codes: readonly string[], at: number): string | undefined {
  const names = (text ?? '').split(', ').filter((one) => one !== '');
  return names.length === codes.length ? names[at] : undefined;
}

const nameBefore = (event: Event, at: number, speaker: Speaker): string => {
  const code = event.from[at] ?? '';
  return written(event.name_before, event.from, at) ?? speaker.before(code) ?? code;
};
const nameAfter = (event: Event, at: number, speaker: Speaker): string => {
  const code = event.to[at] ?? '';
  return written(event.name_after, event.to, at) ?? speaker.after(code) ?? code;
};

export function sentence(event: Event, isNew: (code: string) => boolean, speaker: Speaker): string {
  const { say } = speaker;
  const from = event.from.map((_, at) => nameBefore(event, at, speaker));
  const before = from.join(', ');
  switch (event.kind) {
    case 'rename': return say('plan.rename', before, event.name_after ?? '');
    case 'rekind': return say('plan.rekind', before, event.kind_after ?? '');
    case 'recode': return say('plan.recode', before, event.from[0] ?? '', event.to[0] ?? '');
    case 'reparent': {
      const parent = event.parent_after ?? '';
      return say('plan.reparent', before, speaker.after(parent) ?? parent);
    }
    case 'merge': return say(isNew(event.to[0] ?? '') ? 'plan.merge' : 'plan.mergeinto', before, nameAfter(event, 0, speaker));
    case 'create': return say('plan.create', nameAfter(event, 0, speaker));
    case 'end': return event.to.length ? say('plan.endto', before, nameAfter(event, 0, speaker)) : say('plan.end', before);
    case 'split': {
      const parts = event.to.map((code, at) => {
        const share = event.shares?.find((one) => one.to === code);
        const part = share ? ` (${percent(`${share.numerator}/${share.denominator}`, speaker.language)})` : '';
        return `${nameAfter(event, at, speaker)}${part}`;
      });
      return say('plan.split', before, parts.join(', '));
    }
  }
}

/** "3 đơn vị gộp, 2 đơn vị chia, …; 41 số liệu bị ảnh hưởng, 2 báo cáo đang mở": what is none is not said. */
export function summary(
  plan: Plan,
  preview: { counts: { made: number; divided: number; changed: number; ended: number }; concerns: { what: string; count: number }[] },
  say: typeof t,
  language: Language
): string {
  const merged = eventsOf(plan).filter((one) => one.kind === 'merge' && isTaken(one)).reduce((sum, one) => sum + one.from.length, 0);
  const of = (what: string) => preview.concerns.find((one) => one.what === what)?.count ?? 0;
  const parts = [
    [merged, 'plan.nmerged'], [preview.counts.divided, 'plan.ndivided'], [preview.counts.made, 'plan.nmade'],
    [preview.counts.ended, 'plan.nended'], [preview.counts.changed, 'plan.nchanged'], [of('figures'), 'plan.nfigures'],
    [of('open_reports'), 'plan.nreports'], [of('open_requests'), 'plan.nrequests'], [of('targets'), 'plan.ntargets'],
    [of('tasks'), 'plan.ntasks'], [of('programmes'), 'plan.nprogrammes']
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, key]) => say(key, figure(String(count), language)));
  return said.length ? said.join(', ') : say('plan.nothing');
}
