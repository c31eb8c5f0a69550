import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectWebSocket, type WebSocketLike } from '../../../src/renderer/lib/websocket-bridge.ts';

class FakeSocket implements WebSocketLike {
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: { id: number; name: string; input: unknown }[] = [];
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  receive(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

describe('the bridge over a WebSocket', () => {
  let sockets: FakeSocket[];
  const connect = () =>
    connectWebSocket({ protocol: 'http:', host: '127.0.0.1:4000' }, (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    });

  beforeEach(() => {
    sockets = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('asks on the same origin, keeps what is asked before it is open, and matches answers by id', async () => {
    const { bridge } = connect();
    const first = bridge.invoke('settings.get', {});
    const second = bridge.invoke('scan.status', {});
    const [socket] = sockets;
    expect(socket!.url).toBe('ws://127.0.0.1:4000/bridge');
    expect(socket!.sent).toEqual([]);
    socket!.onopen?.();
    expect(socket!.sent.map(({ name }) => name)).toEqual(['settings.get', 'scan.status']);
    socket!.receive({ type: 'response', id: socket!.sent[1]!.id, result: { ok: true, value: 'second' } });
    socket!.receive({ type: 'response', id: socket!.sent[0]!.id, result: { ok: true, value: 'first' } });
    expect([await first, await second]).toEqual([
      { ok: true, value: 'first' },
      { ok: true, value: 'second' },
    ]);
  });

  it('passes events that fit the contract and drops the rest', () => {
    const { bridge } = connect();
    const heard: unknown[] = [];
    const stop = bridge.on('stems.progress', (payload) => heard.push(payload));
    const [socket] = sockets;
    socket!.receive({ type: 'event', name: 'stems.progress', payload: { id: 3, fraction: 0.5 } });
    socket!.receive({ type: 'event', name: 'stems.progress', payload: { id: 'three' } });
    socket!.receive({ type: 'event', name: 'no.such', payload: {} });
    socket!.onmessage?.({ data: 'not json' });
    stop();
    socket!.receive({ type: 'event', name: 'stems.progress', payload: { id: 3, fraction: 1 } });
    expect(heard).toEqual([{ id: 3, fraction: 0.5 }]);
  });

  it('answers open questions with a failure when the connection is lost, and connects again', async () => {
    const { bridge, connection } = connect();
    const states: boolean[] = [];
    connection.watch((isOpen) => states.push(isOpen));
    sockets[0]!.onopen?.();
    const question = bridge.invoke('settings.get', {});
    sockets[0]!.onclose?.();
    expect(await question).toMatchObject({ ok: false, error: { code: 'host.unavailable' } });
    vi.advanceTimersByTime(1000);
    expect(sockets).toHaveLength(2);
    sockets[1]!.onopen?.();
    expect(states).toEqual([false, true, false, true]);
  });

  it('names media by the same origin', () => {
    expect(connect().bridge.mediaUrl({ kind: 'mel', id: 12, source: 'drums', window: 1 })).toBe('/media/mel/12/drums/1');
  });
});
