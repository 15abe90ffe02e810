// What the shared cases use of Node's `Buffer`, for browsers. It is put into the tests alone: the library must do without.

export class Buffer extends Uint8Array {
  static from(of, encoding) {
    if (encoding === 'hex') return super.from(of.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    return super.from(typeof of === 'string' ? new TextEncoder().encode(of) : of);
  }

  static alloc(length) {
    return new Buffer(length);
  }

  toString(encoding) {
    return encoding === 'base64' ? btoa(String.fromCharCode(...this)) : new TextDecoder().decode(this);
  }
}
