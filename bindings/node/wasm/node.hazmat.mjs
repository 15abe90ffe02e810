import library from './hazmat.cjs';

export const { cfbDecrypt, cfbEncrypt, gcmOpen, gcmSeal } = library;
