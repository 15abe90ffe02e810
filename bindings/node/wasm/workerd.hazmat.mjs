import { hazmat } from './workerd.library.mjs';

export const { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal } = hazmat;
