import en from '../../messages/en.json';
import vi from '../../messages/vi.json';

/** The page's language and its words. Both files hold the same keys; a contract test compares them. */
export type Key = keyof typeof vi;
export type Language = 'vi' | 'en';

const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('language');
const state = $state<{ language: Language }>({ language: kept === 'en' ? 'en' : 'vi' });

export function language(): Language {
  return state.language;
}

export function setLanguage(next: Language): void {
  state.language = next;
  localStorage.setItem('language', next);
  document.documentElement.lang = next;
}

/** The words for a key, {0}, {1} … filled in. */
export function t(key: Key, ...args: (string | number)[]): string {
  const words: string = (state.language === 'vi' ? vi : en)[key];
  return words.replace(/\{(\d)\}/g, (_, i: string) => String(args[Number(i)] ?? ''));
}

/** The words for a key made of parts, such as a state; the last part itself when there are none. */
export function tOr(key: string): string {
  return key in vi ? t(key as Key) : (key.split('.').pop() ?? key);
}
