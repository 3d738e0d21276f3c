import { expect, test } from 'vitest';
import { linksOf } from '../../../extension/src/review/links.ts';
import { openWorld } from '../../support/world.ts';

test('only addresses over https at hosts that are known are links', async () => {
  const world = await openWorld();
  try {
    const { request } = await (await world.provider('acme')).get(world.named('usb-read').id);
    const of = (url: string) => linksOf({ ...request, links: [{ label: 'x', url }] }).map((link) => link.url);
    expect(of('https://www.virustotal.com/gui/file/ab')).toEqual(['https://www.virustotal.com/gui/file/ab']);
    expect(of('https://portal.threatlocker.com/x')).toEqual(['https://portal.threatlocker.com/x']);
    for (const url of [
      'http://www.virustotal.com/',
      'https://virustotal.com.evil.example/',
      'https://evilvirustotal.com/',
      'https://www.virustotal.com@evil.example/',
      'https://kim:secret@www.virustotal.com/',
      'https://www.virustotal.com:8443/',
      'command:workbench.action.terminal.new',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'www.virustotal.com',
      '',
    ]) {
      expect(of(url)).toEqual([]);
    }
  } finally {
    await world.close();
  }
});
