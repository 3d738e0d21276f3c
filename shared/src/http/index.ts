export {
  createVendorClient,
  type Fetch,
  type Limits,
  type VendorCall,
  type VendorClient,
  type VendorClientOptions,
} from './client.ts';
export { integerText, parseExactJson } from './json.ts';
export { bodyOf, type ReplyBody, type VendorReply } from './reply.ts';
export { VendorError, type VendorErrorKind } from './vendor-error.ts';
