import { hazmat } from './library.mjs';

export const { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal } = hazmat;
