// The same work on Colyseus, in memory: two players choose at once; the reveal follows the second choice.
// node server.mjs PORT
import { createServer } from 'node:http';
import { Room, Server } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';

const PAYOFFS = { CC: [3, 3], CD: [0, 5], DC: [5, 0], DD: [1, 1] };

class Dilemma extends Room {
  maxClients = 2;
  round = 1;
  chosen = new Map();
  scores = [0, 0];

  onCreate() {
    this.onMessage('choose', (client, action) => this.choose(client, action));
  }

  onJoin(client) {
    client.seat = this.clients.length - 1;
  }

  choose(client, action) {
    this.chosen.set(client.seat, action);
    client.send('stored', this.round);
    if (this.chosen.size < 2) return;
    const actions = [this.chosen.get(0), this.chosen.get(1)];
    const gained = PAYOFFS[actions.join('')];
    this.scores = this.scores.map((score, seat) => score + gained[seat]);
    this.broadcast('reveal', { round: this.round, actions, gained, scores: this.scores });
    this.round += 1;
    this.chosen.clear();
  }
}

const transport = new WebSocketTransport({ server: createServer(), pingInterval: 0 });
const server = new Server({ transport, greet: false });
server.define('dilemma', Dilemma);
await server.listen(Number(process.argv[2]), '127.0.0.1');
console.log('ready');
