// The worker that examines, from the page's side: one at a time, and of all that was asked meanwhile the last.

/** The one script that a policy of trusted types lets this page make a worker of. */
const policy = globalThis.trustedTypes?.createPolicy('callback-profile-worker', { createScriptURL: (url) => url });

/** Script and WebAssembly of the worker, out of the page's own text: the script's length in four bytes, the script, the module. */
async function coreOf(text) {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const bytes = await new Response(stream).arrayBuffer();
  const length = new DataView(bytes).getUint32(0);
  return { script: new Blob([new Uint8Array(bytes, 4, length)], { type: 'text/javascript' }), wasm: bytes.slice(4 + length) };
}

/**
 * Starts the worker; `answered` gets each report, `failed` is called where one could not be made. `ask(input)` asks for a report, and
 * `stop()` ends the worker with all that it knows.
 */
export function examinerOf(text, answered, failed) {
  const core = coreOf(text);
  let worker = null;
  let waiting = null;
  let isBusy = false;

  async function start() {
    const { script, wasm } = await core;
    const url = URL.createObjectURL(script);
    worker = new Worker(policy?.createScriptURL(url) ?? url);
    worker.postMessage(wasm);
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = (event) => {
      event.preventDefault();
      done(null);
    };
  }

  function done(report) {
    isBusy = false;
    if (report === null) {
      // A trap leaves nothing that could be used again.
      worker.terminate();
      worker = null;
    }
    if (waiting !== null) next();
    else if (report === null) failed();
    else answered(report);
  }

  async function next() {
    isBusy = true;
    try {
      if (worker === null) await start();
    } catch {
      isBusy = false;
      failed();
      return;
    }
    if (waiting === null) {
      isBusy = false;
      return;
    }
    worker.postMessage(waiting);
    waiting = null;
  }

  return {
    ask(input) {
      waiting = input;
      if (!isBusy) next();
    },
    stop() {
      waiting = null;
      isBusy = false;
      worker?.terminate();
      worker = null;
    },
  };
}
