import { sha256Hex } from '../approval/index.ts';

/** One line of the journal. It is never changed; each carries the digest of the one before it. */
export interface JournalRow {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly decision: string;
  /** The design's status words, and `planned`, `confirmed`, `executing`, `reconciled`. */
  readonly phase: string;
  /** Reference of the request that the line is about; empty for a whole decision. */
  readonly request: string;
  /** JSON. */
  readonly data: string;
  readonly previous: string;
  readonly digest: string;
}

/** The last line's place and digest. Kept elsewhere, it shows later whether anything was cut off or rewritten. */
export interface JournalHead {
  readonly seq: number;
  readonly digest: string;
}

/** As `countersign journal verify --head` takes it. */
export function headText({ seq, digest }: JournalHead): string {
  return `${seq}:${digest}`;
}

/** `null`: it is none. */
export function parseHead(text: string): JournalHead | null {
  const [, seq, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || digest === undefined ? null : { seq: Number(seq), digest };
}

export interface JournalFlaw {
  readonly seq: number;
  readonly message: string;
}

/** The digest of a line. No field before `data` can hold a line feed, so no two lines share a text. */
export function rowDigest(row: Omit<JournalRow, 'digest'>): string {
  const { seq, at, decision, phase, request, previous, data } = row;
  return sha256Hex([seq, at, decision, phase, request, previous, data].join('\n'));
}

/** What a journal begins with. @param ledger the random id of the ledger, so that two ledgers share no line */
export function firstDigest(ledger: string): string {
  return sha256Hex(`countersign/journal/v1\n${ledger}`);
}

/**
 * Names every line that was changed, inserted, reordered or removed, in the order of the journal.
 * @param parts the lines, in as many parts as are read at a time
 */
export async function verifyRows(
  parts: AsyncIterable<readonly JournalRow[]>,
  ledger: string,
  known?: JournalHead,
): Promise<readonly JournalFlaw[]> {
  const flaws: JournalFlaw[] = [];
  let before: JournalHead = { seq: 0, digest: firstDigest(ledger) };
  let knownSeen = known === undefined || known.seq === 0;
  const check = (row: JournalRow) => {
    const flaw = (message: string) => flaws.push({ seq: row.seq, message });
    if (row.seq < 1) {
      flaw(`Line ${row.seq} was inserted before the first.`);
      return;
    }
    if (row.seq !== before.seq + 1) {
      flaw(gapMessage(before.seq, row.seq));
    } else if (row.previous !== before.digest) {
      flaw(`Line ${row.seq} does not continue line ${before.seq}: one of them was exchanged, or lines were reordered.`);
    }
    if (rowDigest(row) !== row.digest) flaw(`Line ${row.seq} was changed after it was written.`);
    if (known?.seq === row.seq) {
      knownSeen = true;
      if (known.digest !== row.digest) {
        flaw(`Line ${row.seq} is not the one that the head names: the journal was rewritten up to there.`);
      }
    }
    before = { seq: row.seq, digest: row.digest };
  };
  for await (const rows of parts) for (const row of rows) check(row);
  if (!knownSeen) {
    const message = `The journal ends at line ${before.seq}, but the head names line ${known?.seq}: its end was cut off.`;
    flaws.push({ seq: before.seq, message });
  }
  return flaws;
}

function gapMessage(before: number, seq: number): string {
  const [first, last] = [before + 1, seq - 1];
  return first >= last ? `Line ${first} was removed.` : `Lines ${first} to ${last} were removed.`;
}
