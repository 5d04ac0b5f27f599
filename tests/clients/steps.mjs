// Runs the steps of a client's script in order and prints a JSON line for each: what the client returned or threw, and what the provider
// received for it.

const seen = `${process.env.SEEN_URL}/_seen`;

/** @param steps name -> async function that gives what the client returned. A step may use what an earlier one kept. */
export async function run(steps) {
  for (const [step, act] of Object.entries(steps)) {
    await fetch(seen, { method: 'DELETE' });
    const line = { step };
    try {
      line.returned = (await act()) ?? null;
    } catch (error) {
      line.error = told(error);
    }

    line.received = (await (await fetch(seen)).json()).map(({ bodyBase64, ...request }) => request);
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, resolve));
  }

  process.exit(0); // Some clients keep connections and timers.
}

/** All items of an async iterable. */
export async function collect(items) {
  const all = [];
  for await (const item of items) {
    all.push(item);
  }

  return all;
}

/** What a user would see of an error: its type, its message, and what the answer was. */
function told(error) {
  return { type: error?.constructor?.name, message: String(error?.message ?? error), status: error?.status ?? error?.statusCode };
}
