using System.Text;
using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Traces;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Demonstration;

/// <summary>
/// A small run that is always the same: three calls, each judged by a small policy. Its key can be made by anybody, so its signature shows
/// how signing works and nothing else.
/// </summary>
internal sealed class DemoRun
{
    public const string RunId = "run_demo";
    private const string Time = "2026-02-05T00:00:00Z";
    private const string Producer = "gateway";

    private static readonly string[] Intents =
    [
        """{"tool_name":"tool.search","args":{"query":"orders of """
            + """last week"},"targets":[{"kind":"host","value":"api.example.com","operation":"get"}]""",
        """{"tool_name":"tool.fetch","args":{"url":"https://example.com/"""
            + """orders"},"targets":[{"kind":"url","value":"https://example.com/orders","operation":"get"}]""",
        """{"tool_name":"tool.delete_user","args":{"user_id":"u-"""
            + """17"},"targets":[{"kind":"table","value":"users","operation":"delete"}],"arg_"""
            + """provenance":[{"arg_path":"$.user_id","source":"external"}]""",
    ];

    private DemoRun() { }

    public static string PolicyText { get; } =
        """
            schema_id: gait.gate.policy
            schema_version: 1.0.0
            default_verdict: block
            rules:
              - name: block-external-deletes
                priority: 1
                effect: block
                match:
                  tool_names: [tool.delete_user]
                  provenance_sources: [external]
                reason_codes: [blocked_prompt_injection]
                violations: [external_instruction]
              - name: allow-reads
                priority: 10
                effect: allow
                match:
                  tool_names: [tool.fetch, tool.search]

            """;

    public static Ed25519PrivateKey Key { get; } = KeyOf("gateway demo key: it proves nothing");

    public required RunRecording Recording { get; init; }

    /// <summary>The requests, each a file's content.</summary>
    public required IReadOnlyList<byte[]> Requests { get; init; }

    /// <summary>One a request, each following the one before.</summary>
    public required IReadOnlyList<SignedTrace> Traces { get; init; }

    /// <summary>The last decision, which blocks.</summary>
    public required RuleOutcome Last { get; init; }

    public static DemoRun Make()
    {
        var policy = RulePolicyReader.Read(new SourceFile("demo_policy.yaml", PolicyText)).Value!;
        var engine = new RuleEngine(policy);
        var facts = new RuleFacts
        {
            Now = DateTimeOffset.Parse(Time, System.Globalization.CultureInfo.InvariantCulture),
            KillSwitch = KillSwitch.NotUsed,
        };
        var requests = Intents.Select(text => Encoding.UTF8.GetBytes(Whole(text))).ToList();
        var (intents, results, traces) = (new JsonArray(), new JsonArray(), new List<SignedTrace>());
        var last = new RuleOutcome();
        foreach (var request in requests)
        {
            var intent = IntentReader.Read(request).Intent!;
            last = engine.Evaluate(intent, facts);
            var subject = TraceSubject.FromIntent(intent, PolicyCanonicalForm.Digest(policy), last, Producer) with
            {
                RunId = RunId,
                Previous = traces.LastOrDefault()?.Digest,
            };
            traces.Add(SignedTrace.Write(subject, Key));
            var id = $"intent_{traces.Count}";
            intents.Add(
                new JsonObject
                {
                    ["intent_id"] = id,
                    ["tool_name"] = intent.ToolName,
                    ["args"] = JsonNode.Parse(intent.Args.Span),
                }
            );
            results.Add(Result(id, last));
        }

        return new DemoRun
        {
            Recording = RunRecordingReader.Read(Input(intents, results)),
            Requests = requests,
            Traces = traces,
            Last = last,
        };
    }

    private static string Whole(string intent) =>
        intent
        + $$""","context":{"identity":"demo-agent","workspace":"/demo","risk_class":"high","run_id":"{{RunId}}"},"schema_id":"gait.gate."""
        + $$"""intent_request","schema_version":"1.0.0","created_at":"{{Time}}","producer_version":"{{Producer}}"}""";

    private static JsonObject Result(string id, RuleOutcome outcome) =>
        new()
        {
            ["intent_id"] = id,
            ["status"] = outcome.Verdict == Verdict.Allow ? "ok" : "error",
            ["result"] = new JsonObject
            {
                ["executed"] = outcome.Verdict == Verdict.Allow,
                ["verdict"] = RuleVerdicts.Word(outcome.Verdict),
                ["reason_codes"] = outcome.ReasonCodes.ToJson(),
                ["violations"] = outcome.Violations.ToJson(),
            },
        };

    private static JsonObject Input(JsonArray intents, JsonArray results) =>
        new()
        {
            ["capture_mode"] = "raw",
            ["run"] = new JsonObject
            {
                ["run_id"] = RunId,
                ["created_at"] = Time,
                ["producer_version"] = Producer,
                ["env"] = new JsonObject
                {
                    ["os"] = "demo",
                    ["arch"] = "demo",
                    ["runtime"] = "gateway",
                },
                ["timeline"] = new JsonArray(
                    new JsonObject { ["event"] = "start", ["ts"] = Time },
                    new JsonObject { ["event"] = "finish", ["ts"] = "2026-02-05T00:00:02Z" }
                ),
            },
            ["intents"] = intents,
            ["results"] = results,
            ["refs"] = new JsonObject { ["receipts"] = new JsonArray() },
        };

    private static Ed25519PrivateKey KeyOf(string text)
    {
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).CopyTo(seed);
        return Ed25519PrivateKey.TryCreate(seed, out var key) ? key : throw new InvalidOperationException("32 bytes are a key.");
    }
}
