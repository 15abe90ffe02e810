// The worker: the library, and the page's logic. It answers each message, the fields of the page, with a report; null if there is none.
import * as api from 'callback-profile';
import { examine } from './logic/examine.mjs';

addEventListener('message', ({ data }) => {
  let report = null;
  try {
    report = examine(api, data);
  } catch {
    // A defect. The page says so, and makes a new worker; nothing is written anywhere, since an error may hold what was pasted.
  }
  postMessage(report);
});
