export * from './main.cjs';
