import type { ApprovalRequest } from '../../approval/index.ts';
import { ABUSED_SYSTEM_PROGRAMS } from '../data/abused-system-programs.ts';
import { ATTACK_TOOLS } from '../data/attack-tools.ts';
import type { Known } from '../data/entry.ts';
import { NETWORK_AND_PASSWORD_TOOLS } from '../data/network-and-password-tools.ts';
import { REMOTE_ACCESS_TOOLS } from '../data/remote-access-tools.ts';
import { SCRIPT_HOSTS } from '../data/script-hosts.ts';
import { SHELLS } from '../data/shells.ts';
import { UNUSUAL_PARENTS } from '../data/unusual-parents.ts';
import { lastPart, NameList, namesOf, stemOf, wordsOf } from '../names.ts';
import type { Rules } from '../observation.ts';
import { bundleOf } from '../place.ts';
import { undisguised } from '../undisguised.ts';

const listOf = (entries: readonly Known[]) =>
  new NameList(
    entries.flatMap((entry) =>
      [entry.name, ...(entry.also ?? [])].map((name) => [name, entry, entry.whole ?? false] as const),
    ),
  );

const ATTACK = listOf(ATTACK_TOOLS);
const REMOTE_ACCESS = listOf(REMOTE_ACCESS_TOOLS);
const NETWORK = listOf(NETWORK_AND_PASSWORD_TOOLS);

const stemsOf = (entries: readonly Known[]) => new Set(entries.flatMap(({ name, also = [] }) => [name, ...also]));

const ABUSED = stemsOf(ABUSED_SYSTEM_PROGRAMS);
const SHELL = stemsOf(SHELLS);
const HOST = stemsOf(SCRIPT_HOSTS);
const PARENT = stemsOf(UNUSUAL_PARENTS);
const SCRIPT = /\.(ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|bat|cmd|py|pyw|rb|pl|sh|command|scpt|applescript|jar|au3|ahk)$/i;

/** "python3.12", "zsh-5.9" */
const versionless = (stem: string) => (/\d$/.test(stem) ? stem.replace(VERSION, '') : stem);
const VERSION = /(?<![\d.])[\s._-]?v?\d+(?:\.\d+)*$/;

/** What the file is, told by its name and product. */
export const tool: Rules = (request, { guardrails }) => {
  const { subject, kind } = request;
  const names = ownNames(request);
  const words = names.map(wordsOf);
  const named = (list: NameList<unknown>, more: readonly string[]) =>
    names.find((_name, index) => [list, ownList(more)].some((known) => known.find(words[index] ?? []) !== null)) ??
    null;
  const stems = names.map(stemOf);
  const stemIn = (known: ReadonlySet<string>) => names.find((_name, index) => known.has(stems[index] ?? '')) ?? null;
  const hostIn = (known: ReadonlySet<string>) =>
    stemIn(known) ?? names.find((_name, index) => known.has(versionless(stems[index] ?? ''))) ?? null;
  const attack = named(ATTACK, guardrails.attackTools);
  const remote = named(REMOTE_ACCESS, guardrails.remoteAccessTools);
  const network = named(NETWORK, guardrails.networkTools);
  const abused =
    stemIn(ABUSED) ??
    [subject.process, ...subject.createdBy].find(
      (path) => path !== null && ABUSED.has(stemOf(undisguised(lastPart(path)))),
    );
  const shell = hostIn(SHELL);
  const script = hostIn(HOST) ?? names.find((name) => SCRIPT.test(name)) ?? null;
  const parent = subject.process === null ? null : undisguised(lastPart(subject.process));
  return [
    attack !== null && { id: 'attack-tool', fact: attack, message: 'This is named like a tool that attackers use.' },
    remote !== null && {
      id: 'remote-access-tool',
      fact: remote,
      message: 'This lets somebody else control the computer from afar.',
    },
    network !== null && {
      id: 'network-or-password-tool',
      fact: network,
      message: 'This looks into networks or passwords, or opens a way through them.',
    },
    abused != null && {
      id: 'abused-system-program',
      fact: abused,
      message:
        'A program of the system that is often used to run or fetch something else, or this came by one; what it does decides.',
    },
    shell !== null &&
      isElevated(request) && {
        id: 'elevated-shell',
        fact: `${shell}, ${kind}`,
        message: 'A command line with administrator rights can do everything.',
      },
    script !== null && {
      id: 'script-host',
      fact: script,
      message: 'A script, or a program that runs scripts: what it does stands in the script.',
    },
    parent !== null &&
      PARENT.has(stemOf(parent)) && {
        id: 'unusual-parent',
        fact: parent,
        message: 'It was started by a program that opens documents, mail or web pages.',
      },
  ];
};

/** Without what a copy adds; on a Mac the application's name as well, since its program may have any. */
function ownNames(request: ApprovalRequest): readonly string[] {
  const { path } = request.subject;
  const bundle = path === null ? null : bundleOf(path);
  return [...namesOf(request), ...(bundle === null ? [] : [bundle])].map(undisguised);
}

function isElevated({ kind }: ApprovalRequest): boolean {
  return kind === 'elevation' || kind === 'run-as-admin';
}

const ownLists = new WeakMap<readonly string[], NameList<unknown>>();

/** Made once for as long as the settings are the same. */
function ownList(names: readonly string[]): NameList<unknown> {
  const list = ownLists.get(names) ?? new NameList(names.map((own) => [own, true] as const));
  ownLists.set(names, list);
  return list;
}
