/** The text of a chosen file; null when it is no UTF-8 text, which a spreadsheet or an old encoding is not. */
export async function textOf(file: Blob): Promise<string | null> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
