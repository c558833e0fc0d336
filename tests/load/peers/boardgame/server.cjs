// The same work on boardgame.io: two players choose at once; the reveal follows the second choice.
// node server.cjs PORT [FOLDER]: with a folder, matches are kept in files, otherwise in memory.
// node-persist stays at 3.1.0, the version boardgame.io 0.50.2 was released with. From 3.1.1 on, a write that
// comes while another runs waits for the next write or for a timer of one second, which FlatFile cannot turn off.
const { Server, FlatFile } = require('boardgame.io/server');
const { ActivePlayers } = require('boardgame.io/core');
const [port, folder] = process.argv.slice(2);

const PAYOFFS = { CC: [3, 3], CD: [0, 5], DC: [5, 0], DD: [1, 1] };

function choose({ G, playerID }, action) {
  G.chosen[playerID] = action;
  G.stage = 'open';
  if (Object.keys(G.chosen).length < 2) return;
  const gained = PAYOFFS[G.chosen[0] + G.chosen[1]];
  G.last = { actions: G.chosen, gained };
  G.scores = G.scores.map((score, seat) => score + gained[seat]);
  G.chosen = {};
  G.round += 1;
  G.stage = 'shown';
}

const dilemma = {
  name: 'dilemma',
  disableUndo: true,
  setup: () => ({ round: 1, chosen: {}, scores: [0, 0], last: null, stage: 'open' }),
  turn: { activePlayers: ActivePlayers.ALL },
  moves: { choose: { move: choose, ignoreStaleStateID: true } },
  playerView: ({ G, playerID }) => ({ ...G, chosen: { [playerID]: G.chosen[playerID] } }),
};

const db = folder ? new FlatFile({ dir: folder }) : undefined;
Server({ games: [dilemma], db, origins: ['*'] }).run({ port: Number(port), callback: () => console.log('ready') });
