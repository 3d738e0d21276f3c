import type { Prompt, Resource, ResourceTemplateType, Tool } from '@modelcontextprotocol/client';
import { rowsOf, type Schema } from './fields.ts';
import { code, plain, table, titled } from './markdown.ts';
import type { ServerLists } from './server-lists.ts';

export function toolsPage({ tools, resources, templates, prompts }: ServerLists): string {
  return titled(
    'Tools, resources and prompts',
    "What `countersign mcp` offers to an assistant, the same in both eras of the protocol. What lists say word for word, with every answer's schema: [2025-11-25](tools-list.2025-11-25.json), [2026-07-28](tools-list.2026-07-28.json).",
    '## Tools',
    ...tools.map(toolPart),
    ...(resources.length + templates.length === 0
      ? []
      : ['## Resources', table(['address', 'is'], [...resources, ...templates].map(resourceRow))]),
    ...(prompts.length === 0 ? [] : ['## Prompts', ...prompts.map(promptPart)]),
  );
}

function toolPart({ name, title = '', description = '', inputSchema, annotations = {} }: Tool): string {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const hints = [
    readOnlyHint ? 'reads' : 'proposes a write, which a person confirms',
    destructiveHint ? 'destructive' : '',
    idempotentHint ? 'idempotent' : '',
    openWorldHint ? 'open world' : '',
  ];
  return [
    `### ${code(name)}`,
    `*${title}* · ${hints.filter((hint) => hint !== '').join(' · ')}`,
    plain(description),
    table(['input', 'is', 'meaning'], rowsOf(inputSchema as Schema)) || 'It takes no input.',
  ].join('\n\n');
}

function resourceRow(resource: Resource | ResourceTemplateType): readonly string[] {
  const uri = 'uri' in resource ? resource.uri : resource.uriTemplate;
  return [code(String(uri)), resource.description ?? ''];
}

function promptPart({ name, title = '', description = '', arguments: taken = [] }: Prompt): string {
  const rows = taken.map((one) => [
    code(one.name),
    `${one.description ?? ''}${one.required ? '' : ' Optional.'}`.trim(),
  ]);
  return [`### ${code(name)}`, `*${title}* · ${plain(description)}`, table(['argument', 'meaning'], rows)]
    .filter((part) => part !== '')
    .join('\n\n');
}
