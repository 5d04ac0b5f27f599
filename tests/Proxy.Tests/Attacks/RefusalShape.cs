using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>How a refusal looks from outside: status, headers, the door's own error, and nothing that helps an attacker.</summary>
internal static class RefusalShape
{
    private static readonly string[] Internals =
    [
        "Exception",
        "   at ",
        "StackTrace",
        ".cs:line",
        "vault://",
        "/store/",
        "Gateway.Proxy",
        "sqlite",
        "127.0.0.1:",
    ];

    public static void Check(RawAnswer answer, ReasonCode code, Door door, IEnumerable<string> secrets)
    {
        var reason = Reasons.Of(code);
        Assert.True(answer.Status == reason.Status, $"{answer.Status}, not {reason.Status} for {reason.Code}: {answer.Body}");
        CheckHeaders(answer, reason);
        if (answer.Body.Length > 0)
        {
            CheckBody(answer, reason, door);
        }

        var all = string.Join('\n', answer.Headers.Select(h => $"{h.Key}: {h.Value}")) + answer.Body;
        Assert.All(Internals.Concat(secrets), word => Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase));
    }

    private static void CheckHeaders(RawAnswer answer, Reason reason)
    {
        // What failed behind had been allowed.
        Assert.Contains(answer.Header("Gateway-Decision"), reason.Status is 502 or 504 ? ["allow"] : new[] { "block", "require_approval" });
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("Gateway-Request-Id"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.False(answer.HasHeader("Server"));
        Assert.Equal(reason.Status == 401, answer.HasHeader("WWW-Authenticate"));
        Assert.Equal(reason.Status is 408 or 429 or 503 or 504 ? null : "false", answer.Header("x-should-retry"));
    }

    private static void CheckBody(RawAnswer answer, Reason reason, Door door)
    {
        // Which part of an authentication failed is nobody's to know.
        var code = reason.Status == 401 ? "unauthenticated" : reason.Code;
        var detail = door is Door.OpenAi or Door.Anthropic ? answer.Json.GetProperty("gateway") : answer.Json;
        Assert.Equal(code, detail.GetProperty("code").GetString());
        Assert.Equal(answer.Header("Gateway-Decision"), detail.GetProperty("decision").GetString());
        Assert.StartsWith(
            door is Door.OpenAi or Door.Anthropic ? "application/json" : "application/problem+json",
            answer.Header("Content-Type"),
            StringComparison.Ordinal
        );
        switch (door)
        {
            case Door.OpenAi:
                Assert.Equal(code, answer.Json.GetProperty("error").GetProperty("code").GetString());
                break;
            case Door.Anthropic:
                Assert.Equal("error", answer.Json.GetProperty("type").GetString());
                Assert.NotEmpty(answer.Json.GetProperty("error").GetProperty("type").GetString()!);
                break;
            case Door.Tool or Door.None:
                Assert.Equal(reason.Status, answer.Json.GetProperty("status").GetInt32());
                break;
        }
    }
}
