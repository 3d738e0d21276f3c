export { type AccountBook, type AccountEntry, type AccountsNow, createAccountBook } from './account-book.ts';
export { createProvider, type ProviderEnvironment } from './create-provider.ts';
export type {
  Application,
  Capabilities,
  Check,
  Choice,
  ComputerGroup,
  EarlierDecision,
  EarlierDecisions,
  History,
  HistoryEntry,
  Listing,
  PermitOptions,
  Preparation,
  Provider,
  PulledRequest,
  PulledSoFar,
  PullPart,
  RequestReading,
  Research,
  ResearchReport,
  SuggestedChoice,
  Suggestion,
  Told,
} from './provider.ts';
export type { SameFile } from './same-file.ts';
export { sameFileText } from './same-file-text.ts';
export { reachOfOptions } from './threatlocker/index.ts';
