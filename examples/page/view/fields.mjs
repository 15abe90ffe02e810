// The fields of the page: what is in them, and what is too long to be in them.
import { EMPTY } from '../logic/examine.mjs';
import { TEXTS, fill } from '../texts.mjs';
import { byId, h } from './dom.mjs';
import { editorOf } from './editor.mjs';

/** A field holds more than this without showing it: to lay out a text of megabytes takes a browser seconds. */
const HELD = 262_144;
const SHOWN = 2000;

const TEXT_FIELDS = ['profile', 'other', 'received', 'headers', 'secret', 'expected', 'record', 'key', 'iv'];
const CHOICES = ['algorithm', 'encoding', 'tag', 'policy', 'kind'];
/** What is folded away opens when an example fills it. */
const FOLDED = { headers: 'headers-details', secret: 'secret-details', expected: 'expected-details' };

/** Makes the fields; `changed` is called after each change. */
export function fieldsOf(changed) {
  const editors = Object.fromEntries(['profile', 'other', 'received', 'headers'].map((id) => [id, editorOf(byId(id))]));
  const held = new Map();
  let isRecordMade = true;

  for (const id of TEXT_FIELDS) {
    const field = byId(id);
    // Spelling services, translators and managers of passwords send what they see to others.
    for (const [name, value] of [['autocomplete', 'off'], ['autocapitalize', 'off'], ['autocorrect', 'off'], ['spellcheck', 'false'], ['data-1p-ignore', ''], ['data-lpignore', 'true']]) {
      field.setAttribute(name, value);
    }
    field.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.length <= HELD) return;
      event.preventDefault();
      hold(field, text);
      changed();
    });
    field.addEventListener('input', () => {
      if (id === 'record') isRecordMade = false;
      if (field.value.length > HELD) hold(field, field.value);
      changed();
    });
  }
  for (const id of CHOICES) byId(id).addEventListener('change', changed);
  for (const radio of modes()) {
    radio.addEventListener('change', () => {
      showMode();
      changed();
    });
  }
  // A file that misses its field must not replace the page.
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', async (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined && event.target.matches?.('textarea, input')) return;
    event.preventDefault();
    if (file !== undefined && event.target.matches('textarea:not([readonly])')) {
      write(event.target, await file.text());
      changed();
    }
  });

  function hold(field, text) {
    held.set(field.id, text);
    field.value = `${text.slice(0, SHOWN).toWellFormed()}…`;
    field.readOnly = true;
    field.parentElement.nextElementSibling?.matches('.held') && field.parentElement.nextElementSibling.remove();
    const count = text.length.toLocaleString('en');
    const release = h('button.link', { type: 'button', onclick: () => {
      write(field, '');
      field.focus();
      changed();
    } }, TEXTS.release);
    field.parentElement.after(h('p.held.note', {}, `${fill(TEXTS.held, { count })} `, release));
    editors[field.id]?.paint();
  }

  function write(field, text) {
    held.delete(field.id);
    field.readOnly = false;
    if (field.parentElement.nextElementSibling?.matches('.held')) field.parentElement.nextElementSibling.remove();
    if (field.id === 'record') isRecordMade = false;
    if (text.length > HELD) hold(field, text);
    else field.value = text;
    editors[field.id]?.mark([]);
  }

  function showMode() {
    const isKey = modes().some(({ value, checked }) => checked && value === 'key');
    byId('whole').hidden = isKey;
    byId('only').hidden = !isKey;
  }

  return {
    editors,
    /** What is in the fields. */
    values() {
      const values = { mode: modes().find(({ checked }) => checked).value };
      for (const id of TEXT_FIELDS) values[id] = held.get(id) ?? byId(id).value;
      for (const id of CHOICES) values[id] = byId(id).value;
      if (isRecordMade) values.record = null;
      return values;
    },
    /** Fills all fields; what is not given is as it was at the beginning. */
    fill(given) {
      const values = { ...EMPTY, ...given };
      for (const id of TEXT_FIELDS) write(byId(id), values[id] ?? '');
      for (const id of CHOICES) byId(id).value = values[id];
      for (const radio of modes()) radio.checked = radio.value === values.mode;
      for (const [id, details] of Object.entries(FOLDED)) byId(details).open = values[id] !== '';
      isRecordMade = values.record === null;
      showMode();
    },
    /** Sets how values are written. */
    set({ encoding, tag }) {
      if (encoding !== undefined) byId('encoding').value = encoding;
      if (tag !== undefined) byId('tag').value = tag;
      byId('settings-details').open = true;
    },
    /** Shows the record that was made up, unless one was written. */
    showRecord(text) {
      byId('record-reset').hidden = isRecordMade;
      if (isRecordMade && text !== null) byId('record').value = text;
    },
    makeRecord() {
      write(byId('record'), '');
      isRecordMade = true;
    },
    showSecrets(areShown) {
      document.documentElement.classList.toggle('secrets-shown', areShown);
      for (const editor of Object.values(editors)) editor.showSecrets(areShown);
    },
  };
}

const modes = () => [...document.getElementsByName('mode')];
