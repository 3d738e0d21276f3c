import { TOOLS } from './index.ts';
import { withCleanComplaints } from './input.ts';
import { inShort } from './listed-schema.ts';
import type { ToolDefinition } from './tool.ts';

const DIALECT = { target: 'draft-2020-12' } as const;

/** What is known of a tool before it is called. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly writes: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
}

/**
 * Plain data: the build puts what this comes to in the place of this module, so that a start loads no tool and makes no
 * schema.
 */
export const LISTED_TOOLS: readonly ListedTool[] = (TOOLS as readonly unknown[] as readonly ToolDefinition[]).map(
  ({ name, title, description, writes, input, output }) => ({
    name,
    title,
    description,
    writes: writes !== 'nothing',
    input: inShort(withCleanComplaints(input))['~standard'].jsonSchema.input(DIALECT),
    output: inShort(output)['~standard'].jsonSchema.output(DIALECT),
  }),
);
