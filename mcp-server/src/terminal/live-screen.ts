import type { ReadStream, WriteStream } from 'node:tty';

/** A terminal that a command has for itself for a while. What stood there before stands there again afterwards. */
export interface LiveScreen {
  readonly rows: number;
  /** Shows these lines, and draws those alone that changed. */
  draw(lines: readonly string[]): void;
  close(): void;
}

export interface LiveEvents {
  readonly key: (key: string) => void;
  /** It has another size now, so that all is to be drawn anew. */
  readonly resized: () => void;
  /** It is gone. */
  readonly gone: () => void;
}

const ESC = '\u001b[';
/** Another screen than the one with the shell's lines, no cursor, and no line that runs on in the next. */
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l`;
const LEAVE = `${ESC}?7h${ESC}?25h${ESC}?1049l`;
/** Shown at once, by terminals that know how. */
const [TOGETHER, DONE] = [`${ESC}?2026h`, `${ESC}?2026l`];
const CLEAR = `${ESC}H${ESC}2J`;
/** Where a terminal does not tell, such as a serial line. */
const DEFAULT_ROWS = 24;
const CTRL_Z = '\u001a';
/** So begin the characters by which a terminal tells of one key, such as F2. */
const ESCAPE = '\u001b';

/** @param keyboard `null`: no key is heard */
export function openLiveScreen(
  keyboard: ReadStream | null,
  screen: WriteStream,
  { key, resized, gone }: LiveEvents,
): LiveScreen {
  let drawn: readonly string[] = [];
  const enter = () => {
    keyboard?.setRawMode(true).resume();
    screen.write(ENTER + CLEAR);
    drawn = [];
  };
  const leave = () => {
    screen.write(LEAVE);
    keyboard?.setRawMode(false).pause();
  };
  const anew = () => {
    screen.write(CLEAR);
    drawn = [];
    resized();
  };
  const typed = (text: Buffer) => {
    const keys = String(text);
    if (keys.startsWith(ESCAPE) && keys.length > 1) return;
    for (const one of keys) {
      if (one === CTRL_Z && process.platform !== 'win32') suspend();
      else key(one);
    }
  };
  /** As Ctrl-Z does to other programs, which a terminal in raw mode leaves to us. */
  const suspend = () => {
    leave();
    process.kill(process.pid, 'SIGTSTP');
    // Where it is let go on, or at once where no shell would have it stop.
    setImmediate(() => {
      enter();
      resized();
    });
  };
  keyboard?.on('data', typed).once('end', gone).on('error', gone);
  screen.on('resize', anew);
  // Whatever ends the process, the terminal is given back.
  process.once('exit', leave);
  enter();
  return {
    get rows() {
      return screen.rows || DEFAULT_ROWS;
    },
    draw: (lines) => {
      const changes = Array.from({ length: Math.max(lines.length, drawn.length) }, (_, row) =>
        lines[row] === drawn[row] ? '' : `${ESC}${row + 1};1H${lines[row] ?? ''}${ESC}K`,
      ).join('');
      drawn = lines;
      if (changes !== '') screen.write(TOGETHER + changes + DONE);
    },
    close: () => {
      process.off('exit', leave);
      screen.off('resize', anew);
      leave();
      keyboard?.destroy();
    },
  };
}
