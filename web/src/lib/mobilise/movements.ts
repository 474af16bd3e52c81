import type { Schemas } from '$lib/api/client';
import { figure, type Language } from '$lib/format';

export type Movement = Schemas['Movement'];
export type MovementHead = Schemas['MovementHead'];
export type Gift = Schemas['MovementContribution'];
export type GiftPage = Schemas['MovementContributionPage'];
export type Totals = Schemas['MovementTotals'];
export type MovementFigure = Schemas['MovementFigure'];
export type GiftKind = Schemas['GiftKind'];
export type Model = Schemas['Model'];
export type ModelHead = Schemas['ModelHead'];
export type PlanLine = Schemas['MovementPlanLine'];

export const KINDS: GiftKind[] = ['money', 'work_days', 'land_m2', 'households', 'in_kind'];
export const FIELDS: Schemas['MovementField'][] = ['economy', 'culture_society', 'defence_security', 'political_system'];
export const STAGES = ['pledged', 'received'] as const;

/** A whole number as people type it, "20.000.000" or "20 000 000"; as it was typed when it is none, so that the program says why. */
export function wholeTyped(typed: string): string {
  const text = typed.trim();
  return /^\d{1,3}([., ]\d{3})+$/.test(text) ? text.replace(/[., ]/g, '') : text;
}

/** The kinds that any of the figures has, in the kinds' order. */
export function kindsIn(figures: readonly (readonly MovementFigure[])[]): GiftKind[] {
  return KINDS.filter((kind) => figures.some((row) => row.some((one) => one.kind === kind && (one.pledges > 0 || one.receipts > 0))));
}

export function figureOf(figures: readonly MovementFigure[], kind: GiftKind): MovementFigure | undefined {
  return figures.find((one) => one.kind === kind);
}

/** "20.000.000", or a dash where nothing was told. */
export function told(one: MovementFigure | undefined, stage: 'pledged' | 'received', language: Language): string {
  if (!one || (stage === 'pledged' ? one.pledges : one.receipts) === 0) return '–';
  return figure(one[stage], language);
}

/** What of a pledge has come, in whole per cent; null where nothing was pledged. */
export function keptPercent(one: MovementFigure | undefined): number | null {
  if (!one || one.pledged === '0') return null;
  return Number((BigInt(one.received) * 100n) / BigInt(one.pledged));
}

export interface Candidate { id: number; words: string }
/** What a contribution may be the same as, from the program's question. */
export function candidates(problems: readonly { code: string; args: string[]; detail_vi: string; detail_en: string }[], language: Language): Candidate[] {
  return problems.filter((one) => one.code === 'contribution.may_be_same').map((one) => ({ id: Number(one.args[0]), words: language === 'vi' ? one.detail_vi : one.detail_en }));
}

/** Lines of the plan of one carrier replaced, the others as they stand. */
export function withLines(plan: readonly PlanLine[], carrier: number, own: readonly { lead: number; text: string; due_on: string }[]) {
  const kept = plan.filter((one) => one.carrier.id !== carrier).map((one) => ({ carrier: one.carrier.id, lead: one.lead.id, text: one.text, due_on: one.due_on }));
  return [...kept, ...own.filter((one) => one.text.trim() !== '').map((one) => ({ carrier, lead: one.lead, text: one.text.trim(), due_on: one.due_on }))];
}
