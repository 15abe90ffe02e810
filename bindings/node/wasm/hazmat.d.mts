export * from '../hazmat.cjs';
