import type { Dialogs } from './dialogs.ts';
import { createEmitter, type Event } from './event.ts';

/** Whether a modal question of ours stands open, beside which nothing else is to come up. */
export interface Modals {
  readonly isOpen: boolean;
  readonly onDidClose: Event<void>;
}

export function watchModals(dialogs: Dialogs): { readonly dialogs: Dialogs; readonly modals: Modals } {
  const closed = createEmitter<void>();
  let open = 0;
  return {
    dialogs: {
      ...dialogs,
      ask: async (question) => {
        open += 1;
        try {
          return await dialogs.ask(question);
        } finally {
          open -= 1;
          if (open === 0) closed.fire();
        }
      },
    },
    modals: {
      get isOpen() {
        return open > 0;
      },
      onDidClose: closed.event,
    },
  };
}
