import { describe, expect, it } from 'vitest';
import { doneBy, partOf, STEPS } from './guide';

describe('the first minute', () => {
  it('is of the role that does most', () => {
    expect(partOf(['clerk'])).toBe('clerk');
    expect(partOf(['clerk', 'compiler'])).toBe('compiler');
    expect(partOf(['viewer'])).toBeNull();
    expect(partOf([])).toBe('inspector');
  });
  it('is ticked by what is done, and by nothing like it', () => {
    expect(doneBy('clerk', 'PUT', '/reports/12/cells')).toEqual(['enter']);
    expect(doneBy('clerk', 'GET', '/reports/12/checks')).toEqual([]);
    expect(doneBy('clerk', 'PUT', '/reports/12/cells-of')).toEqual([]);
    expect(doneBy('compiler', 'PUT', '/reports/3/return')).toEqual(['judge']);
    expect(doneBy('compiler', 'GET', '/rollup/contributions?unit=3')).toEqual(['trace']);
    expect(doneBy('administrator', 'GET', '/tree/marks')).toEqual([]);
  });
  it('has three steps for each', () => {
    for (const steps of Object.values(STEPS)) expect(new Set(steps.map((one) => one.key)).size).toBe(3);
  });
});
