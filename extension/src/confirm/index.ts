export { createSigningKeys, type SigningKeys } from './signing-keys.ts';
