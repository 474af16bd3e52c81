import assert from 'node:assert/strict';
import { test } from 'vitest';
import { browserOf } from './browser';

test('a browser is named with its system', () => {
  assert.equal(browserOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0'), 'Edge · Windows');
  assert.equal(browserOf('Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36'), 'Chrome · Android');
  assert.equal(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Safari/604.1'), 'Safari · iOS');
});

test('what is not known is not named', () => {
  assert.equal(browserOf(''), '');
  assert.equal(browserOf('curl/8.0'), '');
});
