import type { JsonObject } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import { secretProblem } from './ask-secret.ts';
import { memberText, providerIn, secretNameOf, variableOf, withSecret } from './content.ts';
import type { Desk } from './desk.ts';

/** An account as it comes here. */
export interface Taken {
  readonly entry: JsonObject;
  /** `null`: it is kept in a file or by a program, and stays there. Its value `null`: it isn't known. */
  readonly secret: {
    readonly name: string;
    readonly value: string | null;
    readonly from: 'environment' | 'person';
  } | null;
}

/** With their secrets, where variables hold them: from this editor's environment, else from the person, who may have none. */
export async function askSecrets(
  { host, io }: Pick<Desk, 'host' | 'io'>,
  entries: readonly JsonObject[],
): Promise<readonly Taken[] | null> {
  const typed = new Map<string, string>();
  const taken: Taken[] = [];
  for (const entry of entries) {
    const variable = variableOf(entry);
    if (variable === null) {
      taken.push({ entry, secret: null });
      continue;
    }
    const provider = providerIn(entry);
    const name = secretNameOf(memberText(entry, 'id'));
    const kept = withSecret(entry, { env: name });
    const value = io.env[variable] ?? '';
    if (secretProblem(value, provider) === null) {
      taken.push({ entry: kept, secret: { name, value: value.trim(), from: 'environment' } });
      continue;
    }
    let answer = typed.get(variable);
    if (answer === undefined) {
      const step = await host.dialogs.input({
        title: l10n.t('Import Accounts'),
        prompt: l10n.t(
          'The variable {0}, which holds the secret of account "{1}", can\'t be read in this editor. Type the secret, or leave this empty and sign in later.',
          variable,
          memberText(entry, 'id'),
        ),
        password: true,
        validate: (text) => (text.trim() === '' ? null : secretProblem(text, provider)),
      });
      if (step.kind !== 'done') return null;
      answer = step.value.trim();
      typed.set(variable, answer);
    }
    taken.push({ entry: kept, secret: { name, value: answer === '' ? null : answer, from: 'person' } });
  }
  return taken;
}
