import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import { type Connection, connect } from '../mcp-server/mcp/client.ts';
import { approverKey } from './approver-key.ts';
import type { Stage } from './stage.ts';

export interface Assistant {
  /** Calls a tool that proposes; the call ends when somebody has answered. @param name of a request of the sandbox's population */
  propose(tool: string, name: string, options?: object): { id: string; answer: ReturnType<Connection['call']> };
  close(): Promise<void>;
}

/** An assistant's server in a process of its own, which knows the editor by its public key alone. */
export async function connectAssistant({ sandbox, workbench, place }: Stage): Promise<Assistant> {
  const env = {
    ...getDefaultEnvironment(),
    ...place.env,
    HOME: workbench.folders.home,
    COUNTERSIGN_CONFIG: place.accounts,
    COUNTERSIGN_APPROVER_KEY: await approverKey(workbench),
  };
  const connection = await connect({ env }, { era: 'modern', forms: false, name: 'claude' });
  return {
    propose: (tool, name, options = {}) => {
      const id = sandbox.id(name);
      const vendor = sandbox.requests.find((request) => request.id === id)?.vendor;
      const account = vendor === 'threatlocker' ? 'acme' : 'acme-abr';
      const answer = connection.call(tool, { requests: [`${account}/${id}`], ...options });
      // Where a test fails before it asks for it.
      answer.catch(() => undefined);
      return { id, answer };
    },
    close: () => connection.close(),
  };
}
