// Signals to look at: where two averages cross.

/** In the server's form. */
export function crossings(frame, symbol, interval) {
  const [fast, slow] = [12, 48].map((period) => frame.compute('ema', { period }).ema.slice());
  const [time, close] = [frame.time.slice(), frame.column('close').slice()];
  const list = [];
  for (let row = 1; row < time.length; row++) {
    const [before, now] = [Math.sign(fast[row - 1] - slow[row - 1]), Math.sign(fast[row] - slow[row])];
    if (Number.isNaN(before) || before === now) continue;
    const price = close[row];
    list.push({
      symbol,
      interval,
      time: time[row],
      strategy: 'ema_cross',
      side: now > 0 ? 'buy' : 'sell',
      entry_price: price,
      stop_loss: price * (1 - now * 0.03),
      take_profit: price * (1 + now * 0.06),
      score: 0.5 + (Math.abs(fast[row] - slow[row]) / price) * 100,
      reason: `EMA 12 crossed ${now > 0 ? 'above' : 'below'} EMA 48`,
    });
  }
  return list;
}

/** The frame of a CSV file with a header. */
export function parse(Frame, text) {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const columns = Object.fromEntries(header.split(',').map((name) => [name, new Float64Array(lines.length)]));
  const names = Object.keys(columns);
  for (const [row, line] of lines.entries()) for (const [index, cell] of line.split(',').entries()) columns[names[index]][row] = Number(cell);
  return Frame.from(columns);
}
