using System.Text;
using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Packs;

namespace Gateway.Gait.Tests.Packs;

/// <summary>A run of two calls, and a key that is always the same.</summary>
internal static class SampleRun
{
    public static readonly Ed25519PrivateKey Key = KeyOf(1);
    public static readonly Ed25519PrivateKey OtherKey = KeyOf(2);

    public const string Input = """
        {
          "capture_mode": "raw",
          "run": {
            "run_id": "run_sample", "created_at": "2026-02-05T00:00:00Z", "producer_version": "0.1.0",
            "env": {"os": "linux", "arch": "x64", "runtime": "test"},
            "timeline": [{"event": "start", "ts": "2026-02-05T00:00:00Z"}]
          },
          "intents": [
            {"intent_id": "intent_1", "tool_name": "tool.search", "args": {"query": "<é>"}},
            {"intent_id": "intent_2", "tool_name": "tool.delete", "args": {"id": 7}}
          ],
          "results": [
            {"intent_id": "intent_1", "status": "ok", "result": {"hits": 3}},
            {"intent_id": "intent_2", "status": "error",
             "result": {"verdict": "block", "reason_codes": ["no_deletes"], "violations": ["delete"]}}
          ],
          "refs": {"receipts": []}
        }
        """;

    public static JsonObject Json => JsonNode.Parse(Input)!.AsObject();

    public static byte[] Pack(Ed25519PrivateKey? key, Action<JsonObject>? change = null)
    {
        var input = Json;
        change?.Invoke(input);
        return RunpackWriter.Write(RunRecordingReader.Read(Encoding.UTF8.GetBytes(input.ToJsonString())), key);
    }

    public static Runpack Read(byte[] pack)
    {
        var reading = RunpackReader.Read(pack);
        Assert.True(reading.TryGet(out var read), reading.Problem?.ToString());
        return read;
    }

    public static Ed25519PrivateKey KeyOf(byte seed)
    {
        var bytes = new byte[Ed25519PrivateKey.SeedSize];
        bytes[0] = seed;
        Assert.True(Ed25519PrivateKey.TryCreate(bytes, out var key));
        return key;
    }
}
