// Bytes as text that a file in windows-1252 has in one byte each. base64 would take a third more, and the page is to be one small file.
//
// What HTML would change or end is written as `=` and the character 64 places on, as yEnc does: NUL, which it replaces, CR, which it
// makes LF, what ends the attribute that the page is in; before `!` or `/` what ends a script, and before a letter, digit or `#` what
// begins a reference.

const ESCAPE = 0x3d;
const ESCAPED = new Set([0x00, 0x0d, 0x27, ESCAPE]);
const codes = (text) => new Set(Array.from(text, (character) => character.charCodeAt(0)));
/** Of what is harmless by itself, what must not come after it. */
const HARMFUL_BEFORE = new Map([[0x3c, codes('!/')], [0x26, codes('#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')]]);

/** The character of each byte in windows-1252, in which no two bytes have the same. */
const CHARACTERS = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));

/** Bytes as text. */
export function textOf(bytes) {
  let text = '';
  bytes.forEach((byte, at) => {
    const isEscaped = ESCAPED.has(byte) || HARMFUL_BEFORE.get(byte)?.has(bytes[at + 1]);
    text += isEscaped ? `=${CHARACTERS[byte + 64]}` : CHARACTERS[byte];
  });
  return text;
}

/** The bytes of such a text. */
export function bytesOf(text) {
  const values = new Map(Array.from(CHARACTERS, (character, byte) => [character, byte]));
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = values.get(text[at]);
    bytes[length++] = byte === ESCAPE ? values.get(text[++at]) - 64 : byte;
  }
  return bytes.subarray(0, length);
}

/** A whole file in windows-1252. */
export function fileOf(text) {
  const values = new Map(Array.from(CHARACTERS, (character, byte) => [character, byte]));
  return Uint8Array.from(text, (character) => {
    const byte = values.get(character);
    if (byte === undefined) throw new Error(`windows-1252 does not have U+${character.codePointAt(0).toString(16)}`);
    return byte;
  });
}
