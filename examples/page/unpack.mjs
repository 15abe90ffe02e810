// The worker that unpacks the core of the page: text of the file to bytes, and bytes to what they were before `make page` packed them.
// It is a worker of its own, since that takes a while on a phone, and the page shall not stand still meanwhile.
import { unpacked } from './lzma.mjs';
import { bytesOf } from './one-byte.mjs';

addEventListener('message', ({ data }) => {
  const bytes = unpacked(bytesOf(data));
  postMessage(bytes, [bytes.buffer]);
});
