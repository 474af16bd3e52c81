import type { Schemas } from '$lib/api/client';

export type Bulletin = Schemas['Bulletin'];
export type BulletinHead = Schemas['BulletinHead'];
export type BulletinWords = Schemas['BulletinWords'];
export type Figure = Bulletin['figures'][number];
export type Picture = Bulletin['pictures'][number];
export type Category = Schemas['BulletinList']['categories'][number];
type Paragraph = Bulletin['body'][number];

export const STATES = ['draft', 'in_review', 'published', 'withdrawn'] as const;
export const SOURCES = ['session', 'movement', 'publication'] as const;
export type SourceKind = (typeof SOURCES)[number];

/** What is typed of a bulletin before it goes. */
export interface Typed {
  title: string;
  lead: string;
  dated_on: string;
  category: string;
  is_illustrative: boolean;
  text: string;
  figures: Figure[];
  source: { kind: string; id: string; text: string };
}

/** Paragraphs as one writes them: an empty line between two, "## " before a heading. */
export function textOf(body: readonly Paragraph[]): string {
  return body.map((one) => (one.kind === 'heading' ? `## ${one.text}` : one.text)).join('\n\n');
}

/** And back. A heading ends where its line ends; lines of a paragraph are one. */
export function bodyOf(text: string): Paragraph[] {
  const made: Paragraph[] = [];
  let lines: string[] = [];
  const close = () => {
    if (lines.length) made.push({ kind: 'paragraph', text: lines.join(' ') });
    lines = [];
  };
  for (const line of text.split('\n').map((one) => one.trim())) {
    const heading = /^##\s+(.+)$/.exec(line)?.[1];
    if (heading === undefined && line !== '') lines.push(line);
    else close();
    if (heading !== undefined) made.push({ kind: 'heading', text: heading });
  }
  close();
  return made;
}

export function typedOf(of: Bulletin): Typed {
  return {
    title: of.title, lead: of.lead, dated_on: of.dated_on, category: of.category, is_illustrative: of.is_illustrative,
    text: textOf(of.body), figures: of.figures,
    source: { kind: of.source?.kind ?? '', id: of.source?.id ? `${of.source.id}` : '', text: of.source?.text ?? '' }
  };
}

/** The body of the act that writes; of a figure only where it stands, its value is the program's. */
export function wordsOf(typed: Typed): BulletinWords {
  const { kind, id, text } = typed.source;
  return {
    title: typed.title.trim(), lead: typed.lead.trim(), dated_on: typed.dated_on, category: typed.category, is_illustrative: typed.is_illustrative,
    body: bodyOf(typed.text),
    figures: typed.figures.map((one) => ({ publication: one.publication, indicator: one.indicator, unit: one.unit })),
    source: kind === '' ? null : { kind: kind as SourceKind, id: id === '' ? null : Number(id), text: text.trim() }
  };
}
