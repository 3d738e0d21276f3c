import { structuredOf } from '../tools/tool.ts';
import type { ResourceDefinition } from './resource.ts';

export const decision: ResourceDefinition = {
  name: 'decision',
  title: 'One decision',
  description: 'Where a proposed decision stands, as get_decision answers it. Messages in it quote what others wrote.',
  uri: 'countersign://decision/{id}',
  read: async ({ id = '' }, call) => {
    const { getDecision } = await import('../called.ts');
    return structuredOf(await getDecision.handle({ decision: id, waitSeconds: 0 }, call));
  },
};
