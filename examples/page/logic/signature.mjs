// The signature of what was received, and that of the callback as it would go out.
import { errorOf } from './opening.mjs';
import { headerOf, linesOf } from './received.mjs';

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

const secretsOf = (text) => linesOf(text).map((line) => line.trim());

/** What is done to bodies on their way, each with how it is undone. */
const CHANGES = [
  ['line_break_added', (content) => content.trimEnd()],
  ['line_break_lost', (content) => `${content}\n`],
  ['line_ends', (content) => content.replaceAll('\n', '\r\n')],
  ['written_anew', (content) => JSON.stringify(JSON.parse(content))],
];

/** Of a body that is not the one that was signed, what was done to it, if undoing it makes the signature hold; else null. */
function changeOf(verifier, pairs, content, options) {
  for (const [name, undo] of CHANGES) {
    try {
      verifier.verify(pairs, undo(content), options);
      return name;
    } catch {
      // No JSON, or still another body.
    }
  }
  return null;
}

/**
 * `{ state, id, timestamp, error }`: `none` without headers and secret, `no_headers`, `no_secret`, `holds` or `refused`. Whether it holds
 * is asked as of the time that it names: how long ago that was is another question, which the page answers beside it.
 */
export function examineSignature(api, pairs, content, secretText) {
  const secrets = secretsOf(secretText);
  const isSigned = HEADERS.some((name) => headerOf(pairs, name) !== undefined);
  if (secrets.length === 0) return { state: isSigned ? 'no_secret' : 'none' };
  if (!isSigned) return { state: content === '' ? 'none' : 'no_headers' };
  let change = () => null;
  try {
    const timestamp = headerOf(pairs, 'webhook-timestamp') ?? '';
    const now = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : undefined;
    const verifier = new api.Verifier(secrets);
    change = () => changeOf(verifier, pairs, content, { now });
    const verified = verifier.verify(pairs, content, { now });
    return { state: 'holds', ...verified };
  } catch (error) {
    if (!(error instanceof api.CallbackProfileError)) throw error;
    return { state: 'refused', error: errorOf(error), change: change(), absent: HEADERS.filter((name) => headerOf(pairs, name) === undefined) };
  }
}

/** The headers that sign a callback, or why it is not signed; null without a secret. */
export function signed(api, callback, secretText) {
  const secrets = secretsOf(secretText);
  if (secrets.length === 0) return null;
  try {
    return { headers: Object.entries(new api.Signer(secrets).signCallback(callback)) };
  } catch (error) {
    if (!(error instanceof api.CallbackProfileError)) throw error;
    return { error: errorOf(error) };
  }
}
