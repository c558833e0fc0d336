import { expect, test } from "vitest";
import { Api, ApiError } from "./api.ts";

interface Asked {
  address: string;
  request: RequestInit | undefined;
}

function answering(status: number, body: string): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetcher: typeof fetch = async (address, request) => {
    asked.push({ address: String(address), request });
    return new Response(body, { status });
  };
  return { api: new Api("http://host/room/", fetcher), asked };
}

test("the API lies under the page, and a token goes into the header", async () => {
  const { api, asked } = answering(200, "[]");
  await api.matches("host token", 10);
  expect(asked[0]?.address).toBe("http://host/room/api/matches?most=10");
  expect(asked[0]?.request?.headers).toEqual({ authorization: "Bearer host token" });
});

test("what a person typed cannot leave its place in the address", async () => {
  const { api, asked } = answering(200, '{"events":[]}');
  await api.log("../host", "archive&as=CHN");
  expect(asked[0]?.address).toBe(
    "http://host/room/api/matches/..%2Fhost/log?as=archive%26as%3DCHN",
  );
});

test("a no carries its code and reason", async () => {
  const { api } = answering(404, '{"code":"no_such_code","message":"no match has the code X"}');
  await expect(api.join("X", "Amna")).rejects.toMatchObject({
    status: 404,
    code: "no_such_code",
    message: "no match has the code X",
  });
});

test("a no that is not ours still says what was said", async () => {
  const { api } = answering(502, "<h1>Bad gateway</h1>");
  await expect(api.scenarios()).rejects.toMatchObject({ code: "http_error", status: 502 });
});

test("a server out of reach has its own code", async () => {
  const api = new Api("http://host/", () => Promise.reject(new TypeError("failed to fetch")));
  await expect(api.scenarios()).rejects.toBeInstanceOf(ApiError);
  await expect(api.scenarios()).rejects.toMatchObject({ code: "offline", status: 0 });
});
