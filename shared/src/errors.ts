// What a caller may be told as it stands, for whoever has to know these errors before anything was loaded that throws them.
export { SettingsError } from './account/settings-error.ts';
export { VendorError } from './http/vendor-error.ts';
