import { cleanLine } from '@countersign/shared/text';
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';

/** The same schema, with complaints that are safe to show: a library's repeat the input's own keys, which a model wrote. */
export function withCleanComplaints(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const standard = schema['~standard'];
  const clean: StandardSchemaWithJSON['~standard'] = {
    ...standard,
    validate: async (value) => {
      const result = await standard.validate(value);
      if (!result.issues) return result;
      return { issues: result.issues.map((issue) => ({ ...issue, message: complaint(issue) })) };
    },
  };
  // What else the schema is stays: the SDK looks into its shape for arguments that can be completed.
  return Object.create(schema, { '~standard': { value: clean } });
}

function complaint(issue: { readonly message: string; readonly code?: unknown }): string {
  const message = cleanLine(issue.message, 300);
  return issue.code === 'unrecognized_keys' ? `${message}. Leave it out and call again` : message;
}
