import { Agent, request } from "node:http";

export interface Asked {
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request to a server on this machine; null where no whole answer came. */
export const ask = (origin: string, { path, method = "GET", headers = {}, body }: Asked): Promise<Answered | null> =>
  new Promise((done) => {
    const { port, host } = new URL(origin);
    const sent = request(
      { host: "127.0.0.1", port, path, method, agent, headers: { host, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
        response.on("error", () => done(null));
      },
    );
    sent.on("error", () => done(null));
    sent.end(body);
  });

/** Readers who ask again and again until told to stop, or until nobody answers. */
export const keepAsking = (origin: string, readers: number, next: (count: number) => Asked) => {
  const got: Answered[] = [];
  let [goesOn, count] = [true, 0];
  const read = async (): Promise<void> => {
    while (goesOn) {
      count += 1;
      const answered = await ask(origin, next(count));
      if (answered === null) return;
      got.push(answered);
    }
  };
  const gone = Promise.all(Array.from({ length: readers }, read)).then(() => undefined);
  return {
    got,
    gone,
    end: (): Promise<void> => {
      goesOn = false;
      return gone;
    },
  };
};
