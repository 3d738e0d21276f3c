/** The views of our container, in their order, with their titles. */
export const VIEWS = {
  pending: 'Pending',
  awaiting: 'Awaiting Your Countersignature',
  decided: 'Decided',
} as const;

export type ViewName = keyof typeof VIEWS;
