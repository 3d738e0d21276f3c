import type { Stage } from './stage.ts';

type Take = (stage: Stage, words: string) => Promise<unknown>;

/** A picture is taken even of what never ends loading. */
const SETTLE_MS = 5000;

/** What each step does with the words after its name. */
const STEPS: Readonly<Record<string, Take>> = {
  open: ({ workbench }, title) => workbench.openView(title),
  run: ({ workbench }, label) => workbench.runCommand(label),
  click: ({ workbench }, name) => workbench.row(name).first().click(),
  hover: ({ workbench }, name) => workbench.row(name).first().hover(),
  menu: ({ workbench }, name) => workbench.row(name).first().click({ button: 'right' }),
  welcome: ({ workbench }, label) => workbench.welcomeButton(label).click(),
  pick: ({ workbench }, label) => workbench.pick(label),
  type: ({ workbench }, text) => workbench.answerInput(text),
  answer: ({ workbench }, button) => workbench.answerModal(button),
  press: ({ workbench }, key) => workbench.page.keyboard.press(key),
  // Somewhere in the window or, in the review, in its page.
  wait: ({ workbench }, text) =>
    Promise.any([
      workbench.page.getByText(text).first().waitFor(),
      workbench.webviewFrame().getByText(text).first().waitFor(),
    ]),
  // A made-up request in the sandbox.
  arrive: async ({ sandbox }) => sandbox.arrive(),
  reload: ({ workbench }) => workbench.reload(),
  shot: async ({ workbench }, name) => {
    await workbench.settled(SETTLE_MS).catch(() => process.stdout.write(`Still at work: ${name}\n`));
    process.stdout.write(`${await workbench.screenshot(name)}\n`);
  },
};

/** @param text a step's name and what it is about: `run Countersign: Refresh` */
export function parseStep(text: string): (stage: Stage) => Promise<unknown> {
  const [name = '', ...words] = text.split(' ');
  const take = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (!take) throw new Error(`"${name}" is no step. There are: ${Object.keys(STEPS).join(', ')}.`);
  return (stage) => take(stage, words.join(' '));
}

/** Each picture's name ends with where it was taken. What a step that fails looks like is kept. */
export async function takeSteps(stage: Stage, steps: readonly string[], where: string): Promise<void> {
  for (const text of steps) {
    const step = text.startsWith('shot') ? `${text} ${where}` : text;
    try {
      await parseStep(step)(stage);
    } catch (cause) {
      const kept = await stage.workbench.keepEvidence(`look ${where} ${text}`);
      throw new Error(`"${text}" failed (${where}); see ${kept}`, { cause });
    }
  }
}
