export * from './hazmat.cjs';
