// Sends a callback to an address that was checked, and follows no redirect.
import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { addressVerdict, destination } from 'callback-profile';

const TIMEOUT_MS = 10_000;
/** What a receiver says is only looked at; more of it is not read. */
const ANSWER_BYTES = 64 * 1024;

class AddressRefused extends Error {}

function check(host, address) {
  const verdict = addressVerdict(address);
  if (verdict !== 'public') throw new AddressRefused(`${host} has an address that is ${verdict}`);
}

/** For `http.request`: connects to none but a checked address of the host, since every one is checked. */
function checkedLookup(host, options, done) {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error);
    try {
      for (const { address } of addresses) check(host, address);
    } catch (refused) {
      return done(refused);
    }
    return options.all ? done(null, addresses) : done(null, addresses[0].address, addresses[0].family);
  });
}

/** A kept connection that the receiver had closed when the request came: nothing was answered on it. */
class ConnectionWasClosed extends Error {}

/**
 * The status of the answer. It rejects if there is none: the address is not public (`allowPrivate` is for tests), the connection
 * fails, or the time is over. A callback that met a closed connection is sent again on the next one: the receiver knows the
 * signature's id, so it does the work once, even if it had read the first.
 */
export async function send(callback, signature, { allowPrivate = false } = {}) {
  const { isHttps, host, port, authority, target } = destination(callback);
  // An address in the URL itself is not looked up.
  if (!allowPrivate && isIP(host)) check(host, host);
  const options = {
    method: callback.method,
    host,
    port,
    path: target,
    headers: { host: authority, ...callback.headers, ...signature },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(allowPrivate ? {} : { lookup: checkedLookup }),
  };
  const { request } = isHttps ? https : http;
  for (;;) {
    try {
      return await statusOf(request(options), callback.body);
    } catch (error) {
      // Each closed connection leaves the pool, so that this ends with a new one at the latest.
      if (!(error instanceof ConnectionWasClosed)) throw error;
    }
  }
}

function statusOf(sent, body) {
  return new Promise((done, failed) => {
    sent.on('error', (error) => {
      const closed = sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code);
      failed(closed ? new ConnectionWasClosed() : error);
    });
    sent.on('response', (response) => {
      let read = 0;
      response.on('error', failed);
      response.on('data', (chunk) => {
        read += chunk.length;
        if (read > ANSWER_BYTES) response.destroy();
      });
      response.on('close', () => done(response.statusCode));
    });
    sent.end(body ?? undefined);
  });
}
