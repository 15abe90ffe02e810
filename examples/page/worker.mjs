// The worker: the library, and the page's logic. It answers each message, the fields of the page, with a report; null if there is none.
import * as api from 'callback-profile';
import { EXAMPLES } from './examples.mjs';
import { EMPTY, examine } from './logic/examine.mjs';

addEventListener('message', ({ data }) => {
  let report = null;
  try {
    report = examine(api, data);
  } catch {
    // A defect. The page says so, and makes a new worker; nothing is written anywhere, since an error may hold what was pasted.
  }
  postMessage(report);
});

// A browser compiles what runs for the first time, which takes longer than to run it: it runs once before anybody waits for it.
setTimeout(() => {
  for (const { fields } of [EXAMPLES.good, EXAMPLES.tag]) examine(api, { ...EMPTY, ...fields });
});
