using Gateway.LoadTests.Servers;

namespace Gateway.LoadTests.Scenarios;

/// <summary>What agents do all day. The first one carries the budgets.</summary>
public static class ScenarioList
{
    private const string Chat = "/v1/chat/completions";
    private const string Prompt =
        "Please answer the question of our customer ada@example.com about the order of last week, in two sentences, and be "
        + "friendly about the delay.";

    private const string Note = """{"text":"The customer called about the order of last week and was told that it is on its way."}""";

    public static Scenario SignedModel { get; } =
        new()
        {
            Name = "model-signed",
            Says = "a signed model call, redacted both ways; records written",
            Method = "POST",
            Path = Chat,
            Body = ChatBody(Prompt),
            Marker = FixedAnswers.ModelMarker,
            GovernedMarker = "[redacted:email]",
        };

    public static Scenario StreamedModel { get; } =
        SignedModel with
        {
            Name = "model-streamed",
            Says = "a signed model call, answered as 20 events; its request is redacted",
            Agent = Scenario.Streamer,
            Body = ChatBody(Prompt, ""","stream":true,"stream_options":{"include_usage":true}"""),
            Marker = "data: [DONE]",
            GovernedMarker = "data: [DONE]",
        };

    /// <summary>Signed badly: not among <see cref="All"/>, since it is the flood that others have to stand.</summary>
    public static Scenario Forged { get; } =
        SignedModel with
        {
            Name = "forged",
            Says = "a model call whose signature isn't genuine",
            Forged = true,
            OnlyGoverned = true,
            Status = 401,
            Marker = "unauthenticated",
            GovernedMarker = "",
        };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        SignedModel,
        SignedModel with
        {
            Name = "model-bearer",
            Says = "the same with a bearer key, so without a nonce",
            Signed = false,
        },
        StreamedModel,
        new()
        {
            Name = "tool-write",
            Says = "a signed tool call that changes state; records synced",
            Method = "POST",
            Path = "/tools/crm/contacts/c-1/notes",
            Body = Note,
            Marker = FixedAnswers.ToolMarker,
        },
        new()
        {
            Name = "tool-detailed",
            Says = "the same call, recorded in detail: its conditions' values, and both bodies redacted, encrypted and synced",
            Method = "POST",
            Path = "/tools/crm/contacts/c-1/calls",
            Body = Note,
            Marker = FixedAnswers.ToolMarker,
        },
        SignedModel with
        {
            Name = "refused",
            Says = "a signed model call that a rule blocks; nothing is sent on",
            Body = ChatBody(Prompt).Replace("gpt-4o-mini", "gpt-blocked", StringComparison.Ordinal),
            OnlyGoverned = true,
            Status = 403,
            Marker = "policy_rule",
            GovernedMarker = "",
        },
        new()
        {
            Name = "decision",
            Says = "a signed tool call as a dry run: proven, judged and recorded, and nothing is sent on",
            Method = "PUT",
            Path = "/tools/crm/contacts/c-1/tags",
            Body = """{"tags":["patient"]}""",
            OnlyGoverned = true,
            Marker = "dry_run",
        },
    ];

    /// <summary>The signed model call with a prompt of about so many bytes.</summary>
    public static Scenario WithBody(int bytes) =>
        SignedModel with
        {
            Name = $"model-signed-{bytes}",
            Body = ChatBody(
                string.Concat(
                    Enumerable.Repeat(
                        Prompt.Replace("ada@example.com", "Ada", StringComparison.Ordinal) + ' ',
                        Math.Max(1, bytes / Prompt.Length)
                    )
                )
            ),
        };

    private static string ChatBody(string prompt, string more = "") =>
        $$"""{"model":"gpt-4o-mini","messages":[{"role":"system","content":"You help the customers of a shop."},"""
        + $$"""{"role":"user","content":"{{prompt}}"}],"max_tokens":200{{more}}}""";
}
