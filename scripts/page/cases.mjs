// What the page must say of the published texts and of its examples; for its tests with and without a browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './assemble.mjs';

/** Texts whose cause cannot be told; tests/diagnosis/texts.rs says why. */
export const NOT_WITHOUT_THE_VALUE = ['cfb-iv-random-not-sent-long', 'cfb-is-192', 'pt-latin1-cfb'];
export const NOT_AT_ALL = ['cfb-is-192'];

/** Each published text, without and with the value that should come out, and which of them have no cause that could be told. */
export function published() {
  const texts = JSON.parse(readFileSync(join(ROOT, 'testdata/vectors/diagnosis.json'), 'utf8'));
  return texts.flatMap((one) => [
    { one, withValue: false, exceptions: NOT_WITHOUT_THE_VALUE },
    { one, withValue: true, exceptions: NOT_AT_ALL },
  ]);
}

/** The fields that a text is pasted into. The page takes an empty field for a value only if it is told to. */
export const fieldsOfText = ({ enc, text, value }, withValue) => ({
  mode: 'key', algorithm: enc.algo, key: enc.key, iv: enc.IV, received: text, expected: withValue ? value : '', kind: text === '' ? 'values' : 'auto',
});

/** Verdict and first cause of each example. */
export const EXPECTED = {
  good: ['opened', 'opens'],
  sealed: ['opened', 'opens'],
  tag: ['closed', 'tag_first'],
  mode: ['closed', 'cfb8'],
  name: ['closed', 'parameter_renamed'],
  mistakes: ['profile_refused', null],
  signature: ['unsigned', 'opens'],
};
