// The same typings by require.
import library = require('callback-profile');
import hazmat = require('callback-profile/hazmat');

const { Profile } = library;
const profile: library.Profile = Profile.parse('{}');
const code: library.ErrorCode = 'auth_failed';
const open: typeof hazmat.gcmOpen = hazmat.gcmOpen;
void [profile, code, open];
