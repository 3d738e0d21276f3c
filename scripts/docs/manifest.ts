import { readFileSync } from 'node:fs';
import { COLORS } from '../../extension/src/host/colors.ts';
import { COMMANDS, type CommandContribution } from '../../extension/src/host/commands.ts';
import { SETTINGS } from '../../extension/src/host/settings.ts';
import { TEXT_LANGUAGE } from '../../extension/src/host/text-language.ts';
import { VIEWS } from '../../extension/src/host/views.ts';
import { WALKTHROUGH, WELCOME } from './manifest-texts.ts';

const MANIFEST = 'extension/package.json';
const STRINGS = 'extension/package.nls.json';
const CONTAINER = 'countersign';
const id = (name: string) => `countersign.${name}`;

/** The extension's manifest and its strings, from what the code says of its commands, views and settings. */
export function manifestFiles(): Readonly<Record<string, string>> {
  const strings: Record<string, string> = {};
  /** Puts a text among those that can be translated. */
  const text = (key: string, english: string) => {
    strings[key] = english;
    return `%${key}%`;
  };
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  text('displayName', 'Countersign');
  text(
    'description',
    'Approve and deny the requests that wait in ThreatLocker and Admin By Request, with what you need to decide beside each; assistants may propose, and only you confirm.',
  );
  const contributes = {
    viewsContainers: { activitybar: [{ id: CONTAINER, title: 'Countersign', icon: 'media/activity.svg' }] },
    views: {
      [CONTAINER]: Object.entries(VIEWS).map(([name, title]) => ({
        id: id(name),
        name: text(`view.${name}`, title),
        icon: 'media/activity.svg',
        ...(name === 'decided' ? { visibility: 'collapsed' } : {}),
      })),
    },
    viewsWelcome: WELCOME.map(({ view, key, when, contents }) => ({
      view: id(view),
      contents: text(`welcome.${key}`, contents),
      when,
    })),
    commands: Object.entries(COMMANDS).map(([name, { title, icon, needs, when }]) => ({
      command: id(name),
      title: text(`command.${name}`, title),
      category: 'Countersign',
      ...(icon ? { icon: `$(${icon})` } : {}),
      ...enablement(needs, when),
    })),
    menus: {
      commandPalette: Object.entries(COMMANDS).map(([name, { needs, when }]) => ({
        command: id(name),
        when: needs === 'row' ? 'false' : (enablement(needs, when).enablement ?? 'true'),
      })),
      'view/title': Object.entries(COMMANDS).flatMap(([name, { viewTitle }]) =>
        viewTitle
          ? [
              {
                command: id(name),
                when: [`view == ${id(viewTitle.view)}`, ...(viewTitle.when ? [viewTitle.when] : [])].join(' && '),
                group: viewTitle.group,
              },
            ]
          : [],
      ),
      'view/item/context': Object.entries(COMMANDS).flatMap(([name, command]) => rowMenu(name, command)),
    },
    keybindings: Object.entries(COMMANDS).flatMap(([name, { key }]) =>
      key ? [{ command: id(name), key, mac: key.replace('ctrl', 'cmd'), when: `focusedView == ${id('pending')}` }] : [],
    ),
    colors: COLORS.map(({ id: color, description, defaults }) => ({
      id: color,
      description: text(`color.${color}`, description),
      defaults,
    })),
    languages: [
      {
        id: TEXT_LANGUAGE.id,
        aliases: [TEXT_LANGUAGE.name],
        filenamePatterns: [`${TEXT_LANGUAGE.folder}/**`],
      },
    ],
    configurationDefaults: { [`[${TEXT_LANGUAGE.id}]`]: TEXT_LANGUAGE.defaults },
    configuration: {
      title: 'Countersign',
      properties: Object.fromEntries(
        Object.entries(SETTINGS).map(([name, { schema, default: value, scope, description }]) => [
          id(name),
          { ...schema, default: value, scope, markdownDescription: text(`setting.${name}`, description) },
        ]),
      ),
    },
    walkthroughs: [
      {
        id: 'firstSteps',
        title: text('walkthrough.title', WALKTHROUGH.title),
        description: text('walkthrough.description', WALKTHROUGH.description),
        steps: WALKTHROUGH.steps.map(({ key, title, description, svg, alt, done }) => ({
          id: key,
          title: text(`walkthrough.${key}.title`, title),
          description: text(`walkthrough.${key}.description`, description),
          media: { svg, altText: text(`walkthrough.${key}.alt`, alt) },
          completionEvents: done,
        })),
      },
    ],
    mcpServerDefinitionProviders: [{ id: 'countersign', label: 'Countersign' }],
  };
  return {
    [MANIFEST]: `${JSON.stringify({ ...manifest, contributes }, null, 2)}\n`,
    [STRINGS]: `${JSON.stringify(strings, null, 2)}\n`,
  };
}

/** What a command needs, as a clause. */
function enablement(needs: CommandContribution['needs'], when: string | undefined): { readonly enablement?: string } {
  const key = {
    nothing: [],
    row: [],
    accounts: ['countersign.hasAccounts'],
    ledger: ['countersign.hasLedger'],
    decide: ['countersign.canDecide'],
  }[needs];
  const clauses = [...key, ...(when ? [when] : [])];
  return clauses.length === 0
    ? {}
    : { enablement: clauses.length > 1 ? clauses.map(grouped).join(' && ') : clauses.join() };
}

const grouped = (clause: string) => (clause.includes('||') ? `(${clause})` : clause);

function rowMenu(name: string, { row, menu, many }: CommandContribution): readonly object[] {
  if (!row || !menu) return [];
  const words = row.map((word) => `viewItem =~ /(^| )${word}( |$)/`);
  const when = [...words, ...(many ? [] : ['!listMultiSelection'])].join(' && ');
  const entry = { command: id(name), when, group: menu };
  // What stands beside the row is found in its menu too.
  return menu === 'inline' ? [entry, { ...entry, group: '0_open' }] : [entry];
}
