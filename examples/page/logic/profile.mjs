// The profile as it was given, whole or as algorithm, key and IV alone: what it is, or why it is refused, each reason with its place.
import { placesOf, rangeAt, rangeOf } from './places.mjs';

/** Where a single value is opened: a profile around key and IV, all of whose rules are kept. */
const AROUND = { title: 'single value', http_method: 'POST', url: 'https://example.com/', body: { value: '<value>' } };

/** Members that the platform adds to a profile that it has stored. */
const STORED = ['/profile_id', '/profileId', '/created_at', '/modified_at', '/status', '/data/profile_id', '/data/title', '/data/0/title'];

/**
 * What was given as a profile: `{ profile, report }`, `profile` null if there is none or it is refused. The report's `state` is `empty`,
 * `refused` or `valid`.
 */
export function examineProfile(api, input) {
  return input.mode === 'key' ? examineKey(api, input) : examineText(api, input);
}

const settingsOf = ({ encoding, tag, policy }) => ({ encoding, tag, policy });

function examineText(api, input) {
  const text = input.profile;
  if (text.trim() === '') return { profile: null, report: { state: 'empty' } };
  const places = placesOf(text);
  const range = (pointer) => rangeOf(places, pointer);
  const isStored = STORED.some((pointer) => places.has(pointer));
  try {
    const { profile, within } = parsed(api, text, isStored, settingsOf(input));
    const advisories = profile.advisories.map(({ code, pointer, message }) => ({ code, pointer, message, range: range(within + pointer) }));
    return { profile, report: { state: 'valid', isStored, advisories, facts: factsOf(profile) } };
  } catch (error) {
    if (!(error instanceof api.ProfileError)) throw error;
    const violations = error.violations.map(({ message, keyword, pointer, line, column, params }) => ({
      message,
      keyword,
      allowed: params.allowedValues ?? null,
      range: line === undefined ? range(pointer) : rangeAt(text, line, column),
    }));
    return { profile: null, report: { state: 'refused', isStored, violations, unlisted: error.unlisted } };
  }
}

/** A payload; or what the platform answers, alone or in its envelope. `within` is the pointer to the profile. */
function parsed(api, text, isStored, settings) {
  if (!isStored) return { profile: api.Profile.parse(text, settings), within: '' };
  try {
    return { profile: api.StoredProfile.parse(text, settings).profile, within: '' };
  } catch (error) {
    const data = error instanceof api.ProfileError ? dataOf(text) : undefined;
    if (data === undefined) throw error;
    const [profile] = api.StoredProfile.parseList(JSON.stringify(Array.isArray(data) ? data.slice(0, 1) : [data]), settings);
    if (profile instanceof Error) throw profile;
    return { profile: profile.profile, within: Array.isArray(data) ? '/data/0' : '/data' };
  }
}

/** What an envelope holds; undefined if the text is none. */
function dataOf(text) {
  try {
    const { data } = JSON.parse(text);
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

function examineKey(api, input) {
  const { algorithm, key, iv } = input;
  if (key === '' && iv === '') return { profile: null, report: { state: 'empty' } };
  try {
    const profile = api.Profile.parse({ ...AROUND, enc: { algo: algorithm, key, IV: iv } }, settingsOf(input));
    const advisories = profile.advisories.map(({ code, pointer, message }) => ({ code, pointer, message, field: fieldOf(pointer) }));
    return { profile, report: { state: 'valid', isStored: false, advisories, facts: null } };
  } catch (error) {
    if (!(error instanceof api.ProfileError)) throw error;
    const violations = error.violations.map(({ message, keyword, pointer }) => ({ message, keyword, allowed: null, field: fieldOf(pointer), range: null }));
    return { profile: null, report: { state: 'refused', isStored: false, violations, unlisted: error.unlisted } };
  }
}

const fieldOf = (pointer) => ({ '/enc/key': 'key', '/enc/IV': 'iv', '/enc/algo': 'algorithm' })[pointer] ?? null;

function factsOf(profile) {
  const { title, method, urlWithoutCredentials: url, channel, algorithm, kid, encryptedParams, fields } = profile;
  return { title, method, url, channel, algorithm, kid, encryptedParams, fields: fields.map(({ field }) => field) };
}

/** A profile that opens single values under the key of another one; null where nothing is encrypted or values are not single. */
export function singleOf(profile) {
  if (profile.algorithm === null || profile.kid !== null) return null;
  const { http_method, url, body } = AROUND;
  return profile.patch({ http_method, url, body, headers: null, enc: { params: null } });
}
