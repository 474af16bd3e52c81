/** "Firefox · Windows" of what a browser calls itself; empty when it is none we know. */
export function browserOf(agent: string): string {
  const first = (pairs: [RegExp, string][]) => pairs.find(([sign]) => sign.test(agent))?.[1];
  const browser = first([
    [/Edg\//, 'Edge'],
    [/coc_coc_browser/, 'Cốc Cốc'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\/|Chromium\//, 'Chrome'],
    [/Safari\//, 'Safari']
  ]);
  const system = first([
    [/Windows/, 'Windows'],
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux']
  ]);
  return [browser, system].filter(Boolean).join(' · ');
}
