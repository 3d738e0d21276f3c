import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { manifest } from '../../scripts/package/manifest.ts';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const server = json('mcp-server/server.json');
const npm = json('mcp-server/package.json');

/** The rules of server.json of 2025-12-11 that concern a package from npm over stdio, and the registry's own beside them. */
const RULES = {
  type: 'object',
  required: ['$schema', 'name', 'description', 'version', 'packages'],
  additionalProperties: false,
  properties: {
    $schema: { const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json' },
    name: { type: 'string', minLength: 3, maxLength: 200, pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$' },
    title: { type: 'string', minLength: 1, maxLength: 100 },
    description: { type: 'string', minLength: 1, maxLength: 100 },
    version: { type: 'string', maxLength: 255, pattern: String.raw`^\d+\.\d+\.\d+$` },
    packages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['registryType', 'identifier', 'version', 'transport'],
        additionalProperties: false,
        properties: {
          registryType: { const: 'npm' },
          registryBaseUrl: { const: 'https://registry.npmjs.org' },
          identifier: { type: 'string' },
          version: { type: 'string', pattern: String.raw`^\d+\.\d+\.\d+$` },
          runtimeHint: { const: 'npx' },
          transport: { type: 'object', required: ['type'], properties: { type: { const: 'stdio' } } },
          packageArguments: {
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'value'],
              additionalProperties: false,
              properties: { type: { const: 'positional' }, value: { type: 'string' } },
            },
          },
          environmentVariables: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'description'],
              additionalProperties: false,
              properties: {
                name: { type: 'string' },
                description: { type: 'string' },
                isSecret: { type: 'boolean' },
                placeholder: { type: 'string' },
                format: { enum: ['string', 'number', 'boolean', 'filepath'] },
              },
            },
          },
        },
      },
    },
  },
};

describe('server.json', () => {
  test('keeps the rules of the registry', () => {
    const ajv = new Ajv2020({ allErrors: true });
    expect([ajv.validate(RULES, server), ajv.errorsText()]).toEqual([true, 'No errors']);
  });

  test('names the npm package, which names it', () => {
    expect(server.name).toBe(npm.mcpName);
    const [{ identifier, version, packageArguments }] = server.packages;
    expect([identifier, version, server.version]).toEqual([npm.name, npm.version, npm.version]);
    expect(packageArguments).toEqual([{ type: 'positional', value: 'mcp' }]);
  });

  test('asks for the same variables as the bundle for desktop clients, with the same secrets', () => {
    const { server: bundled, user_config: fields } = manifest('main.cjs') as {
      server: { mcp_config: { env: Record<string, string> } };
      user_config: Record<string, { sensitive?: boolean }>;
    };
    const inBundle = Object.entries(bundled.mcp_config.env).map(([name, text]) => {
      const field = fields[/^\$\{user_config\.(\w+)\}$/.exec(text)?.[1] ?? ''];
      return [name, field?.sensitive ?? false];
    });
    const variables: { name: string; isSecret?: boolean }[] = server.packages[0].environmentVariables;
    expect(variables.map(({ name, isSecret }) => [name, isSecret ?? false])).toEqual(inBundle);
  });
});
