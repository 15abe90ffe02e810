// The page: fields, the worker that examines them, and what it found.
import { EXAMPLES } from './examples.mjs';
import { examinerOf } from './examiner.mjs';
import { TEXTS } from './texts.mjs';
import { byId, h } from './view/dom.mjs';
import { fieldsOf } from './view/fields.mjs';
import { show, showFailure } from './view/results.mjs';

// The policy of the page has no word for it: the one way out of here that it does not close.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) delete globalThis[name];

const results = document.querySelector('.results');
const fields = fieldsOf(changed);
const examiner = examinerOf({ unpack: byId('unpack').textContent, core: byId('core').textContent }, answered, () => {
  settled();
  showFailure();
});

function changed() {
  results.setAttribute('aria-busy', 'true');
  examiner.ask(fields.values());
}

function settled() {
  results.setAttribute('aria-busy', 'false');
  results.dataset.examined = `${Number(results.dataset.examined ?? 0) + 1}`;
}

function answered(report) {
  const marks = (reasons, kind) => (reasons ?? []).filter(({ range }) => range != null).map(({ range }) => ({ ...range, kind }));
  const marksOf = ({ violations, advisories }) => [...marks(violations, 'violation'), ...marks(advisories, 'advisory')];
  const { mode } = fields.values();
  if (mode === 'profile') fields.editors.profile.mark(marksOf(report.profile));
  fields.editors.other.mark(marks(report.other.violations, 'violation'));
  const state = byId('other-state');
  state.hidden = report.other.state !== 'refused';
  state.textContent = report.other.violations?.[0]?.message ?? '';
  markFields(mode === 'key' ? report.profile.violations ?? [] : []);
  fields.showRecord(report.callback?.sample ?? null);
  show(report, {
    reveal: ({ range, field }) => (range ? fields.editors.profile.reveal(range) : byId(field).focus()),
    apply: (settings) => {
      fields.set(settings);
      changed();
    },
  });
  settled();
}

/** Marks the fields of the key alone that are refused. */
function markFields(violations) {
  for (const id of ['algorithm', 'key', 'iv']) {
    byId(id).setAttribute('aria-invalid', `${violations.some(({ field }) => field === id)}`);
  }
}

function fillWith(given) {
  fields.fill(given);
  changed();
}

byId('examples').append(...Object.entries(EXAMPLES).map(([name, { isGood, fields: given }]) => h(`button.example.${isGood ? 'good' : 'bad'}`,
  { type: 'button', 'data-example': name, onclick: () => fillWith(given) }, TEXTS.exampleNames[name])));

const showKeys = byId('show-keys');

function setShown(areShown) {
  showKeys.setAttribute('aria-pressed', `${areShown}`);
  fields.showSecrets(areShown);
}

showKeys.addEventListener('click', () => setShown(showKeys.getAttribute('aria-pressed') !== 'true'));

/** Leaves nothing of what was pasted: not in the fields, not in the results, not in the worker. */
function forget() {
  setShown(false);
  examiner.stop();
  fillWith({});
}

byId('clear').addEventListener('click', forget);
byId('record-reset').addEventListener('click', () => {
  fields.makeRecord();
  changed();
});
// Also where a browser keeps the page to come back to it.
addEventListener('pagehide', forget);
fillWith({});
