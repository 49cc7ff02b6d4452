/* Seats for the nodes of an answer: they push each other away and their relationships pull; the same answer always sits the same. */
(function (parley) {
  "use strict";
  const APART = 190;
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));

  function push(seats, moves) {
    for (let one = 0; one < seats.length; one += 1) {
      for (let other = one + 1; other < seats.length; other += 1) {
        const [dx, dy] = [seats[one].x - seats[other].x, seats[one].y - seats[other].y];
        const distance = Math.max(Math.hypot(dx, dy), 0.1);
        if (distance > APART * 6) continue;
        const force = (APART * APART) / distance / distance;
        moves[one].x += dx * force; moves[one].y += dy * force;
        moves[other].x -= dx * force; moves[other].y -= dy * force;
      }
    }
  }
  function pull(seats, moves, ties) {
    for (const [one, other] of ties) {
      const [dx, dy] = [seats[one].x - seats[other].x, seats[one].y - seats[other].y];
      const force = Math.hypot(dx, dy) / APART / 1.1;
      moves[one].x -= dx * force; moves[one].y -= dy * force;
      moves[other].x += dx * force; moves[other].y += dy * force;
    }
    seats.forEach((seat, at) => { moves[at].x -= seat.x * 0.06; moves[at].y -= seat.y * 0.06; });
  }
  /* Places {x, y} of `count` nodes with ties between them, pairs of numbers. */
  parley.seats = (count, ties) => {
    const seats = Array.from({ length: count }, (_, at) => ({ x: APART * 0.7 * Math.sqrt(at) * Math.cos(at * GOLDEN), y: APART * 0.7 * Math.sqrt(at) * Math.sin(at * GOLDEN) }));
    const rounds = count > 120 ? 160 : 320;
    for (let round = 0; round < rounds; round += 1) {
      const moves = seats.map(() => ({ x: 0, y: 0 }));
      push(seats, moves);
      pull(seats, moves, ties);
      const most = APART * 0.5 * (1 - round / rounds) + 0.5;
      seats.forEach((seat, at) => {
        const length = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.01);
        const step = Math.min(length * 0.1, most);
        seat.x += (moves[at].x / length) * step;
        seat.y += (moves[at].y / length) * step;
      });
    }
    return seats;
  };
})(window.parley);
