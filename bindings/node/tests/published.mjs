// The published texts of the shared cases of diagnosis.
import { Profile } from 'callback-profile';
import { PAYLOAD, cases } from './support.mjs';

/** Texts whose cause cannot be told; tests/diagnosis/texts.rs says why. */
const NOT_WITHOUT_THE_VALUE = ['cfb-iv-random-not-sent-long', 'cfb-is-192', 'pt-latin1-cfb'];
const NOT_AT_ALL = ['cfb-is-192'];

export const ofEnc = (enc) => Profile.parse({ ...PAYLOAD, body: { to: '<to>' }, enc });

/** Each published text with its profile, without and with the expected value. */
export const published = () => cases('vectors/diagnosis').flatMap((one) => {
  const profile = ofEnc(one.enc);
  return [{ one, profile, options: {}, exceptions: NOT_WITHOUT_THE_VALUE }, { one, profile, options: { expect: one.value }, exceptions: NOT_AT_ALL }];
});
