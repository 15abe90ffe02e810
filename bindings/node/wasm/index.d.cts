export * from '../main.cjs';
