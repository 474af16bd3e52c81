import { figure, type Language } from '$lib/format';

/** "820 B", "12,5 KB", "3 MB": the size of a file as people say it. */
export function sizeOf(bytes: number, language: Language): string {
  const unit = bytes < 1024 ? 'B' : bytes < 1024 * 1024 ? 'KB' : 'MB';
  const size = bytes / { B: 1, KB: 1024, MB: 1024 * 1024 }[unit];
  const text = unit === 'B' || size >= 100 ? String(Math.round(size)) : String(Math.round(size * 10) / 10);
  return `${figure(text, language)} ${unit}`;
}
