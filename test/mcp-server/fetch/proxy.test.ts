import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { countersign } from '../terminal/command.ts';

test('what was built asks the proxy of the environment for a way to the vendor', async () => {
  const proxy = createServer();
  const asked = new Promise<string | undefined>((resolve) => {
    proxy.on('connect', (request, socket) => {
      resolve(request.url);
      // The command may hang up before it has read all of the answer.
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const ended = countersign(['list'], {
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    THREATLOCKER_INSTANCE: 'g',
    THREATLOCKER_API_TOKEN: 'none',
  });
  const first = await Promise.race([asked, ended.then(({ stdout, stderr }) => `ended: ${stdout}${stderr}`)]);
  expect(first).toBe('portalapi.g.threatlocker.com:443');
});
