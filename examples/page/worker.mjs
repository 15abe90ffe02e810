// The worker: the library, and the page's logic. Its first message is the WebAssembly module; it answers each further one, the fields of
// the page, with a report; null if there is none.
import library from 'callback-profile/library';
import { WARM } from './examples.mjs';
import { EMPTY, examine } from './logic/examine.mjs';

function answer(api, input) {
  try {
    return examine(api, input);
  } catch {
    // A defect. The page says so, and makes a new worker; nothing is written anywhere, since an error may hold what was pasted.
    return null;
  }
}

addEventListener('message', ({ data: module }) => {
  const api = library(new WebAssembly.Module(module));
  addEventListener('message', ({ data }) => postMessage(answer(api, data)));
  // A browser compiles what runs for the first time, which takes longer than to run it: it runs once before anybody waits for it.
  setTimeout(() => {
    for (const fields of WARM) examine(api, { ...EMPTY, ...fields });
  });
}, { once: true });
