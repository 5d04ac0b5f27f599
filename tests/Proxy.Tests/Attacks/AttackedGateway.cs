using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// A gateway with a stand-in behind it, shared by the tests of a class, and what every attack on it must end in: a refusal in the door's
/// own shape, a record, nothing sent, and a journal that still verifies.
/// </summary>
public class AttackedGateway : IAsyncLifetime
{
    public const string Contacts = "/tools/crm/contacts";
    public const string Notes = "/tools/crm/contacts/c-1/notes";
    public const string Note = """{"text":"hello"}""";
    public const string Chat = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""";
    public const string Message = """{"model":"claude-sonnet-4-5","max_tokens":64,"messages":[{"role":"user","content":"hello"}]}""";

    /// <summary>Agents of <see cref="AttackDocuments"/> beside the samples'.</summary>
    public const string Handy = "handy";

    private readonly string[] _settings;

    public AttackedGateway()
        : this([]) { }

    protected AttackedGateway(params string[] settings) => _settings = settings;

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public string Authority => Gateway.Address.Authority;

    /// <summary>Signs for the sample's <c>assistant</c>.</summary>
    public RequestSigner Signer { get; private set; } = null!;

    /// <summary>A bearer key of an agent that it opens tools for.</summary>
    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, AttackDocuments.For(Provider.Address), _settings);
        await Gateway.PutSecretsAsync(AttackDocuments.Rival);
        Signer = await Gateway.NewSignerAsync("assistant");
        Key = await Gateway.NewBearerAsync(Handy);

        // From here on signatures of the moment count.
        using var ready = await Gateway.SendSignedAsync(Signer, () => Gateway.Request(HttpMethod.Get, Contacts));
        Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal Task<RawRequest> SignedAsync(
        string method,
        string target,
        string? json = null,
        SigningOptions? options = null,
        params string[] headers
    ) => RawRequest.SignedAsync(Authority, Signer, method, target, json, options, headers);

    internal RawRequest WithKey(string method, string target, string? json = null) => RawRequest.WithKey(this, Key, method, target, json);

    internal Task<RawAnswer> SendAsync(RawRequest request, bool toTheEnd = false) =>
        RawAnswer.SendAsync(Gateway.Address, request.ToBytes(), toTheEnd);

    /// <summary>The request goes through and reaches the system behind: the control without which a refusal proves nothing.</summary>
    internal async Task<RawAnswer> AssertPassesAsync(RawRequest request)
    {
        var before = await Provider.CountAsync();
        var answer = await SendAsync(request);
        Assert.True(answer.Status is 200 or 201, answer.Body);
        Assert.Equal("allow", answer.Header("Gateway-Decision"));
        Assert.Equal(before + 1, await Provider.CountAsync());
        return answer;
    }

    internal Task<RawAnswer> AssertRefusedAsync(RawRequest request, ReasonCode reason, Door door = Door.Tool, bool toTheEnd = false) =>
        AssertRefusedAsync(() => SendAsync(request, toTheEnd), reason, door);

    /// <summary>Everything that must hold of a refusal.</summary>
    internal async Task<RawAnswer> AssertRefusedAsync(Func<Task<RawAnswer>> attack, ReasonCode reason, Door door = Door.Tool)
    {
        var (sent, counted) = (await Provider.CountAsync(), await CountedAsync(reason));
        var answer = await attack();
        RefusalShape.Check(
            answer,
            reason,
            door,
            [Gateway.DataPath, Key, RunningStandIn.CrmToken, RunningStandIn.OpenAiKey, RunningStandIn.AnthropicKey]
        );
        Assert.Equal(sent, await Provider.CountAsync());

        var id = answer.Header("Gateway-Request-Id")!;
        if (RecordedReasons(id) is { } reasons)
        {
            Assert.Contains(Reasons.Of(reason).Code, reasons);
        }
        else
        {
            Assert.Equal(counted + 1, await CountedAsync(reason));
        }

        AssertJournalIsGood();
        return answer;
    }

    /// <summary>
    /// What must hold of bytes that are no request at all: the server's own refusal without a word, the connection closed, whatever stood
    /// behind them unread, nothing sent, and a count in the system's log.
    /// </summary>
    internal async Task AssertUnreadableAsync(byte[] bytes, int status = 400, ReasonCode reason = ReasonCode.MalformedRequest)
    {
        var (sent, counted) = (await Provider.CountAsync(), await CountedAsync(reason));
        var answer = await RawAnswer.SendAsync(Gateway.Address, bytes, toTheEnd: true);

        Assert.True(answer.Status == status, $"{answer.Status}, not {status}: {answer.Body}");
        Assert.Equal("", answer.Body + answer.Behind);
        Assert.Equal("close", answer.Header("Connection"));
        Assert.False(answer.HasHeader("Server"));
        Assert.Equal(sent, await Provider.CountAsync());
        Assert.Equal(counted + 1, await CountedAsync(reason));
        AssertJournalIsGood();
    }

    internal void AssertJournalIsGood() => Assert.Null(JournalVerifier.Verify(Gateway.JournalPath).Problem);

    /// <summary>How often the system's log counts a reason by now.</summary>
    internal async Task<long> CountedAsync(ReasonCode reason)
    {
        // So that the next of an agent's has a record of its own, and isn't counted with an equal one before it.
        await Gateway.Services.GetRequiredService<AgentRefusals>().FlushAsync(all: true);
        await Gateway.Services.GetRequiredService<TenantJournals>().FlushAsync(CancellationToken.None);
        return JournalReading.Counted(Gateway.JournalPath, Reasons.Of(reason).Code);
    }

    /// <summary>
    /// The reasons that a tenant's journal has for a request: of its refusal, or of its decision and outcome. Null when it has no record.
    /// </summary>
    private IReadOnlyList<string?>? RecordedReasons(string requestId)
    {
        var bodies = new[] { "demo", "rival" }
            .SelectMany(t => JournalReading.Records(Gateway.JournalPath, t))
            .Select(r => r.GetProperty("body"))
            .ToArray();
        var record = bodies.FirstOrDefault(b => b.TryGetProperty("request_id", out var id) && id.GetString() == requestId);
        if (record.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            return null;
        }

        if (record.TryGetProperty("reason", out var refused))
        {
            return [refused.GetString()];
        }

        var decision = record.GetProperty("decision_id").GetString();
        var outcomes = bodies.Where(b =>
            b.TryGetProperty("reason", out _) && b.TryGetProperty("decision_id", out var id) && id.GetString() == decision
        );
        return
        [
            .. record.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()),
            .. outcomes.Select(o => o.GetProperty("reason").GetString()),
        ];
    }
}
