// LZMA, read: the format of 7-Zip's LZMA SDK ("LZMA specification", 2015), with its header of 13 bytes and a known length. It is a fifth
// smaller than what browsers undo by themselves. The decoder of npm's `lzma1`, minified too, has four times the bytes of this one, and
// the page has no room for them. The build unpacks what it packs, by liblzma.

const REP = 12;
const REP_0 = 24;
const REP_1 = 36;
const REP_2 = 48;
const SLOTS = 252;
const DISTANCES = 508;
const ALIGN = 636;
const LENGTHS = 652;
const REP_LENGTHS = 1166;
const LITERALS = 1680;

/** The bits of the range coder, each by its probability in `probabilities`. */
class Bits {
  #input;
  #at = 18;
  #range = 0xffffffff;
  #code;
  #probabilities;

  constructor(input, count) {
    this.#input = input;
    this.#code = new DataView(input.buffer, input.byteOffset).getUint32(14);
    this.#probabilities = new Uint16Array(count).fill(1024);
  }

  #more() {
    if (this.#range >= 0x1000000) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#input[this.#at++]) >>> 0;
  }

  bit(index) {
    const probability = this.#probabilities[index];
    const bound = (this.#range >>> 11) * probability;
    const bit = this.#code >= bound ? 1 : 0;
    if (bit === 0) {
      this.#range = bound;
      this.#probabilities[index] += (2048 - probability) >> 5;
    } else {
      this.#range -= bound;
      this.#code -= bound;
      this.#probabilities[index] -= probability >> 5;
    }
    this.#more();
    return bit;
  }

  /** Bits that are as likely 0 as 1. */
  direct(count) {
    let value = 0;
    for (; count > 0; count -= 1) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      value = value * 2 + bit;
      this.#more();
    }
    return value;
  }

  tree(base, count) {
    let node = 1;
    for (let n = 0; n < count; n += 1) node = (node << 1) | this.bit(base + node);
    return node - (1 << count);
  }

  /** The same, the lowest bit first. */
  reverseTree(base, count) {
    let [node, value] = [1, 0];
    for (let n = 0; n < count; n += 1) {
      const bit = this.bit(base + node);
      node = (node << 1) | bit;
      value |= bit << n;
    }
    return value;
  }

  length(base, position) {
    if (this.bit(base) === 0) return this.tree(base + 2 + (position << 3), 3);
    if (this.bit(base + 1) === 0) return 8 + this.tree(base + 130 + (position << 3), 3);
    return 16 + this.tree(base + 258, 8);
  }
}

/** The bytes that were packed. */
export function unpacked(input) {
  const [properties] = input;
  const [lc, lp, pb] = [properties % 9, Math.trunc(properties / 9) % 5, Math.trunc(properties / 45)];
  const out = new Uint8Array(new DataView(input.buffer, input.byteOffset).getUint32(5, true));
  // A state for each of the last four kinds, and each of 16 positions: those of `MATCH` and `REP_0_LONG` are apart.
  const [matches, longs] = [LITERALS + (0x300 << (lc + lp)), LITERALS + (0x300 << (lc + lp)) + 192];
  const bits = new Bits(input, longs + 192);
  let [state, rep0, rep1, rep2, rep3] = [0, 0, 0, 0, 0];

  function literal(at) {
    const before = at > 0 ? out[at - 1] : 0;
    const base = LITERALS + 0x300 * (((at & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
    let symbol = 1;
    if (state >= 7) {
      let match = out[at - rep0 - 1];
      do {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = bits.bit(base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bits.bit(base + symbol);
    out[at] = symbol;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  function distance(length) {
    const slot = bits.tree(SLOTS + (Math.min(length, 3) << 6), 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** count;
    if (slot < 14) return high + bits.reverseTree(DISTANCES + high - slot, count);
    return high + bits.direct(count - 4) * 16 + bits.reverseTree(ALIGN, 4);
  }

  /** The length, less two, of a text that is there already; `null` for one character of it. */
  function repeated(place, position) {
    if (bits.bit(REP_0 + state) === 0) {
      if (bits.bit(longs + place) === 0) return null;
    } else if (bits.bit(REP_1 + state) === 0) {
      [rep0, rep1] = [rep1, rep0];
    } else if (bits.bit(REP_2 + state) === 0) {
      [rep0, rep1, rep2] = [rep2, rep0, rep1];
    } else {
      [rep0, rep1, rep2, rep3] = [rep3, rep0, rep1, rep2];
    }
    return bits.length(REP_LENGTHS, position);
  }

  for (let at = 0; at < out.length;) {
    const position = at & ((1 << pb) - 1);
    const place = (state << 4) + position;
    if (bits.bit(matches + place) === 0) {
      literal(at);
      at += 1;
      continue;
    }
    let length;
    if (bits.bit(REP + state) === 0) {
      length = bits.length(LENGTHS, position);
      [rep0, rep1, rep2, rep3] = [distance(length), rep0, rep1, rep2];
      state = state < 7 ? 7 : 10;
    } else {
      length = repeated(place, position);
      state = length === null ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
    }
    for (const end = at + (length === null ? 1 : length + 2); at < end; at += 1) out[at] = out[at - rep0 - 1];
  }
  return out;
}
