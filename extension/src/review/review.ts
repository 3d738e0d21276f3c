import { type Finding, isHandled, type RequestReference } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Decider } from '../confirm/index.ts';
import { createDisposables, type Disposable, type Host, type Panel } from '../host/index.ts';
import type { QueueStore } from '../queue/store.ts';
import type { Runtime } from '../runtime.ts';
import { decideView } from './decide-view.ts';
import { createDesk } from './desk.ts';
import { endBanner, staysOpen } from './ended.ts';
import { elsewhere, findingsNow } from './findings.ts';
import { addable } from './form/offers.ts';
import { linksOf } from './links.ts';
import type { Banner, DraftField, FromPage, PageVerdict, PartId } from './messages.ts';
import { parseMessage } from './parse-message.ts';
import { createPoster } from './poster.ts';
import { createReader, HISTORIES, type Whole } from './reader.ts';
import { sentenceOf } from './reading.ts';
import { HISTORY_PARTS, sectionsOf } from './sections.ts';
import { headerOf, titleOf } from './view/header.ts';
import { createWatch, meanwhile } from './watch.ts';

export interface ReviewDependencies {
  readonly host: Host;
  readonly runtime: Runtime;
  readonly store: QueueStore;
  readonly decider: Decider;
  /** Opens the review of another request. */
  readonly open: (request: RequestReference) => void;
}

