import type { components } from '$lib/api/schema';
import { dayAfter, isDay } from './days';

/** The acts on posts: what each asks for, and what is sent. Pure. Spans are sent half-open, and typed as people say them. */
export type Appointment = components['schemas']['Appointment'];
export type Role = Appointment['role'];
export type Act = 'appoint' | 'end' | 'handover' | 'delegate';
export type FieldName = 'login' | 'role' | 'title' | 'from' | 'on' | 'to' | 'reason';
export type Typed = Record<FieldName, string>;

export const ROLES: Role[] = ['clerk', 'compiler', 'head', 'administrator', 'viewer'];
export const FIELDS: Record<Act, FieldName[]> = {
  appoint: ['login', 'role', 'title', 'from', 'to'],
  end: ['to'],
  handover: ['login', 'on', 'reason'],
  delegate: ['login', 'from', 'to', 'reason']
};
/** What may stay empty. */
export const OPTIONAL: Record<Act, FieldName[]> = { appoint: ['title', 'to'], end: [], handover: ['reason'], delegate: [] };

export const fresh = (today: string): Typed => ({ login: '', role: 'clerk', title: '', from: today, on: today, to: '', reason: '' });

const after = (last: string) => (isDay(last) ? dayAfter(last) : last);

/** Where it is sent and what. */
export function sent(act: Act, unit: number, appointment: number, typed: Typed): { method: 'POST' | 'PUT'; path: string; body: Record<string, string> } {
  const { login, role, title, from, on, to, reason } = typed;
  const name = login.trim();
  switch (act) {
    case 'appoint': {
      const end: Record<string, string> = to === '' ? {} : { to: after(to) };
      return { method: 'POST', path: `/units/${unit}/appointments`, body: { login: name, role, title: title.trim(), from, ...end } };
    }
    case 'end': return { method: 'PUT', path: `/appointments/${appointment}/end`, body: { to: after(to) } };
    case 'handover': return { method: 'POST', path: `/appointments/${appointment}/handover`, body: { login: name, on, reason: reason.trim() } };
    case 'delegate':
      return { method: 'POST', path: `/appointments/${appointment}/delegations`, body: { login: name, from, to: after(to), reason: reason.trim() } };
  }
}
