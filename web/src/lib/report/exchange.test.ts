import { describe, expect, it } from 'vitest';
import { packetAsk, periodsOf, typeOf } from './exchange';

describe('files of other systems', () => {
  it('are known by their ending, and XML by its root', () => {
    expect(typeOf('A.CSV', '')).toBe('text/csv');
    expect(typeOf('a.xml', '<?xml version="1.0"?><adx xmlns="urn:ihe:qrph:adx:2015">')).toBe('application/adx+xml');
    expect(typeOf('a.xml', '<dataValueSet xmlns="http://dhis2.org/schema/dxf/2.0">')).toBe('application/xml');
    expect(typeOf('a.json', '{}')).toBe('application/json');
    expect(typeOf('unnamed', '{}')).toBe('application/json');
  });
  it('have periods typed in any way', () => {
    expect(periodsOf(' 2022-03,2022-Q1; 2021 ')).toEqual(['2022-03', '2022-Q1', '2021']);
    expect(periodsOf('  ')).toEqual([]);
  });
  it('ask for what a packet needs', () => {
    expect(packetAsk('indicator_data')).toEqual({ unit: true, periods: 'period' });
    expect(packetAsk('indicator_catalogue')).toEqual({});
    expect(packetAsk('figures')).toBeNull();
  });
});