/** One page about one request, for as long as it is open. @param panel its key is the request's reference, or anything after a reload */
export function createReview(panel: Panel, { host, runtime, store, decider, open }: ReviewDependencies): Disposable {
  const { log } = host;
  const reference = panel.key as RequestReference;
  const page = createPoster(panel);
  const reader = createReader(panel.key, runtime, log);
  const templates = () => host.settings.get('denyReasons');
  const desk = createDesk(templates);
  let watch = createWatch(reference);
  let findings: readonly Finding[] = [];
  let whyNot: string | null = null;
  let banner: Banner | null = null;
  /** It ended, or is not as it was, until it is read again. */
  let isClosed = false;
  let isRawOpen = false;
  let isLooking = false;
  let busy: string | null = null;

  const whole = (): Whole | null => (reader.now.whole.kind === 'read' ? reader.now.whole.value : null);

  const decideNow = (focus: DraftField | null = null) => {
    const { draft, revision, offers, problems } = desk;
    const chosen = { draft, revision, offers, problems, focus };
    const state = {
      readings: reader.now,
      findings,
      templates: templates(),
      whyNot,
      isClosed,
      banner,
      busy,
      now: runtime.now(),
    };
    return decideView({ ...state, ...chosen });
  };
  const showDecide = (focus?: DraftField | null) => {
    page.post('decide', { type: 'decide', decide: decideNow(focus) });
  };

  const show = () => {
    const known = whole();
    if (known) panel.title(l10n.t('Review: {0}', titleOf(known.request)));
    if (!page.isThere) return;
    const now = runtime.now();
    const { now: readings } = reader;
    findings = findingsNow(readings, store.state, now);
    const sections = sectionsOf({ readings, findings, queue: store.state, isRawOpen, now });
    page.post('banner', { type: 'banner', banner });
    if (known) page.post('header', { type: 'header', header: headerOf(known.request, known.entry.account, now) });
    page.layOut(sections.map(({ id }) => id));
    for (const section of sections) page.post(section.id, { type: 'section', section });
    showDecide();
  };

  const reload = async () => {
    banner = null;
    isClosed = false;
    watch = createWatch(reference);
    whyNot = runtime.whyNoLedger()?.message ?? null;
    await reader.reload();
  };

  /** Holds what is shown against what the vendor says now. */
  const look = async () => {
    const before = whole();
    if (!before || isLooking || isClosed || busy !== null) return;
    isLooking = true;
    const now = await reader.look().finally(() => {
      isLooking = false;
    });
    if (busy !== null || whole()?.at !== before.at) return;
    const changed = meanwhile(before.request, now);
    if (changed) {
      banner = changed;
      isClosed = true;
    }
    // What is handled is shown as that; facts that changed are shown when somebody reads them again.
    const isShown = now !== 'gone' && now.kind === 'read' && (changed === null || isHandled(now.value.status));
    if (isShown) reader.show(now.value);
    else show();
  };

  const decide = async (verdict: PageVerdict) => {
    const known = whole();
    // Whatever the page says, what is off can't be decided.
    const form = decideNow().forms.find((one) => one.verdict === verdict);
    if (!known || form?.off !== null) return showDecide();
    const decision = desk.decision(verdict, known, runtime.now());
    if (decision === null) {
      const [first] = desk.problems;
      showDecide(first?.field);
      return page.say(cleanLine(first?.message ?? '', 500));
    }
    banner = null;
    busy = l10n.t('It goes on in the dialog, which tells exactly what would be sent.');
    show();
    // The editor gives the focus back to the frame around the page only, whence a keyboard would begin anew. Once, and at
    // once: later its person may be elsewhere.
    let isBack = false;
    const giveBack = () => {
      if (!isBack) panel.refocus();
      isBack = true;
    };
    const listening = host.modals.onDidClose(giveBack);
    try {
      const result = await decider.decide([reference], decision);
      if (result === null) {
        giveBack();
        banner = notSent();
        return;
      }
      banner = endBanner(verdict, result);
      if (result.status === 'needs-choice') {
        desk.ask((result.choices ?? []).filter(({ request }) => request === reference));
        return;
      }
      isClosed = !staysOpen(verdict, result);
      const now = await reader.look();
      if (now !== 'gone' && now.kind === 'read') reader.show(now.value);
    } catch (error) {
      const lines = [sentenceOf(error, log)];
      banner = { tone: 'bad', title: l10n.t('It could not be decided'), lines, reload: l10n.t('Read it again') };
      // Whether anything was sent is not known here.
      isClosed = true;
    } finally {
      listening.dispose();
      busy = null;
      show();
    }
  };

  const search = async () => {
    page.say(l10n.t('Searching …'));
    const { offers } = desk;
    const found = await reader.search(desk.draft.search);
    if (!offers || desk.offers?.request !== offers.request) return;
    if (found.kind === 'failed') page.say(cleanLine(found.message, 500));
    if (found.kind !== 'read') return;
    desk.found(found.value);
    showDecide();
    page.say(l10n.t('Applications found: {0}.', String(addable({ ...offers, options: found.value }).length)));
  };

  const read = async (part: PartId) => {
    const history = HISTORIES.find((of) => HISTORY_PARTS[of] === part);
    if (history) return await reader.read(history);
    switch (part) {
      case 'matching':
      case 'research':
        return await reader.read('research');
      case 'ours':
      case 'vendor':
        return await reader.read('earlier');
      case 'options':
        return await reader.read('options');
      case 'elsewhere':
        return await store.refresh();
      case 'raw':
        isRawOpen = true;
        return show();
      default:
        return await reload();
    }
  };

  const copy = async (id: string) => {
    const subject = whole()?.request.subject;
    const known = new Map([
      ['reference', panel.key],
      ['sha256', subject?.sha256],
      ['vendor-hash', subject?.vendorHash],
    ]);
    const text = known.get(id);
    if (!text) return;
    await host.clipboard.write(cleanLine(text, 200));
    page.say(l10n.t('Copied.'));
  };

  const handle = async (message: FromPage) => {
    const known = whole();
    switch (message.type) {
      case 'ready':
        page.begin();
        return show();
      case 'reload':
        return await reload();
      case 'read':
        return await read(message.part);
      case 'copy':
        return await copy(message.id);
      case 'open': {
        const link = known && linksOf(known.request)[Number(message.id)];
        return link ? await host.openExternal(link.url) : undefined;
      }
      case 'review': {
        const other = known && elsewhere(known.request, store.state).find((one) => one.reference === message.id);
        return other ? open(other.reference) : undefined;
      }
      case 'choose':
      case 'search':
      case 'decide': {
        // What stands on the page when its button is pressed is what is decided, whatever was told before.
        if (busy === null) desk.take(message.draft, message.revision);
        if (message.type === 'decide') return await decide(message.verdict);
        if (message.type === 'search') return await search();
        desk.changed(message.changed);
        return showDecide();
      }
      default:
        return message satisfies never;
    }
  };

  const tell = (error: unknown) => page.say(sentenceOf(error, log));
  const ending = createDisposables();
  ending.add(
    panel.onMessage((value) => {
      const message = parseMessage(value);
      if (message) handle(message).catch(tell);
    }),
  );
  ending.add(
    reader.onDidChange(() => {
      desk.lay(reader.now);
      show();
    }),
  );
  ending.add(
    store.onDidChange((state) => {
      show();
      const known = whole();
      if (known && watch.notice(state, known.at)) look().catch(tell);
    }),
  );
  ending.add(reader);
  panel.title(l10n.t('Review: {0}', cleanLine(panel.key, 80)));
  reload().catch(tell);
  return ending;
}

function notSent(): Banner {
  return { tone: 'plain', title: l10n.t('Nothing was sent'), lines: [l10n.t('The dialog was closed.')], reload: null };
}
