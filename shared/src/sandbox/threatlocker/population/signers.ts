/** Subjects of certificates that more than one part of the population speaks of. */
export const SIGNERS = {
  adobe: 'CN=Adobe Inc., OU=Acrobat DC, O=Adobe Inc., L=San Jose, S=ca, C=US',
  anydesk: 'CN=AnyDesk Software GmbH, O=AnyDesk Software GmbH, L=Stuttgart, C=DE',
  google: 'CN=Google LLC, O=Google LLC, L=Mountain View, S=California, C=US',
  hp: 'CN=HP Inc., O=HP Inc., L=Palo Alto, S=California, C=US',
  microsoft: 'CN=Microsoft Windows, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
  obsidian: 'CN=Dynalist Inc., O=Dynalist Inc., L=Vancouver, S=British Columbia, C=CA',
  payroll: 'CN=Payroll Connect Ltd., O=Payroll Connect Ltd., L=Toronto, S=Ontario, C=CA',
  putty: 'CN=Simon Tatham, O=Simon Tatham, S=Cambridgeshire, C=GB',
  rectangle: 'Developer ID Application: Ryan Hanson (XSYZ3E4B7D)',
} as const;
